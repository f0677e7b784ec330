"""Statements whose results nobody reads: sent together, and waited for once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


@contextmanager
def unanswered(connection: Connection) -> Iterator[None]:
    """The statements of the block are done at its end. Within it nothing can be read.

    PostgreSQL's driver sends them without waiting for a reply in between; in SQLite there is nobody
    to wait for. Raises DBAPIError for what fails.
    """
    driver: Any = connection.connection.driver_connection
    if not hasattr(driver, "pipeline"):
        yield
        return
    try:
        with driver.pipeline():
            yield
    except connection.dialect.loaded_dbapi.Error as error:
        # As SQLAlchemy tells it of a statement that it waits for.
        is_lost = connection.dialect.is_disconnect(error, driver, None)
        if is_lost:
            connection.invalidate(error)
        raise DBAPIError(None, None, error, connection_invalidated=is_lost) from error
