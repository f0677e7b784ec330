"""How many rows are read and written at once, by the loader of data sets and by bulk requests.

What both databases share is here; how each takes many new rows fastest is in the file with its
name. A writer that has the lock of `lock_for_writing` gives new rows their keys itself: nobody else
does meanwhile, and no row has to be read back.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Table, select

from schema.many_rows.postgresql import PostgreSQLRows
from schema.many_rows.sqlite import SQLiteRows
from schema.short_statements import read

T = TypeVar("T")

# Rows in one statement: enough for cheap round trips, few enough for any database's parameters.
BATCH = 500


class ManyRows(Protocol):
    """What each database does differently."""

    @property
    def is_remote(self) -> bool:
        """Whether each statement is waited for."""

    def insert(
        self,
        connection: Connection,
        table: Table,
        names: Sequence[str],
        rows: Iterable[tuple[Any, ...]],
    ) -> None:
        """Writes new rows: the values of these columns. The history triggers fire."""

    def insert_few(
        self,
        connection: Connection,
        table: Table,
        names: Sequence[str],
        rows: Iterable[tuple[Any, ...]],
    ) -> None:
        """The same for a few rows, among statements that are `unanswered`."""

    def among(
        self, columns: Sequence[Column[Any]], values: Sequence[tuple[Any, ...]]
    ) -> ColumnElement[bool]:
        """The condition that the columns together have one of these tuples of known values."""

    def last_keys_text(self, tables: Sequence[Table]) -> str:
        """Reads the last key that each table has given a row, even if that is gone; 0 if none."""

    def keep_last_keys(self, connection: Connection, keys: Mapping[Table, int]) -> None:
        """Rows up to these keys are about to be written: the tables give later ones from now on."""


_BY_DIALECT: Mapping[str, ManyRows] = MappingProxyType(
    {"sqlite": SQLiteRows(), "postgresql": PostgreSQLRows()}
)


def many_rows(connection: Connection) -> ManyRows:
    """The way of the database of a connection."""
    return _BY_DIALECT[connection.dialect.name]


def last_keys(connection: Connection, tables: Sequence[Table]) -> dict[Table, int]:
    """The last key that each table has given a row, even if that is gone; 0 if none."""
    (keys,) = read(connection, many_rows(connection).last_keys_text(tables))
    return dict(zip(tables, map(int, keys), strict=True))


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """The items, so many at a time."""
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
    """The wanted columns of the rows whose columns `by` have one of these tuples of values."""
    columns = [table.c[name] for name in by]
    query = select(*(table.c[name] for name in wanted))
    for batch in batches(values):
        if len(columns) == 1:
            found = query.where(columns[0].in_([value for (value,) in batch]))
        else:
            found = query.where(many_rows(connection).among(columns, batch))
        yield from map(tuple, connection.execute(found))
