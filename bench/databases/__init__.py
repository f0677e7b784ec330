"""The databases that the bench runs on: each holds the same generated data, and is asked alike.

One file for each. Nobody writes to the data that is kept: who writes gets a copy of it.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from typing import Any, Protocol

from bench.rows import Sizes


class Kind(StrEnum):
    """What can be chosen: `--database postgresql`."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


class Database(Protocol):
    """A database with the generated data."""

    @property
    def kind(self) -> Kind:
        """Which of them it is: by it is known who is measured on it."""

    @property
    def url(self) -> str:
        """Its address, as AllyGraph is given it."""

    @property
    def address(self) -> str:
        """Its address, as a peer is given it."""

    def column(self, statement: str) -> list[Any]:
        """The one column that a statement of ours returns."""

    def copied(self) -> AbstractContextManager["Database"]:
        """A copy to write to, removed in the end. It is on the disk before anybody is measured."""


@contextmanager
def prepared(kind: Kind, sizes: Sizes) -> Iterator[Database]:
    """The database of these sizes; it is made by whoever asks for it first."""
    # Imported here: each needs the driver of its database, and no other.
    if kind is Kind.SQLITE:
        from bench.databases import sqlite

        yield sqlite.prepared(sizes)
    else:
        from bench.databases import postgresql

        with postgresql.prepared(sizes) as database:
            yield database


def newest_revision(database: Database) -> int:
    """The number of the newest revision: every write that was kept counts it up by one."""
    (number,) = database.column("SELECT max(number) FROM revision")
    return int(number)
