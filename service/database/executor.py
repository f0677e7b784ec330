"""Runs statements. Only executors query a database; each database has one."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection

from service.database import Database
from service.observability.counters import ServerState
from service.plan import Variables
from service.settings import Settings
from service.sql.binding import Bound, Prepared, Statement

__all__ = ["Bound", "Executor", "Prepared", "Row", "ask_within", "open_executor"]

# What an answer's statement returns: its columns, and last the revision that it was read from.
Row = Sequence[Any]


class Executor(Protocol):
    """Runs statements on one database."""

    # Whether `run_here` can return a result, on the thread of the event loop.
    answers_at_once: bool

    def newest_revision(self) -> int:
        """The newest revision that this process knows of, without waiting.

        Raises DatabaseUnavailable.
        """

    async def ask_newest(self) -> int:
        """The newest revision, read from the database. Raises DatabaseUnavailable."""

    def when_written(self, wake: Callable[[], None]) -> None:
        """`wake` is called, in the event loop, after each write of any process."""

    def when_interrupted(self, forget: Callable[[], None]) -> None:
        """`forget` is called, in the event loop, when the data may differ at the same revision.

        After a failover the last revisions may have been lost, and their numbers used again.
        """

    def hear(self, revision: int) -> None:
        """Takes in a revision that this process has written, before any notification."""

    def run_here(self, prepared: Prepared, variables: Variables) -> Sequence[Row] | None:
        """The row of each statement at once; None if that would take too long.

        Raises BadInput, BadCursor, TooComplex, DatabaseUnavailable.
        """

    async def run(
        self, prepared: Prepared, variables: Variables, at_least: int = 0
    ) -> Sequence[Row]:
        """The row of each statement, all from one snapshot, at this revision or a later one.

        Raises BadInput, BadCursor, TooComplex, TimedOut, DatabaseUnavailable.
        """

    async def run_on_new_connection(
        self, prepared: Prepared, variables: Variables
    ) -> Sequence[Row]:
        """The same through a new connection, which shows whether one can be opened."""

    async def find(self, statement: Statement, variables: Variables) -> Row | None:
        """The row of a look-up by key, from the newest snapshot."""

    async def revision_at(self, time: str) -> int:
        """The newest revision at a time; 0 before the first."""

    def servers(self) -> Iterable[ServerState]:
        """Each server with its connections, for the metrics."""

    async def start(self) -> None:
        """Begins to listen for writes of other processes; otherwise the first query does."""

    async def close(self) -> None:
        """Waits for the queries in progress, and closes every connection."""


def open_executor(database: Database, settings: Settings) -> Executor:
    """The executor for this database. Raises DatabaseUnavailable."""
    # Imported here: each needs only the driver of its own database.
    from service.database.sqlite.database import SQLiteDatabase

    if isinstance(database, SQLiteDatabase):
        from service.database.sqlite.executor import SQLiteExecutor

        return SQLiteExecutor(database, settings.seconds)
    from service.database.postgresql.database import PostgreSQLDatabase
    from service.database.postgresql.executor import PostgreSQLExecutor

    if not isinstance(database, PostgreSQLDatabase):
        raise TypeError(f"No executor for {database.label}.")
    return PostgreSQLExecutor(database, settings)


def ask_within(connection: Connection, questions: Sequence[Bound], end: float) -> list[Row]:
    """The first row of each statement, within a transaction, whose writes it sees.

    `end`: the deadline, on the monotonic clock. Raises TimedOut and TooComplex; the caller handles
    other errors of the database.
    """
    if connection.dialect.name == "sqlite":
        from service.database.sqlite import executor as sqlite

        return sqlite.ask_within(connection, questions, end)
    from service.database.postgresql import executor as postgresql

    return postgresql.ask_within(connection, questions, end)
