"""An empty database of each kind for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.databases import EACH_SORT, engine_of, new_database


@pytest.fixture(params=EACH_SORT)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables."""
    with new_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """An engine that writes to the database."""
    with engine_of(url) as engine:
        yield engine
