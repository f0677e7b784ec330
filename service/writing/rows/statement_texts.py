"""The statements on rows, each compiled once and cached as the text for the driver.

`by` is the condition of a row: values by column name, where None matches null.
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

from schema.rows import Row, Values
from schema.writing.short_statements import read, run

_STATEMENTS = 512
# The prefix of a condition's bound names: an UPDATE may set the same column to a new value.
_BY = "by_"

_Convert = Callable[[Any], Any]
# The columns of a condition, and whether each must be null.
Shape = tuple[tuple[str, bool], ...]


class StatementText(NamedTuple):
    """A statement for the driver: its text, and the names of its parameters in their order.

    `converters`: for each column of the result, a function that converts it to Python, or None.
    """

    sql: str
    names: tuple[str, ...]
    converters: tuple[_Convert | None, ...] = ()

    def run(self, connection: Connection, values: Values) -> list[tuple[Any, ...]]:
        """Runs the statement; returns the rows of its result, if it has one."""
        given = self.bound(values)
        if self.converters:
            return [self.converted(row) for row in read(connection, self.sql, given)]
        run(connection, self.sql, given)
        return []

    def bound(self, values: Values) -> list[Any]:
        """The values in the order of the parameters."""
        return [values[name] for name in self.names]

    def converted(self, row: Sequence[Any]) -> tuple[Any, ...]:
        """A row of the result, converted to Python values."""
        return tuple(
            convert(value) if convert else value
            for convert, value in zip(self.converters, row, strict=True)
        )


def shape_of(by: Values) -> Shape:
    """The part of a condition that the text of a statement depends on."""
    return tuple((name, value is None) for name, value in by.items())


def bound(by: Values) -> Row:
    """The values of a condition, by the names of their parameters."""
    return {_BY + name: value for name, value in by.items()}


@lru_cache(maxsize=_STATEMENTS)
def select_text(
    dialect: Dialect, table: Table, wanted: tuple[str, ...], by: Shape, most: int
) -> StatementText:
    """Selects the wanted columns. `most`: the maximum number of rows, or -1 for all."""
    statement = select(*(table.c[name] for name in wanted)).where(*_conditions(table, by))
    if most >= 0:
        statement = statement.limit(literal_column(str(most))).offset(literal_column("0"))
    return _text(dialect, statement, table, wanted)


@lru_cache(maxsize=_STATEMENTS)
def insert_text(dialect: Dialect, table: Table, given: tuple[str, ...]) -> StatementText:
    """Inserts a row with the given columns; returns its key, if the database generates one."""
    statement = insert(table).values({name: bindparam(name) for name in given})
    if "id" not in table.c or "id" in given:
        return _text(dialect, statement, table)
    return _text(dialect, statement.returning(table.c.id), table, ("id",))


@lru_cache(maxsize=_STATEMENTS)
def update_text(
    dialect: Dialect, table: Table, changed: tuple[str, ...], by: Shape
) -> StatementText:
    """Updates these columns."""
    values: Row = {name: bindparam(name) for name in changed}
    return _text(dialect, update(table).where(*_conditions(table, by)).values(values), table)


@lru_cache(maxsize=_STATEMENTS)
def delete_text(dialect: Dialect, table: Table, by: Shape) -> StatementText:
    """Deletes rows."""
    return _text(dialect, delete(table).where(*_conditions(table, by)), table)


def _text(
    dialect: Dialect, statement: ClauseElement, table: Table, wanted: tuple[str, ...] = ()
) -> StatementText:
    compiled = cast(SQLCompiler, statement.compile(dialect=dialect))
    return StatementText(
        str(compiled),
        tuple(compiled.positiontup or ()),
        tuple(table.c[name].type.result_processor(dialect, None) for name in wanted),
    )


def _conditions(table: Table, by: Shape) -> list[ColumnElement[bool]]:
    # Not IS NOT DISTINCT FROM, which compares null too: PostgreSQL uses no index for it.
    return [table.c[name].is_(None) if is_null else _equal(table, name) for name, is_null in by]


def _equal(table: Table, name: str) -> ColumnElement[bool]:
    return table.c[name] == bindparam(_BY + name, type_=table.c[name].type)
