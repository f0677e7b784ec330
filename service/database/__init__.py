"""The database: where it is, how it is opened, and whether it can be served. One file for each."""

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError

from service.errors import DatabaseUnavailable, StartError
from service.sql.dialect import Dialect

# How long a connection waits for others that write, in seconds.
WAIT_SECONDS = 5.0


class Database(Protocol):
    """One database, as everything that is not a question to it sees it."""

    @property
    def label(self) -> str:
        """How an operator knows it: a path, or an address without its password."""

    @property
    def dialect(self) -> Dialect:
        """How SQL is written for it."""

    def engine(self, wait_seconds: float = WAIT_SECONDS) -> Engine:
        """An engine that writes; it waits so long for others that do."""

    def writer_engine(self, wait_seconds: float) -> Engine:
        """The same for the writer, who begins and ends each transaction himself."""

    def begin_write(self, connection: Connection, wait_seconds: float) -> None:
        """Gives a transaction that has just begun the right to write, when nobody else has it.

        `wait_seconds`: for so long it waits for others. The database's error tells if in vain.
        """

    def begin_snapshot(self, connection: Connection) -> None:
        """Lets the transaction that begins see one state of the data, whoever writes."""

    def transaction(self, connection: Connection) -> AbstractContextManager[None]:
        """A transaction of a writer's connection, whose right to write nobody disputes."""

    def last_key(self, connection: Connection, table: str) -> int:
        """The last key that the table has given to a row, be it there or not; 0 if none."""

    def set_last_key(self, connection: Connection, table: str, key: int) -> None:
        """Lets the table go on after this key."""

    def make_place(self) -> None:
        """Makes what the first migration needs to find. Raises StartError."""

    def check(self) -> None:
        """Raises StartError, with what to do, where this can't be served."""

    def check_is_there(self) -> None:
        """Raises DatabaseUnavailable where connecting would make a new and empty one."""

    def explain(self, error: Exception) -> str:
        """What an error of the driver means to an operator, in one line."""

    def trouble(self, error: Exception, waited_seconds: float) -> DatabaseUnavailable | None:
        """The error to a writer who has waited so long; None where the fault is our own."""


def database_at(url: str) -> Database:
    """The database with this address. Raises StartError for what is no such address."""
    scheme = url.partition("://")[0]
    if scheme in ("postgresql", "postgres"):
        from service.database.postgresql.database import PostgreSQLDatabase

        return PostgreSQLDatabase(url)
    from service.database.sqlite.database import SQLiteDatabase, path_in

    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StartError(
            f"{url!r} is no database address; give sqlite:///PATH or "
            "postgresql://USER:PASSWORD@HOST/NAME."
        ) from None
    return SQLiteDatabase(path_in(parsed))
