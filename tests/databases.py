"""An empty database of each sort, for what must hold on both."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from service.database import database_at
from tests.postgresql import create_database, drop_database

# For a test that is run with each of the two, when the tests are about it.
EACH_SORT = [
    pytest.param("sqlite", marks=pytest.mark.sqlite),
    pytest.param("postgresql", marks=pytest.mark.postgresql),
]


@contextmanager
def new_database(sort: str, folder: Path, template: str | None = None) -> Iterator[str]:
    """The URL of a database without tables, or with those of another; it is removed in the end.

    Only PostgreSQL makes one like another.
    """
    if sort == "sqlite":
        yield f"sqlite:///{folder / 'new.db'}"
        return
    url = create_database(template)
    try:
        yield url
    finally:
        drop_database(url)


@contextmanager
def engine_of(url: str) -> Iterator[Engine]:
    """An engine that writes."""
    engine = database_at(url).engine()
    try:
        yield engine
    finally:
        engine.dispose()
