"""The parts are as `tests/runner/parts.py` describes, and its lists name existing tests."""

import pytest

from tests.runner.parts import DEEP, ON_BOTH, SLOW, TESTS, part_of


@pytest.mark.parametrize("name", [*DEEP, *SLOW, *ON_BOTH])
def test_path_exists(name: str) -> None:
    assert (TESTS / name).exists()


@pytest.mark.parametrize(
    ("name", "on_sqlite", "on_postgresql"),
    [
        ("oracle/test_oracle.py", "quick", "quick"),
        ("http/rest/test_paging.py", "quick", "deep"),
        ("bench/test_figures.py", "quick", "deep"),
        ("bench/test_soak.py", "deep", "deep"),
        ("contract/test_rest.py", "deep", "deep"),
        ("oracle/test_sweep.py", "slow", "slow"),
    ],
)
def test_part_on_each_database(name: str, on_sqlite: str, on_postgresql: str) -> None:
    path = TESTS / name
    assert part_of(path, on_postgresql=False) == on_sqlite
    assert part_of(path, on_postgresql=True) == on_postgresql
