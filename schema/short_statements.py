"""Statements that go to the driver as they are.

SQLAlchemy's work for a statement takes longer than a database's for a short one, and a write has a
dozen of them. It does not see these statements, so it must have begun the transaction itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

Parameters = Sequence[Any] | Mapping[str, Any]


def read(
    connection: Connection, statement: str, values: Parameters = ()
) -> Sequence[Sequence[Any]]:
    """The rows that a statement gives, with parameters as the driver has them.

    Raises DBAPIError.
    """
    driver: Any = connection.connection.driver_connection
    try:
        rows: Sequence[Sequence[Any]] = driver.execute(statement, values).fetchall()
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_dbapi_error(connection, statement, error) from error
    return rows


def read_all(
    connection: Connection, statements: Iterable[tuple[str, Parameters]]
) -> list[Sequence[Sequence[Any]]]:
    """The rows that each of several statements gives, if any. PostgreSQL is waited for once.

    Raises DBAPIError.
    """
    driver: Any = connection.connection.driver_connection
    with unanswered(connection):
        cursors = [driver.execute(statement, values) for statement, values in statements]
    return [cursor.fetchall() if cursor.description else () for cursor in cursors]


def run(connection: Connection, statement: str, values: Parameters = ()) -> None:
    """Runs a statement that gives nothing, or what nobody needs. Raises DBAPIError."""
    driver: Any = connection.connection.driver_connection
    try:
        driver.execute(statement, values)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_dbapi_error(connection, statement, error) from error


def run_many(connection: Connection, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """Runs a statement that gives nothing with each of these values. Raises DBAPIError."""
    cursor = connection.connection.cursor()
    try:
        cursor.executemany(statement, list(rows))
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_dbapi_error(connection, statement, error) from error
    finally:
        cursor.close()


@contextmanager
def unanswered(connection: Connection) -> Iterator[None]:
    """The statements of the block are done at its end. Within it nothing can be read.

    PostgreSQL's driver sends them without waiting for a reply in between; in SQLite there is nobody
    to wait for. Raises DBAPIError for what fails.
    """
    driver: Any = connection.connection.driver_connection
    try:
        # One pipeline within another would be waited for as well.
        if not hasattr(driver, "pipeline") or driver.pgconn.pipeline_status:
            yield
        else:
            with driver.pipeline():
                yield
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_dbapi_error(connection, None, error) from error


def _as_dbapi_error(connection: Connection, statement: str | None, error: Exception) -> Exception:
    """The error as SQLAlchemy raises it for its own statements."""
    driver: Any = connection.connection.driver_connection
    is_lost = connection.dialect.is_disconnect(error, driver, None)  # type: ignore[arg-type]
    if is_lost:
        connection.invalidate(error)
    wrapped = DBAPIError.instance(
        statement,
        None,
        error,
        connection.dialect.loaded_dbapi.Error,
        connection_invalidated=is_lost,
        dialect=connection.dialect,
    )
    if not isinstance(wrapped, Exception):
        raise TypeError(f"{error!r} ends the process.")
    return wrapped
