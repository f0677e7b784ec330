"""Which rows a question reads: those of today, or the versions that held at some revision.

Today's tables hold what holds now, and nothing is asked of them but that. A version in a history
table holds between two revisions, which every use of it has to say: in the ON of a join, in the
WHERE of a search. (As a view SQLite would not look it up by an index within outer joins.)
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Select, Table, and_

from schema.records.history import FROM_REVISION, HISTORY, UNTIL_REVISION
from service.sql.dialect import Expression, Source


class Versions(Protocol):
    """A state of the data."""

    @property
    def outer(self) -> tuple[Source, ...]:
        """Rows of the queries around that every part of the statement may speak of."""

    def rows_of(self, table: Table) -> Any:
        """The table whose rows are read, under a name of its own within the statement."""

    def holding(self, rows: Source) -> Iterator[Expression]:
        """What makes such a row one that holds."""

    def within(self, query: Select[Any]) -> Select[Any]:
        """A query for rows of this state that speaks of no other rows of the queries around."""


class Today:
    """The newest state."""

    outer: tuple[Source, ...] = ()

    def rows_of(self, table: Table) -> Any:
        """The table itself."""
        return table.alias()

    def holding(self, rows: Source) -> Iterator[Expression]:
        """All of them do."""
        return iter(())

    def within(self, query: Select[Any]) -> Select[Any]:
        """It speaks of nothing but its own rows."""
        return query


@dataclass(frozen=True)
class AsOf:
    """The state at a revision. `outer`: what the revision is a column of, if it is one."""

    revision: Expression
    outer: tuple[Source, ...] = ()

    def rows_of(self, table: Table) -> Any:
        """Its history."""
        return HISTORY[table.name].alias()

    def holding(self, rows: Source) -> Iterator[Expression]:
        """Written by then, and not yet replaced or removed."""
        yield rows.c[FROM_REVISION] <= self.revision
        yield rows.c[UNTIL_REVISION] > self.revision

    def within(self, query: Select[Any]) -> Select[Any]:
        """The revision may be a column of a query that lies further out than the next one."""
        return query.correlate(*self.outer) if self.outer else query


def and_holding(versions: Versions, rows: Source, condition: Expression) -> Expression:
    """The condition, of rows that hold."""
    return and_(condition, *versions.holding(rows))
