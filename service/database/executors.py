"""Chooses the executor of a database, by its kind. Imports the driver of that kind and no other."""

from collections.abc import Sequence

from sqlalchemy import Connection

from service.database import Database
from service.database.executor import Bound, Executor, Row
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
    return PostgreSQLExecutor(database, settings)


def ask_within(connection: Connection, statements: Sequence[Bound], end: float) -> list[Row]:
    """The first row of each statement, within a transaction, whose writes it sees.

    `end`: the deadline, on the monotonic clock. Raises TimedOut and TooComplex; the caller handles
    other errors of the database.
    """
    if connection.dialect.name == "sqlite":
        from service.database.sqlite import executor as sqlite

        return sqlite.ask_within(connection, statements, end)
    from service.database.postgresql import executor as postgresql

    return postgresql.ask_within(connection, statements, end)
