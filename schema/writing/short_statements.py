"""Runs statements directly by the driver.

SQLAlchemy's work for a short statement takes longer than the database's, and a write has a dozen of
them. SQLAlchemy does not see these statements, so it must have begun the transaction before.
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
    """Returns the rows of a statement, with parameters in the driver's style. Raises DBAPIError."""
    driver: Any = connection.connection.driver_connection
    try:
        rows: Sequence[Sequence[Any]] = driver.execute(statement, values).fetchall()
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_dbapi_error(connection, statement, error) from error
    return rows


def read_all(
    connection: Connection, statements: Iterable[tuple[str, Parameters]]
) -> list[Sequence[Sequence[Any]]]:
    """Returns the rows of each of several statements, in one round trip to PostgreSQL.

    Empty for a statement without rows. Raises DBAPIError.
    """
    driver: Any = connection.connection.driver_connection
    with unanswered(connection):
        cursors = [driver.execute(statement, values) for statement, values in statements]
    return [cursor.fetchall() if cursor.description else () for cursor in cursors]


def run(connection: Connection, statement: str, values: Parameters = ()) -> None:
    """Runs a statement whose result is not needed. Raises DBAPIError."""
    driver: Any = connection.connection.driver_connection
    try:
        driver.execute(statement, values)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_dbapi_error(connection, statement, error) from error


def run_many(connection: Connection, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """Runs a statement without a result once for each of these rows. Raises DBAPIError."""
    cursor = connection.connection.cursor()
    try:
        cursor.executemany(statement, list(rows))
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_dbapi_error(connection, statement, error) from error
    finally:
        cursor.close()


@contextmanager
def unanswered(connection: Connection) -> Iterator[None]:
    """Runs the statements of the block without waiting for each reply. They are done at its end.

    Nothing can be read within the block. PostgreSQL's driver sends the statements as a pipeline;
    SQLite has no round trips to save. Raises DBAPIError if one of them fails.
    """
    driver: Any = connection.connection.driver_connection
    try:
        # A nested pipeline would wait for its replies, so the outer one is used.
        if not hasattr(driver, "pipeline") or driver.pgconn.pipeline_status:
            yield
        else:
            with driver.pipeline():
                yield
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_dbapi_error(connection, None, error) from error


def _as_dbapi_error(connection: Connection, statement: str | None, error: Exception) -> Exception:
    """Returns the error that SQLAlchemy raises for its own statements."""
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
