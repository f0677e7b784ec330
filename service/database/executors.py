"""Chooses the executor of a database, by its kind. Imports the driver of that kind and no other."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from service.database import Database
from service.database.executor import Bound, Executor, Row
from service.errors import StartError
from service.settings import Settings


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
    check_listener(database, settings)
    return PostgreSQLExecutor(database, settings)


def check_listener(database: Database, settings: Settings) -> None:
    """Raises StartError if the service would hear of no write of another process."""
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
    """The first row of each statement, within a transaction, whose writes it sees.

    `end`: the deadline, on the monotonic clock. `before`: runs other statements before them, whose
    replies nobody needs. Raises TimedOut and TooComplex; the caller handles other errors of the
    database.
    """
    if connection.dialect.name == "sqlite":
        from service.database.sqlite import executor as sqlite

        before()
        return sqlite.ask_within(connection, statements, end)
    from service.database.postgresql import executor as postgresql

    return postgresql.ask_within(connection, statements, end, before)
