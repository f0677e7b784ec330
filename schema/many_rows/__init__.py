"""Reads and writes many rows at once, for the loader of data sets and for bulk requests.

What both databases share is here; the fastest way to insert rows in each is in the file with its
name. A writer that holds the lock of `lock_for_writing` assigns the keys of new rows itself: no
other writer can use them, and no row has to be read back.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Table, select

from schema.many_rows.postgresql import PostgreSQLRows
from schema.many_rows.sqlite import SQLiteRows
from schema.writing.short_statements import read

T = TypeVar("T")

# Rows in one statement: enough to save round trips, few enough for any database's parameters.
BATCH = 500


class ManyRows(Protocol):
    """The operations that differ between databases."""

    @property
    def is_remote(self) -> bool:
        """Whether each statement costs a round trip over a network."""

    def insert(
        self,
        connection: Connection,
        table: Table,
        names: Sequence[str],
        rows: Iterable[tuple[Any, ...]],
    ) -> None:
        """Inserts rows with values of these columns. The history triggers fire."""

    def insert_few(
        self,
        connection: Connection,
        table: Table,
        names: Sequence[str],
        rows: Iterable[tuple[Any, ...]],
    ) -> None:
        """Inserts a few rows. Unlike `insert`, allowed within a block of `unanswered`."""

    def among(
        self, columns: Sequence[Column[Any]], values: Sequence[tuple[Any, ...]]
    ) -> ColumnElement[bool]:
        """Returns the condition that the columns have one of these tuples of non-null values."""

    def last_keys_text(self, tables: Sequence[Table]) -> str:
        """Returns a query of the last key that each table has assigned; 0 if none.

        The key counts even if its row was deleted.
        """

    def keep_last_keys(self, connection: Connection, keys: Mapping[Table, int]) -> None:
        """Reserves the keys up to these, so that the tables assign only later ones."""


_BY_DIALECT: Mapping[str, ManyRows] = MappingProxyType(
    {"sqlite": SQLiteRows(), "postgresql": PostgreSQLRows()}
)


def many_rows(connection: Connection) -> ManyRows:
    """Returns the operations for the database of a connection."""
    return _BY_DIALECT[connection.dialect.name]


def last_keys(connection: Connection, tables: Sequence[Table]) -> dict[Table, int]:
    """Returns the last key that each table has assigned; 0 if none.

    The key counts even if its row was deleted.
    """
    (keys,) = read(connection, many_rows(connection).last_keys_text(tables))
    return dict(zip(tables, map(int, keys), strict=True))


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """Yields the items in lists of up to `BATCH`."""
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def find_many(
    connection: Connection,
    table: Table,
    wanted: Sequence[str],
    by: Sequence[str],
    values: Collection[tuple[Any, ...]],
) -> Iterator[tuple[Any, ...]]:
    """Yields the wanted columns of the rows whose columns `by` have one of these tuples."""
    columns = [table.c[name] for name in by]
    query = select(*(table.c[name] for name in wanted))
    for batch in batches(values):
        if len(columns) == 1:
            found = query.where(columns[0].in_([value for (value,) in batch]))
        else:
            found = query.where(many_rows(connection).among(columns, batch))
        yield from map(tuple, connection.execute(found))
