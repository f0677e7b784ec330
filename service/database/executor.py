"""Runs statements: the only package that asks a database a question. One file for each database."""

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
    """Asks one database."""

    # Whether a quick answer can be had without waiting, on the event loop's own thread.
    answers_at_once: bool

    def newest_revision(self) -> int:
        """The number of the newest revision that this process knows of, without waiting.

        Raises DatabaseUnavailable.
        """

    async def ask_newest(self) -> int:
        """The same, asked of the database now. Raises DatabaseUnavailable."""

    def when_written(self, wake: Callable[[], None]) -> None:
        """Whom to tell, in the event loop, when somebody has written."""

    def when_interrupted(self, forget: Callable[[], None]) -> None:
        """Whom to tell, in the event loop, when other data may be there than was asked before.

        Numbers of revisions say nothing then of what was answered at them: after a failover the
        last ones may have been lost, and given anew.
        """

    def hear(self, revision: int) -> None:
        """Takes in that this process has written a revision: no need to wait for the news."""

    def run_here(self, prepared: Prepared, variables: Variables) -> Sequence[Row] | None:
        """The row of each statement at once; None where it would take a while.

        Raises BadInput, BadCursor, TooComplex, DatabaseUnavailable.
        """

    async def run(
        self, prepared: Prepared, variables: Variables, at_least: int = 0
    ) -> Sequence[Row]:
        """The row of each statement, all of one state of the data, at this revision or later.

        Raises BadInput, BadCursor, TooComplex, TimedOut, DatabaseUnavailable.
        """

    async def run_anew(self, prepared: Prepared, variables: Variables) -> Sequence[Row]:
        """The same through a connection of its own, which shows whether one can be had."""

    async def find(self, statement: Statement, variables: Variables) -> Row | None:
        """The row of a statement that looks one key up in the newest state of all."""

    async def revision_at(self, time: str) -> int:
        """The number of the revision that was the newest at a time; 0 before the first."""

    def servers(self) -> Iterable[ServerState]:
        """Each server with its connections, for whoever watches over them."""

    async def start(self) -> None:
        """Begins to follow who else writes; the first question does it where nobody has."""

    async def close(self) -> None:
        """Ends what is under way, and closes every connection."""


def open_executor(database: Database, settings: Settings) -> Executor:
    """What asks this database. Raises DatabaseUnavailable."""
    # Imported here: each needs the driver of its database, and no other.
    from service.database.sqlite.database import SQLiteDatabase

    if isinstance(database, SQLiteDatabase):
        from service.database.sqlite.executor import SQLiteExecutor

        return SQLiteExecutor(database, settings.seconds)
    from service.database.postgresql.database import PostgreSQLDatabase
    from service.database.postgresql.executor import PostgreSQLExecutor

    if not isinstance(database, PostgreSQLDatabase):
        raise TypeError(f"Nothing asks {database.label}.")
    return PostgreSQLExecutor(database, settings)


def ask_within(connection: Connection, questions: Sequence[Bound], end: float) -> list[Row]:
    """The first row of each answer, from within a transaction: it sees what was written there.

    `end`: the moment of the monotonic clock by which it is to be done. Raises TimedOut and
    TooComplex; other errors of the database are for whoever began the transaction.
    """
    if connection.dialect.name == "sqlite":
        from service.database.sqlite import executor as sqlite

        return sqlite.ask_within(connection, questions, end)
    from service.database.postgresql import executor as postgresql

    return postgresql.ask_within(connection, questions, end)
