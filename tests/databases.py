"""Empty databases of each kind, for tests that run on both."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from service.database import database_at
from tests.postgresql import create_database, drop_database

# Runs a test on each database, if the current run includes it.
EACH_SORT = [
    pytest.param("sqlite", marks=pytest.mark.sqlite),
    pytest.param("postgresql", marks=pytest.mark.postgresql),
]


@contextmanager
def new_database(sort: str, folder: Path, template: str | None = None) -> Iterator[str]:
    """Yields the URL of a database without tables, or copied from another.

    It is removed at the end. Only PostgreSQL can copy one.
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
    """Yields an engine that writes."""
    engine = database_at(url).engine()
    try:
        yield engine
    finally:
        engine.dispose()
