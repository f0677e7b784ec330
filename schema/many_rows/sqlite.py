"""Many rows in SQLite: one prepared statement, run for each row within the process."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Integer,
    Table,
    Text,
    bindparam,
    column,
    func,
    insert,
    select,
    table,
    tuple_,
)

from schema.short_statements import run_many

_SEQUENCES = table("sqlite_sequence", column("name", Text), column("seq", Integer))


class SQLiteRows:
    """How SQLite takes them."""

    def insert(
        self,
        connection: Connection,
        table: Table,
        names: Sequence[str],
        rows: Iterable[tuple[Any, ...]],
    ) -> None:
        """By the driver's `executemany`."""
        text = _insert(connection.dialect, table, tuple(names))
        run_many(connection, text, rows)

    def among(
        self, columns: Sequence[Column[Any]], values: Sequence[tuple[Any, ...]]
    ) -> ColumnElement[bool]:
        """As a list of row values."""
        return tuple_(*columns).in_(values)

    def last_key(self, connection: Connection, table: Table) -> int:
        """That of `sqlite_sequence`, or of a table without AUTOINCREMENT the greatest there is."""
        last = select(_SEQUENCES.c.seq).where(_SEQUENCES.c.name == table.name)
        greatest = select(func.max(table.c.id))
        return max(connection.scalar(last) or 0, connection.scalar(greatest) or 0)

    def keep_last_key(self, connection: Connection, table: Table, key: int) -> None:
        """Nothing: SQLite notes the keys of the rows that it gets."""


@lru_cache(maxsize=64)
def _insert(dialect: Dialect, table: Table, names: tuple[str, ...]) -> str:
    statement = insert(table).values({name: bindparam(name) for name in names})
    compiled = statement.compile(dialect=dialect)
    places: Sequence[str] = compiled.positiontup or ()
    if tuple(places) != names:
        raise ValueError(f"{table.name} takes its columns as {places}, not as {names}.")
    return str(compiled)
