"""A database that accepts no connections for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from tests.postgresql import server_url
from tests.stores import url_of


@contextmanager
def cut_off(path: Path, but: int = 0) -> Iterator[None]:
    """Ends all connections but that of the process with this number, and accepts no new ones."""
    name = url_of(path).partition("?")[0].rpartition("/")[2]
    allow = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS {}")
    with psycopg.connect(server_url(), autocommit=True) as connection:
        connection.execute(allow.format(sql.Identifier(name), sql.SQL("false")))
        try:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity"
                " WHERE datname = %s AND pid <> %s",
                [name, but],
            )
            yield
        finally:
            connection.execute(allow.format(sql.Identifier(name), sql.SQL("true")))
