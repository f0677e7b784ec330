"""Chooses the executor for a kind of database; imports only the driver of that kind."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from service.database import Database
from service.database.executor import Bound, Executor, Row
from service.errors import StartError
from service.settings import Settings


def open_executor(database: Database, settings: Settings, *, reads_once: bool = False) -> Executor:
    """The executor for this database. Raises DatabaseUnavailable.

    `reads_once`: the process reads little of the database a second time, so it needs no large
    cache.
    """
    # Imported here: each needs only the driver of its own database.
    from service.database.sqlite.database import SQLiteDatabase

    if isinstance(database, SQLiteDatabase):
        from service.database.sqlite.executor import SQLiteExecutor

        return SQLiteExecutor(database, settings.seconds, reads_once=reads_once)
    from service.database.postgresql.database import PostgreSQLDatabase
    from service.database.postgresql.executor import PostgreSQLExecutor

    if not isinstance(database, PostgreSQLDatabase):
        raise TypeError(f"No executor for {database.label}.")
    check_listener(database, settings)
    return PostgreSQLExecutor(database, settings)


def check_listener(database: Database, settings: Settings) -> None:
    """Raises StartError if no notification of other processes' writes would reach the service."""
    from service.database.postgresql.database import PostgreSQLDatabase
    from service.database.postgresql.pooler import TRANSACTION

    if settings.listen_url:
        PostgreSQLDatabase(settings.listen_url).check_notifications()
    elif isinstance(database, PostgreSQLDatabase) and database.pooler == TRANSACTION:
        raise StartError(
            "ALLYGRAPH_DATABASE_URL has pooler=transaction, through which no notification arrives: "
            "set ALLYGRAPH_LISTEN_URL to a URL of the server itself."
        )


def ask_within(
    connection: Connection,
    statements: Sequence[Bound],
    end: float,
    before: Callable[[], None] = lambda: None,
) -> list[Row]:
    """The first row of each statement, within a transaction and with its uncommitted writes.

    `end`: the deadline, on the monotonic clock. `before`: runs other statements first, whose
    results are not needed. Raises TimedOut and TooComplex; the caller handles other errors of the
    database.
    """
    if connection.dialect.name == "sqlite":
        from service.database.sqlite import executor as sqlite

        before()
        return sqlite.ask_within(connection, statements, end)
    from service.database.postgresql import executor as postgresql

    return postgresql.ask_within(connection, statements, end, before)
