"""The databases that the bench runs on, with the same generated data: one file for each.

The generated data is kept for the next run, and writes go to copies of it; a new database is
removed after its run.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from bench.generated.data import FOLDER, TableRows
from bench.generated.rows import Row, Sizes


class Kind(StrEnum):
    """The values of `--database`."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


class Database(Protocol):
    """A database with the generated data."""

    @property
    def kind(self) -> Kind:
        """The kind, which determines the peers."""

    @property
    def url(self) -> str:
        """The URL, as AllyGraph takes it."""

    @property
    def address(self) -> str:
        """The address, as the peers take it."""

    def column(self, statement: str) -> list[Any]:
        """The values of a statement with one column."""

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a statement."""

    def fill(self, revision: int, tables: Sequence[TableRows]) -> float:
        """Writes rows in a new revision and commits; returns the seconds it took."""

    def copied(self) -> AbstractContextManager["Database"]:
        """A copy to write to, removed at the end. It is on disk before the measurement begins."""


@contextmanager
def prepared(kind: Kind, sizes: Sizes) -> Iterator[Database]:
    """The database of these sizes, which is generated on first use."""
    # Imported here: each needs only the driver of its own database.
    if kind is Kind.SQLITE:
        from bench.databases import sqlite

        yield sqlite.prepared(sizes)
    else:
        from bench.databases import postgresql

        with postgresql.prepared(sizes) as database:
            yield database


@contextmanager
def new(kind: Kind, sizes: Sizes, name: str) -> Iterator[Database]:
    """A new database of these sizes, removed at the end. `name`: of its file or in its server."""
    FOLDER.mkdir(exist_ok=True)
    if kind is Kind.SQLITE:
        from bench.databases import sqlite

        with TemporaryDirectory(dir=FOLDER, prefix=f"{name}-") as folder:
            yield sqlite.build(Path(folder, f"{name}.db"), sizes)
    else:
        from bench.databases import postgresql, postgresql_server

        database = f"allygraph_{name}"
        with postgresql_server.running() as server:
            server.drop(database)
            try:
                yield postgresql.build(server, database, sizes)
            finally:
                server.drop(database)


def newest_revision(database: Database) -> int:
    """The number of the newest revision; each committed write adds one."""
    (number,) = database.column("SELECT max(number) FROM revision")
    return int(number)


def revision_row(number: int) -> Row:
    """A revision that is later than those of the generated data."""
    return number, "2030-01-01T00:00:00Z", "bench", "The same rows."
