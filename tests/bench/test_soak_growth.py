"""Whether growing memory is distinguished from memory that varies."""

from collections.abc import Callable, Iterable

import pytest

from bench.soak import growth
from bench.soak.samples import Sample

SECONDS = 600


def samples(memory: Callable[[int], float], seconds: int = SECONDS) -> list[Sample]:
    return [
        Sample(second, memory(second), files=60, responses=1_000, median=0.001, slowest=0.1)
        for second in range(seconds)
    ]


def with_files(files: Iterable[int]) -> list[Sample]:
    return [Sample(second, 100, each, 0, 0, 0) for second, each in enumerate(files)]


def test_memory_that_grows_a_little_with_each_request_is_detected() -> None:
    a_megabyte_in_half_a_minute = samples(lambda second: 150 + second / 30)
    assert growth.memory(a_megabyte_in_half_a_minute).is_too_much


@pytest.mark.parametrize(
    "memory",
    [
        lambda second: 150.0,
        lambda second: 150 + 40 * (second % 7 == 0),
        lambda second: 150 + min(second, 55),
        lambda second: 150 - second / 30,
        lambda second: 150 + 60 * (second == SECONDS - 1),
    ],
    ids=["stays", "goes up and down", "grows in the first minute", "shrinks", "a last peak"],
)
def test_memory_that_does_not_grow_is_good(memory: Callable[[int], float]) -> None:
    assert not growth.memory(samples(memory)).is_too_much


def test_growth_is_reported_per_hour() -> None:
    assert growth.memory_an_hour(samples(lambda second: second / 60)) == pytest.approx(60)


def test_files_that_stay_open_are_reported() -> None:
    assert growth.files(with_files(60 + second // 60 for second in range(SECONDS))).is_too_much


def test_files_of_more_or_fewer_connections_are_good() -> None:
    assert not growth.files(with_files(60 + second % 5 for second in range(600))).is_too_much


def test_a_short_run_is_not_judged() -> None:
    assert not growth.is_long_enough(samples(lambda second: 150, seconds=120))
    assert growth.is_long_enough(samples(lambda second: 150, seconds=150))
