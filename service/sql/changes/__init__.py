"""Changes in SQL: read from the history tables, in order of revision.

A new version is a created or updated record, and a tombstone a deleted one (`parts.py`). The
record of a change is read as of its revision, and as of the one before.

page      the changes of the page, plus one if the query asks whether more follow
answer    one row: the page as a JSON object
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
from service.sql.changes.parts import BegunVersions, ChangePart, RemovedRecords
from service.sql.changes.rows import ChangeRow
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
    """Returns the page of changes as one JSON object.

    `of`: limits the page to the changes of this row's record.
    """
    return ChangesQuery(context, changes, of).as_object()


class ChangesQuery(PageQuery[plan.ChangeMember]):
    """A page of changes."""

    _is_shared = True

    def __init__(
        self, context: Context, changes: plan.Changes, of: tuple[Concept, Source] | None = None
    ) -> None:
        """Sorts a log from the oldest change, and the history of a record from the newest."""
        super().__init__(context, changes.page, changes.members)
        self._changes = changes
        self._of = of
        self._descending = of is not None

    def first_revision(self) -> Select[Any]:
        """The revision of the first change as a plain value; null if no change matches."""
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
        """The changes of the page. Reads at most one page of each concept."""
        parts = [
            select(self._ordered(part, self._row_limit, within_kind=True).subquery())
            for part in self._parts(after=True)
        ]
        return self._ordered(union_all(*parts), self._row_limit).cte("changed_page")

    def _ordered(self, query: Any, most: Expression, *, within_kind: bool = False) -> Any:
        names = [name for name in _KEYS if not (within_kind and name == "place")]

        def order(column: Column) -> Iterator[Expression]:
            return (_ordered_key(column(name), descending=self._descending) for name in names)

        columns = query.selected_columns
        ordered = query.order_by(*order(lambda name: columns[name]))
        return self._dialect.limited(ordered, most, FIRST_MOST + 1, order)

    def _parts(self, *, after: bool) -> Iterator[Select[Any]]:
        for place, concept in self._concepts:
            conditions = dict(self._changes.where)
            # The history of a record is read from the record's row, so the record is not deleted.
            for kind in (BegunVersions,) if self._of else (BegunVersions, RemovedRecords):
                part = kind(self._binding, place, concept)
                where = [
                    *self._within(part),
                    *part.matching(conditions.get(concept.name)),
                    *(self._past_cursor(part) if after else ()),
                ]
                query = part.query.where(*where)
                yield query.correlate(*self._outer) if self._outer else query

    @cached_property
    def _outer(self) -> tuple[Source, ...]:
        row = (self._of[1],) if self._of else ()
        return (*row, *self._versions.outer)

    def _within(self, part: ChangePart) -> Iterator[Expression]:
        """The bounds on the revision, the record and its type."""
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

    def _past_cursor(self, part: ChangePart) -> Iterator[Expression]:
        after = self._page.after
        if after:
            revision, place, record = (self._binding.parameter(k, BigInteger()) for k in after)
            # Within the revision of the cursor, concepts are sorted by `place`. As a bound on the
            # id, this lets an index on (revision, id) find the start of the page.
            least, most = (literal_column(text, BigInteger()) for text in ("-1", str(STILL)))
            bound = case((place == part.place, record), (place > part.place, most), else_=least)
            keys, bounds = tuple_(part.revision, part.record_id), tuple_(revision, bound)
            yield keys < bounds if self._of else keys > bounds

    # --- members of a change --------------------------------------------------------------------

    @cached_property
    def _page_rows(self) -> Any:
        # Anonymous, because nested queries may have such a page too.
        return select(self._keys).limit(self._size).subquery()

    @cached_property
    def _reading(self) -> Reading:
        return Reading(self._page_rows, within=self._versions.outer, in_layers=True)

    @cached_property
    def _row(self) -> ChangeRow:
        concepts = [concept for _, concept in self._concepts]
        return ChangeRow(self._context, self._reading, self._page_rows, concepts)

    def _item(self, members: tuple[plan.ChangeMember, ...]) -> Json:
        return self._row.json(members)

    def _by_keys(self, column: Column, *, reverse: bool = False) -> Iterator[Expression]:
        descending = self._descending is not reverse
        return (_ordered_key(column(name), descending=descending) for name in _KEYS)

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

    def _unknown_count(self) -> Expression:
        """Zero: `ChangeConnection` has no such field, and over REST changes have no filter."""
        return literal_column("0")

    def _has_rows_outside(self, *, ahead: bool) -> Expression:
        """Whether more changes follow. Does not look for changes before the page."""
        return self._has_extra_row() if ahead else false()

    def _cursor(self, column: Column) -> Expression:
        text = own_text(HISTORY_CURSOR if self._of else LOG_CURSOR)
        for name in _KEYS:
            text = text.concat(fixed_text(SEPARATOR)).concat(cast(column(name), Text))
        return self._dialect.hexadecimal(text)


def _ordered_key(key: Expression, *, descending: bool) -> Expression:
    return key.desc() if descending else key
