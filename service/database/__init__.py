"""Opens and queries a database. One package each for SQLite and PostgreSQL; no HTTP, no plans."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Table, make_url
from sqlalchemy.exc import ArgumentError

from schema.short_statements import Parameters
from service.errors import BusyDatabase, DatabaseUnavailable, StartError
from service.sql.dialect import Dialect

# How long a connection waits for other writes, in seconds.
WAIT_SECONDS = 5.0


def busy_with_writes(waited_seconds: float) -> BusyDatabase:
    """The error of a write that has waited so long for others."""
    return BusyDatabase(
        f"Other writes took {waited_seconds:g} seconds, so nothing was written; send it again."
    )


class Database(Protocol):
    """One database, for everything but queries: those go through an executor."""

    @property
    def label(self) -> str:
        """Its name for the operator: a path, or a URL without the password."""

    @property
    def dialect(self) -> Dialect:
        """Its SQL dialect."""

    def engine(self, wait_seconds: float = WAIT_SECONDS) -> Engine:
        """An engine for writes, which waits so long for other writes."""

    def writer_engine(self, wait_seconds: float) -> Engine:
        """The same for the writer, which begins and ends each transaction explicitly."""

    def begin_write(
        self, connection: Connection, wait_seconds: float, *first: tuple[str, Parameters]
    ) -> list[Sequence[Sequence[Any]]]:
        """Takes the write lock for a transaction that has just begun.

        `wait_seconds`: how long it waits for other writes. Then it raises the database's error.
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
        """Creates what the first migration needs. Raises StartError."""

    def check(self) -> None:
        """Raises StartError, with what to do, if the service can't use this database."""

    def check_is_there(self) -> None:
        """Raises DatabaseUnavailable if connecting would create a new, empty database."""

    def check_is_same(self) -> None:
        """Raises DatabaseUnavailable if another database has taken the place of the one in use."""

    def hang_up(self, driver: Any) -> None:
        """Ends a wait of another thread for the server: its statement fails, without a result.

        `driver`: the connection of the driver. Does nothing if it is lost already.
        """

    def explain(self, error: Exception) -> str:
        """An error of the driver, as one line for the operator."""

    def unavailable(self, error: Exception) -> DatabaseUnavailable:
        """The same for clients: whether it helps them to send the request again."""

    def trouble(self, error: Exception, waited_seconds: float) -> DatabaseUnavailable | None:
        """The error for a write that has waited so long; None for a bug of the service."""


def database_at(url: str) -> Database:
    """The database at this URL. Raises StartError if it is not valid."""
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
