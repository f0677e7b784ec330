"""The rows that a query reads: the current ones, or the versions valid at a revision.

All rows of the current tables are valid. A version in a history table is valid between two
revisions, so each use of the table has a condition: in the ON of a join, or in the WHERE of a
query. (A view would hide this, but SQLite would not use its index within outer joins.)
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Protocol

from sqlalchemy import (
    Alias,
    ColumnClause,
    Select,
    Table,
    TableClause,
    and_,
    column,
    func,
    select,
    table,
)

from schema.concepts import CONCEPTS
from schema.records.history import FROM_REVISION, HISTORY, UNTIL_REVISION
from service.sql.dialect import Expression, Source


class Versions(Protocol):
    """A state of the data."""

    @property
    def outer(self) -> tuple[Source, ...]:
        """Sources of enclosing queries that all parts of the statement may reference."""

    def rows_of(self, table: Table) -> Any:
        """The table to read, under a unique alias."""

    def holding(self, rows: Source) -> Iterator[Expression]:
        """The conditions for a row to be valid in this state."""

    def within(self, query: Select[Any]) -> Select[Any]:
        """Correlates a query with the sources that this state references."""


class Current:
    """The current state."""

    outer: tuple[Source, ...] = ()

    def rows_of(self, table: Table) -> Any:
        """The current table, aliased."""
        return alias_of(table)

    def holding(self, rows: Source) -> Iterator[Expression]:
        """Yields nothing: all rows are valid."""
        return iter(())

    def within(self, query: Select[Any]) -> Select[Any]:
        """Returns the query unchanged: it references no outer source."""
        return query


@dataclass(frozen=True)
class AsOf:
    """The state at a revision.

    `outer`: the source of the revision, if the revision is a column.
    """

    revision: Expression
    outer: tuple[Source, ...] = ()

    def rows_of(self, table: Table) -> Any:
        """The history table, aliased."""
        return alias_of(HISTORY[table.name])

    def holding(self, rows: Source) -> Iterator[Expression]:
        """Yields the conditions for a version to be valid: begun by the revision, and not ended."""
        yield rows.c[FROM_REVISION] <= self.revision
        yield rows.c[UNTIL_REVISION] > self.revision

    def within(self, query: Select[Any]) -> Select[Any]:
        """Correlates the query with the source of the revision, which may be several levels out."""
        return query.correlate(*self.outer) if self.outer else query


def alias_of(table_: Table) -> Any:
    """Returns the table under a unique alias."""
    return _Rows._construct(_names_of(table_))


class _Columns:
    """The columns of an alias, made when the statement first names them."""

    def __init__(self, rows: "_Rows") -> None:
        self._rows = rows
        self._named: dict[str, ColumnClause[Any]] = {}

    def __getitem__(self, name: str) -> ColumnClause[Any]:
        if name not in self._named:
            type_ = self._rows.element.c[name].type
            self._named[name] = ColumnClause(name, type_, _selectable=self._rows)
        return self._named[name]

    __getattr__ = __getitem__

    def __iter__(self) -> Iterator[ColumnClause[Any]]:
        return iter(self._named.values())


class _Rows(Alias):
    """An alias that does not copy the columns of its table.

    Copying them took three quarters of the time to compile a condition on an edge.
    """

    inherit_cache = True

    @cached_property
    def c(self) -> Any:
        """The columns, made when they are named."""
        return _Columns(self)


@cache
def _names_of(table_: Table) -> TableClause:
    return table(table_.name, *(column(each.name, each.type) for each in table_.columns))


def and_holding(versions: Versions, rows: Source, condition: Expression) -> Expression:
    """Adds the condition for the rows to be valid."""
    return and_(condition, *versions.holding(rows))


def revision_number(versions: Versions) -> Expression:
    """The number of the revision that is read; for the current state, of the newest revision."""
    if isinstance(versions, AsOf):
        return versions.revision
    return select(func.max(CONCEPTS["Revision"].table.c.number)).scalar_subquery()
