"""The quick part is what `tests/runner/parts.py` says, and its lists name what is there."""

import pytest

from tests.runner.parts import DEEP, ON_BOTH, TESTS, is_in_quick_part


@pytest.mark.parametrize("name", [*DEEP, *ON_BOTH])
def test_path_exists(name: str) -> None:
    assert (TESTS / name).exists()


@pytest.mark.parametrize(
    ("name", "on_sqlite", "on_postgresql"),
    [
        ("oracle/test_oracle.py", True, True),
        ("http/rest/test_paging.py", True, False),
        ("bench/test_figures.py", True, False),
        ("bench/test_soak.py", False, False),
        ("contract/test_rest.py", False, False),
    ],
)
def test_quick_part_on_each_database(name: str, on_sqlite: bool, on_postgresql: bool) -> None:
    path = TESTS / name
    assert is_in_quick_part(path, on_postgresql=False) == on_sqlite
    assert is_in_quick_part(path, on_postgresql=True) == on_postgresql
