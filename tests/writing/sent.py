"""Records the statements of a write, and its round trips to PostgreSQL."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.database.postgresql.database import PostgreSQLDatabase
from service.database.sqlite.driver import Cursor
from tests.stores import ON_POSTGRESQL


class Sent:
    """The statements of connections that write, from now on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        """Must be created before any connection is opened."""
        self._trace = folder / "trace"
        self._statements: list[str] = []
        self._drivers: list[Any] = []
        if ON_POSTGRESQL:
            monkeypatch.setattr(PostgreSQLDatabase, "_connect", self._connecting())
        else:
            for name in ("execute", "executemany"):
                monkeypatch.setattr(Cursor, name, self._noting(getattr(Cursor, name)))
        self.round_trips = 0

    def _connecting(self) -> Callable[..., Any]:
        connect = PostgreSQLDatabase._connect

        def connected(database: PostgreSQLDatabase, lock_timeout: int) -> Any:
            driver = connect(database, lock_timeout)
            # Prepared statements are sent without their text.
            driver.prepare_threshold = None
            self._drivers.append(driver)
            return driver

        return connected

    def _noting(self, run: Callable[..., Any]) -> Callable[..., Any]:
        def noted(cursor: Any, statement: str, *values: Any, **options: Any) -> Any:
            self._statements.append(statement)
            return run(cursor, statement, *values, **options)

        return noted

    def by(self, write: Callable[[], object]) -> list[str]:
        """Returns the statements of a write, which must not be the first of its connection."""
        self._statements.clear()
        if not ON_POSTGRESQL:
            write()
            return list(self._statements)
        with self._trace.open("wb") as file:
            (driver,) = (each for each in self._drivers if not each.closed)
            driver.pgconn.trace(file.fileno())
            driver.pgconn.set_trace_flags(1)
            write()
            driver.pgconn.untrace()
        return self._read()

    def _read(self) -> list[str]:
        """Reads libpq's trace: for each message the sender, the length, the name, and the rest."""
        messages = re.split(
            r"^(?=[FB]\t\d+\t)", self._trace.read_text(errors="replace"), flags=re.M
        )
        statements, last = [], ""
        self.round_trips = 0
        for message in messages[1:]:
            side, _, name, *rest = message.split("\t")
            self.round_trips += side == "F" and last != "F"
            last = side
            if side == "F" and name in ("Parse", "Query"):
                statements.append(" ".join(rest))
        return statements
