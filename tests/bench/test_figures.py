"""Figures, ratios and targets of the bench."""

import pytest

from bench.figures import Figures, Finding, Target
from bench.wrk import window


def test_a_ratio_is_taken_round_by_round() -> None:
    """A round in which the machine was slow for both does not change their ratio."""
    ratio = Figures((100.0, 10.0, 90.0)).over(Figures((50.0, 5.0, 30.0)))
    assert ratio.values == (2.0, 2.0, 3.0)
    assert ratio.median == 2.0


@pytest.mark.parametrize(
    ("target", "value", "reached"),
    [
        (Target(0.8), 0.8, True),
        (Target(0.8), 0.79, False),
        (Target(150, "MiB", at_most=True), 150.0, True),
        (Target(150, "MiB", at_most=True), 150.1, False),
    ],
)
def test_a_target_is_a_floor_or_a_ceiling(target: Target, value: float, reached: bool) -> None:
    """The median must be within the limit, or equal it."""
    assert Finding("it", Figures((value,)), target).reached is reached


@pytest.mark.parametrize(("expected", "seconds"), [(30_000.0, 4), (24.0, 12), (60.0, 5), (0.0, 12)])
def test_a_slow_server_is_measured_for_longer(expected: float, seconds: int) -> None:
    """The longer time gives enough steps; it is at most three times as long."""
    assert window(expected, 4) == seconds
