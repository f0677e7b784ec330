"""Many rows in SQLite: one prepared statement, run for each row within the process."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Table,
    bindparam,
    insert,
    tuple_,
)

from schema.short_statements import read, run_many


class SQLiteRows:
    """How SQLite takes them."""

    is_remote = False

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

    def insert_few(
        self,
        connection: Connection,
        table: Table,
        names: Sequence[str],
        rows: Iterable[tuple[Any, ...]],
    ) -> None:
        """The same: nobody is waited for."""
        self.insert(connection, table, names, rows)

    def among(
        self, columns: Sequence[Column[Any]], values: Sequence[tuple[Any, ...]]
    ) -> ColumnElement[bool]:
        """As a list of row values."""
        return tuple_(*columns).in_(values)

    def last_key_text(self, table: Table) -> str:
        """That of `sqlite_sequence`, or of a table without AUTOINCREMENT the greatest there is."""
        last = f"SELECT seq FROM sqlite_sequence WHERE name = '{table.name}'"
        greatest = f"SELECT max(id) FROM {table.name}"
        return f"SELECT max(coalesce(({last}), 0), coalesce(({greatest}), 0))"

    def last_key(self, connection: Connection, table: Table) -> int:
        """What that statement reads."""
        ((key,),) = read(connection, self.last_key_text(table))
        return int(key)

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
