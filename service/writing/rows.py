"""The statements by which records are read and written, each made once.

What a row is found by are values by the names of columns: where the column may be null, null finds
null.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    insert,
    select,
    update,
)

Row = dict[str, Any]
Values = Mapping[str, Any]

_STATEMENTS = 512
# What a row is found by is bound under other names than what it is set to.
_BY = "by_"


def find_rows(
    connection: Connection, table: Table, wanted: tuple[str, ...], by: Values, most: int = -1
) -> list[tuple[Any, ...]]:
    """The wanted columns of the rows that have these values; at most so many, if told."""
    statement = _select(table, wanted, tuple(by), most)
    return [tuple(row) for row in connection.execute(statement, _bound(by))]


def find_value(connection: Connection, table: Table, wanted: str, by: Values) -> Any:
    """One column of a row that has these values; None if there is no such row."""
    return connection.scalar(_select(table, (wanted,), tuple(by), 1), _bound(by))


def read_row(connection: Connection, table: Table, key: int) -> Row | None:
    """A record by its key, with the columns that somebody writes, and its id."""
    names = ("id", *written_columns(table))
    rows = find_rows(connection, table, names, {"id": key})
    return dict(zip(names, rows[0], strict=True)) if rows else None


def insert_row(connection: Connection, table: Table, row: Values) -> int:
    """Writes a new record; gives its key."""
    primary_key = connection.execute(_insert(table), row).inserted_primary_key
    key: int = primary_key[0] if primary_key else 0
    return key


def update_rows(connection: Connection, table: Table, changes: Values, by: Values) -> None:
    """Gives the rows that are found the values in `changes`."""
    statement = _update(table, tuple(sorted(changes)), tuple(by))
    connection.execute(statement, {**changes, **_bound(by)})


def delete_rows(connection: Connection, table: Table, by: Values) -> None:
    """Removes the rows that are found."""
    connection.execute(_delete(table, tuple(by)), _bound(by))


@lru_cache
def written_columns(table: Table) -> tuple[str, ...]:
    """The columns that a writer fills: neither the id nor what the database computes."""
    return tuple(c.name for c in table.columns if c.computed is None and c.name != "id")


def _bound(by: Values) -> Row:
    return {_BY + name: value for name, value in by.items()}


@lru_cache(maxsize=_STATEMENTS)
def _select(table: Table, wanted: tuple[str, ...], by: tuple[str, ...], most: int) -> Select[Any]:
    statement = select(*(table.c[name] for name in wanted)).where(*_conditions(table, by))
    return statement if most < 0 else statement.limit(most)


@lru_cache(maxsize=_STATEMENTS)
def _insert(table: Table) -> Insert:
    return insert(table)


@lru_cache(maxsize=_STATEMENTS)
def _update(table: Table, changed: tuple[str, ...], by: tuple[str, ...]) -> Update:
    values: Row = {name: bindparam(name) for name in changed}
    return update(table).where(*_conditions(table, by)).values(values)


@lru_cache(maxsize=_STATEMENTS)
def _delete(table: Table, by: tuple[str, ...]) -> Delete:
    return delete(table).where(*_conditions(table, by))


def _conditions(table: Table, by: tuple[str, ...]) -> list[ColumnElement[bool]]:
    return [_equal(table, name) for name in by]


def _equal(table: Table, name: str) -> ColumnElement[bool]:
    column, value = table.c[name], bindparam(_BY + name, type_=table.c[name].type)
    return column.is_not_distinct_from(value) if column.nullable else column == value
