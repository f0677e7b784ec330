"""Changes in SQL: read from the tables of history, in the order in which they were made.

A version that begins is a record made or changed, and a tombstone is a record removed
(`change_parts.py`). What is told of a change is read as of its revision, and as of the one before.

page      the changes of the page, one more than asked for if it matters whether more follow
answer    one row: these with what is asked of them, as a JSON object
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from sqlalchemy import (
    BigInteger,
    Select,
    Text,
    case,
    cast,
    false,
    func,
    literal_column,
    select,
    tuple_,
    union_all,
)

from schema.concepts import NODES, Concept
from schema.graphql.types import FIRST_MOST
from schema.records.history import STILL
from service import plan
from service.planning.changes import HISTORY_CURSOR, LOG_CURSOR
from service.planning.paging import SEPARATOR
from service.sql.change_parts import BegunVersions, ChangePart, RemovedRecords
from service.sql.change_rows import ChangeRow
from service.sql.dialect import Column, Expression, Json, Source
from service.sql.pages import PageQuery
from service.sql.reading import Reading
from service.sql.rows import Context
from service.sql.texts import fixed_text, own_text
from service.sql.versions import AsOf

_KEYS = ("revision", "place", "record_id")


def changes_query(
    context: Context, changes: plan.Changes, of: tuple[Concept, Source] | None = None
) -> Select[Any]:
    """The page of changes as one JSON object; `of`: those of the record of this row alone."""
    return ChangesQuery(context, changes, of).as_object()


class ChangesQuery(PageQuery[plan.ChangeMember]):
    """One page of changes."""

    _is_shared = True

    def __init__(
        self, context: Context, changes: plan.Changes, of: tuple[Concept, Source] | None = None
    ) -> None:
        """A log runs from the oldest change, a record's history from its newest."""
        super().__init__(context, changes.page, changes.members)
        self._changes = changes
        self._of = of
        self._runs_down = of is not None

    def first_revision(self) -> Select[Any]:
        """The revision of the first change as a plain value; null if there is none."""
        first = select(self._keys.c.revision).limit(1)
        return select(first.scalar_subquery())

    # --- which changes --------------------------------------------------------------------------

    @cached_property
    def _concepts(self) -> list[tuple[int, Concept]]:
        only = self._of[0].name if self._of else None
        return [
            (place, concept) for place, concept in enumerate(NODES) if only in (None, concept.name)
        ]

    @cached_property
    def _keys(self) -> Any:
        """The changes of the page; each kind gives no more than a page of its own."""
        parts = [
            select(self._ordered(part, self._read_most, within_kind=True).subquery())
            for part in self._parts(after=True)
        ]
        return self._ordered(union_all(*parts), self._read_most).cte("changed_page")

    def _ordered(self, query: Any, most: Expression, *, within_kind: bool = False) -> Any:
        names = [name for name in _KEYS if not (within_kind and name == "place")]

        def order(column: Column) -> Iterator[Expression]:
            return (_running(column(name), down=self._runs_down) for name in names)

        columns = query.selected_columns
        ordered = query.order_by(*order(lambda name: columns[name]))
        return self._dialect.limited(ordered, most, FIRST_MOST + 1, order)

    def _parts(self, *, after: bool) -> Iterator[Select[Any]]:
        for place, concept in self._concepts:
            conditions = dict(self._changes.where)
            # A record that is at hand has not been removed, as far as this question goes.
            for kind in (BegunVersions,) if self._of else (BegunVersions, RemovedRecords):
                part = kind(self._binding, place, concept)
                where = [
                    *self._within(part),
                    *part.matching(conditions.get(concept.name)),
                    *(self._beyond(part) if after else ()),
                ]
                query = part.query.where(*where)
                yield query.correlate(*self._outer) if self._outer else query

    @cached_property
    def _outer(self) -> tuple[Source, ...]:
        row = (self._of[1],) if self._of else ()
        return (*row, *self._versions.outer)

    def _within(self, part: ChangePart) -> Iterator[Expression]:
        """Which revisions and which records are asked about."""
        if self._of:
            yield part.record_id == self._of[1].c.id
        if self._changes.since:
            yield part.revision > self._binding.parameter(self._changes.since, BigInteger())
        if self._changes.until:
            yield part.revision <= self._binding.parameter(self._changes.until, BigInteger())
        if isinstance(self._versions, AsOf):
            yield part.revision <= self._versions.revision
        if self._changes.types:
            listed = self._binding.list_of(self._changes.types, self._dialect.list_form(Text()))
            yield self._dialect.one_of(own_text(part.concept.record_type), listed)

    def _beyond(self, part: ChangePart) -> Iterator[Expression]:
        after = self._page.after
        if after:
            revision, place, record = (self._binding.parameter(k, BigInteger()) for k in after)
            # Of the cursor's own revision, all of a kind that comes before its own lie below it,
            # and none of a kind that comes after: said of the id alone, so that an index leads
            # straight to where the page begins.
            least, most = (literal_column(text, BigInteger()) for text in ("-1", str(STILL)))
            bound = case((place == part.place, record), (place > part.place, most), else_=least)
            keys, bounds = tuple_(part.revision, part.record_id), tuple_(revision, bound)
            yield keys < bounds if self._of else keys > bounds

    # --- what is told of them -------------------------------------------------------------------

    @cached_property
    def _shown(self) -> Any:
        # What lies within may hold such a page too: this one needs a name of its own.
        return select(self._keys).limit(self._size).subquery()

    @cached_property
    def _reading(self) -> Reading:
        return Reading(self._shown, within=self._versions.outer, in_layers=True)

    @cached_property
    def _row(self) -> ChangeRow:
        concepts = [concept for _, concept in self._concepts]
        return ChangeRow(self._context, self._reading, self._shown, concepts)

    def _item(self, members: tuple[plan.ChangeMember, ...]) -> Json:
        return self._row.json(members)

    def _by_keys(self, column: Column, *, reverse: bool = False) -> Iterator[Expression]:
        runs_down = self._runs_down is not reverse
        return (_running(column(name), down=runs_down) for name in _KEYS)

    # --- facts about the page -------------------------------------------------------------------

    def _total_count(self) -> Expression:
        first, *rest = (
            part.with_only_columns(func.count()).scalar_subquery()
            for part in self._parts(after=False)
        )
        total: Expression = first
        for count in rest:
            total = total + count
        return total

    def _has_neighbour(self, *, ahead: bool) -> Expression:
        """A page of changes begins where it was told to: nothing is known of what lies before."""
        return self._more_was_read() if ahead else false()

    def _cursor(self, column: Column) -> Expression:
        text = own_text(HISTORY_CURSOR if self._of else LOG_CURSOR)
        for name in _KEYS:
            text = text.concat(fixed_text(SEPARATOR)).concat(cast(column(name), Text))
        return self._dialect.hexadecimal(text)


def _running(key: Expression, *, down: bool) -> Expression:
    return key.desc() if down else key
