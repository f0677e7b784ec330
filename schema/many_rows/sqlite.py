"""Many rows in SQLite: one prepared statement, run for each row within the process."""

from collections.abc import Iterable, Mapping, Sequence
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

from schema.writing.short_statements import run_many


class SQLiteRows:
    """The operations on many rows in SQLite."""

    is_remote = False

    def insert(
        self,
        connection: Connection,
        table: Table,
        names: Sequence[str],
        rows: Iterable[tuple[Any, ...]],
    ) -> None:
        """Inserts rows by the driver's `executemany`."""
        text = _insert(connection.dialect, table, tuple(names))
        run_many(connection, text, rows)

    def insert_few(
        self,
        connection: Connection,
        table: Table,
        names: Sequence[str],
        rows: Iterable[tuple[Any, ...]],
    ) -> None:
        """Inserts rows like `insert`, because SQLite has no round trips to save."""
        self.insert(connection, table, names, rows)

    def among(
        self, columns: Sequence[Column[Any]], values: Sequence[tuple[Any, ...]]
    ) -> ColumnElement[bool]:
        """Compares with a list of row values."""
        return tuple_(*columns).in_(values)

    def last_keys_text(self, tables: Sequence[Table]) -> str:
        """Reads `sqlite_sequence`; for tables without AUTOINCREMENT, the greatest key."""
        return "SELECT " + ", ".join(map(_last_key, tables))

    def keep_last_keys(self, connection: Connection, keys: Mapping[Table, int]) -> None:
        """Does nothing, because SQLite notes the keys of inserted rows."""


def _last_key(table: Table) -> str:
    last = f"SELECT seq FROM sqlite_sequence WHERE name = '{table.name}'"
    greatest = f"SELECT max(id) FROM {table.name}"
    return f"max(coalesce(({last}), 0), coalesce(({greatest}), 0))"


@lru_cache(maxsize=64)
def _insert(dialect: Dialect, table: Table, names: tuple[str, ...]) -> str:
    statement = insert(table).values({name: bindparam(name) for name in names})
    compiled = statement.compile(dialect=dialect)
    places: Sequence[str] = compiled.positiontup or ()
    if tuple(places) != names:
        raise ValueError(f"{table.name} takes its columns as {places}, not as {names}.")
    return str(compiled)
