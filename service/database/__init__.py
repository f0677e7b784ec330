"""Opens and queries a database. One package each for SQLite and PostgreSQL; no HTTP, no plans."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Table, make_url
from sqlalchemy.exc import ArgumentError

from schema.writing.short_statements import Parameters
from service.errors import BusyDatabase, DatabaseUnavailable, StartError
from service.sql.dialect import Dialect

# The time that a connection waits for other writes, in seconds.
WAIT_SECONDS = 5.0


def busy_with_writes(waited_seconds: float) -> BusyDatabase:
    """The error of a write that has waited this long for other writes."""
    return BusyDatabase(
        f"Other writes took {waited_seconds:g} seconds, so nothing was written; send it again."
    )


class Database(Protocol):
    """One database, for everything but queries, which an executor runs."""

    @property
    def label(self) -> str:
        """The name for the operator: a path, or a URL without the password."""

    @property
    def dialect(self) -> Dialect:
        """The SQL dialect."""

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What it raises: errors of SQLAlchemy, and of the driver where those do not wrap them."""

    def engine(self, wait_seconds: float = WAIT_SECONDS) -> Engine:
        """Returns an engine for writes, which waits up to `wait_seconds` for other writes."""

    def writer_engine(self, wait_seconds: float) -> Engine:
        """Like `engine`, for the writer, which begins and ends each transaction explicitly."""

    def begin_write(
        self, connection: Connection, wait_seconds: float, *first: tuple[str, Parameters]
    ) -> list[Sequence[Sequence[Any]]]:
        """Takes the write lock for a transaction that has just begun.

        `wait_seconds`: the time limit for the lock; after it, this raises the driver's error.
        `first`: the first statements of the transaction, whose rows it returns.
        """

    def begin_snapshot(self, connection: Connection) -> None:
        """Gives the transaction that begins one snapshot of the data, despite other writes."""

    def transaction(self, connection: Connection) -> AbstractContextManager[None]:
        """A transaction on a writer's connection that has no competing writes."""

    def last_key(self, connection: Connection, table: Table) -> int:
        """The last key that the table has generated, even if its row is deleted; 0 if none."""

    def set_last_key(self, connection: Connection, table: Table, key: int) -> None:
        """Sets the key after which the table continues."""

    def make_place(self) -> None:
        """Creates what the first migration needs, such as the file's folder. Raises StartError."""

    def check(self) -> None:
        """Raises StartError, with what to do, if the service can't use this database."""

    def check_is_there(self) -> None:
        """Raises DatabaseUnavailable if connecting would create a new, empty database."""

    def check_is_same(self) -> None:
        """Raises DatabaseUnavailable if another database has taken the place of the one in use."""

    def hang_up(self, driver: Any) -> None:
        """Cuts a connection on which another thread waits: its statement fails, without a result.

        `driver`: the connection of the driver. Does nothing if it is lost already.
        """

    def explain(self, error: Exception) -> str:
        """An error of the driver, as one line for the operator."""

    def unavailable(self, error: Exception) -> DatabaseUnavailable:
        """The error for clients, which states whether sending the request again can help."""

    def trouble(self, error: Exception, waited_seconds: float) -> DatabaseUnavailable | None:
        """The error for the client of a failed write; None for a bug of the service.

        `waited_seconds`: the time that the write may wait for other writes.
        """


def database_at(url: str) -> Database:
    """The database at this URL. Raises StartError if the URL is invalid."""
    scheme = url.partition("://")[0]
    if scheme in ("postgresql", "postgres"):
        from service.database.postgresql.database import PostgreSQLDatabase

        return PostgreSQLDatabase(url)
    from service.database.sqlite.database import SQLiteDatabase, path_in

    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StartError(
            "ALLYGRAPH_DATABASE_URL is not the URL of a database; use sqlite:///PATH or "
            "postgresql://USER:PASSWORD@HOST/NAME."
        ) from None
    return SQLiteDatabase(path_in(parsed))
