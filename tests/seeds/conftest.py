"""An empty, migrated database for each test."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event

from schema import migrations


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'empty.db'}")

    @event.listens_for(engine, "connect")
    def refer_only_to_what_exists(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")

    migrations.upgrade(engine)
    yield engine
    engine.dispose()
