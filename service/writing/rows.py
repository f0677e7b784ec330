"""The statements by which records are read and written, each made once and kept as text.

What a row is found by are values by the names of columns, and null finds null.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    Connection,
    Dialect,
    Table,
    bindparam,
    delete,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.sql.compiler import SQLCompiler

from schema.changed_records import changed_records
from schema.drafts import written_columns
from schema.rows import Row, Values
from schema.short_statements import read, run
from service.writing.row_buffer import buffer_of

_STATEMENTS = 512
# What a row is found by is bound under other names than what it is set to.
_BY = "by_"

_Convert = Callable[[Any], Any]
# The names of the columns that a row is found by, and whether each is to be null.
_Shape = tuple[tuple[str, bool], ...]


class _Text(NamedTuple):
    """A statement as the driver takes it: its text, the names of its values in their order.

    `converters`: for each column of the answer what makes it Python's own, if something has to.
    """

    sql: str
    names: tuple[str, ...]
    converters: tuple[_Convert | None, ...] = ()

    def run(self, connection: Connection, values: Values) -> list[tuple[Any, ...]]:
        """The rows of the answer, if it has any."""
        given = [values[name] for name in self.names]
        if self.converters:
            return [self._converted(row) for row in read(connection, self.sql, given)]
        run(connection, self.sql, given)
        return []

    def _converted(self, row: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(
            convert(value) if convert else value
            for convert, value in zip(self.converters, row, strict=True)
        )


def find_rows(
    connection: Connection, table: Table, wanted: tuple[str, ...], by: Values, most: int = -1
) -> list[tuple[Any, ...]]:
    """The wanted columns of the rows that have these values; at most `most` of them, if given."""
    buffer = buffer_of(connection)
    found = None if buffer is None else buffer.find(table, wanted, by)
    if found is None:
        text = _select(connection.dialect, table, wanted, _shape(by), most)
        found = text.run(connection, _bound(by))
        if buffer is not None:
            found += buffer.waiting(table, wanted, by)
    return found[:most] if 0 <= most < len(found) else found


def find_value(connection: Connection, table: Table, wanted: str, by: Values) -> Any:
    """One column of a row with these values; None if no row has them."""
    found = find_rows(connection, table, (wanted,), by, 1)
    return found[0][0] if found else None


def read_row(connection: Connection, table: Table, key: int) -> Row | None:
    """A record by its key, with the columns that somebody writes, and its id."""
    names = ("id", *written_columns(table))
    rows = find_rows(connection, table, names, {"id": key})
    return dict(zip(names, rows[0], strict=True)) if rows else None


def insert_row(connection: Connection, table: Table, row: Values) -> int:
    """Writes a new row; gives its key, if it has one that the database gives."""
    buffer = buffer_of(connection)
    if buffer is not None:
        key = buffer.insert(table, row)
    else:
        made = _insert(connection.dialect, table, tuple(row)).run(connection, row)
        key = made[0][0] if made else 0
    changed_records(connection).inserted(table, row, key)
    return key


def update_rows(connection: Connection, table: Table, changes: Values, by: Values) -> None:
    """Gives the rows that are found the values in `changes`."""
    _before_change(connection, table)
    text = _update(connection.dialect, table, tuple(sorted(changes)), _shape(by))
    text.run(connection, {**changes, **_bound(by)})
    changed_records(connection).updated(table, changes, by)


def delete_rows(connection: Connection, table: Table, by: Values) -> None:
    """Removes the rows that are found."""
    _before_change(connection, table)
    _delete(connection.dialect, table, _shape(by)).run(connection, _bound(by))
    changed_records(connection).deleted(table, by)


def _before_change(connection: Connection, table: Table) -> None:
    buffer = buffer_of(connection)
    if buffer is not None:
        buffer.before_change(table)


def _shape(by: Values) -> _Shape:
    return tuple((name, value is None) for name, value in by.items())


def _bound(by: Values) -> Row:
    return {_BY + name: value for name, value in by.items()}


# --- the texts ----------------------------------------------------------------------------------


@lru_cache(maxsize=_STATEMENTS)
def _select(
    dialect: Dialect, table: Table, wanted: tuple[str, ...], by: _Shape, most: int
) -> _Text:
    statement = select(*(table.c[name] for name in wanted)).where(*_conditions(table, by))
    if most >= 0:
        statement = statement.limit(literal_column(str(most))).offset(literal_column("0"))
    return _text(dialect, statement, table, wanted)


@lru_cache(maxsize=_STATEMENTS)
def _insert(dialect: Dialect, table: Table, given: tuple[str, ...]) -> _Text:
    statement = insert(table).values({name: bindparam(name) for name in given})
    if "id" not in table.c or "id" in given:
        return _text(dialect, statement, table)
    return _text(dialect, statement.returning(table.c.id), table, ("id",))


@lru_cache(maxsize=_STATEMENTS)
def _update(dialect: Dialect, table: Table, changed: tuple[str, ...], by: _Shape) -> _Text:
    values: Row = {name: bindparam(name) for name in changed}
    return _text(dialect, update(table).where(*_conditions(table, by)).values(values), table)


@lru_cache(maxsize=_STATEMENTS)
def _delete(dialect: Dialect, table: Table, by: _Shape) -> _Text:
    return _text(dialect, delete(table).where(*_conditions(table, by)), table)


def _text(
    dialect: Dialect, statement: ClauseElement, table: Table, wanted: tuple[str, ...] = ()
) -> _Text:
    compiled = cast(SQLCompiler, statement.compile(dialect=dialect))
    return _Text(
        str(compiled),
        tuple(compiled.positiontup or ()),
        tuple(table.c[name].type.result_processor(dialect, None) for name in wanted),
    )


def _conditions(table: Table, by: _Shape) -> list[ColumnElement[bool]]:
    # Not by one comparison that takes null too: PostgreSQL uses no index for it.
    return [table.c[name].is_(None) if is_null else _equal(table, name) for name, is_null in by]


def _equal(table: Table, name: str) -> ColumnElement[bool]:
    return table.c[name] == bindparam(_BY + name, type_=table.c[name].type)
