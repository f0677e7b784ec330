"""SQLite plans a prepared statement once, whatever the values of its parameters."""

from pathlib import Path
from typing import Any

import apsw
import pytest

from service.database.sqlite.database import open_reader
from tests.stores import database_of

pytestmark = pytest.mark.sqlite

SQL = "SELECT number FROM revision WHERE number > ? ORDER BY time LIMIT ?"


def runs_with_planning(connection: apsw.Connection) -> list[bool]:
    """Returns, for three runs, whether SQLite called the authorizer, as it does to plan."""
    asked: list[Any] = []

    def permit(*action: Any) -> int:
        asked.append(action)
        return apsw.SQLITE_OK

    connection.authorizer = permit
    runs = []
    for number in range(3):
        asked.clear()
        connection.execute(SQL, (number, number + 1)).fetchall()
        runs.append(bool(asked))
    connection.authorizer = None
    return runs


def test_a_reader_plans_once(seeded: Path) -> None:
    connection = open_reader(seeded)
    try:
        assert runs_with_planning(connection) == [True, False, False]
    finally:
        connection.close()


def test_a_writer_plans_once(seeded: Path) -> None:
    engine = database_of(seeded).engine()
    try:
        with engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            assert runs_with_planning(driver) == [True, False, False]
    finally:
        engine.dispose()
