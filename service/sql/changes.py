"""Changes in SQL: read from the tables of history, in the order in which they were made.

A version that begins is a record made or changed, and a tombstone is a record removed
(`change_parts.py`). What is told of a change is read as of its revision, and as of the one before.

page      the changes of the page, one more than asked for if it matters whether more follow
answer    one row: these with what is asked of them, as a JSON object
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from sqlalchemy import (
    BigInteger,
    Select,
    Text,
    and_,
    case,
    cast,
    false,
    func,
    literal_column,
    select,
    tuple_,
    union_all,
)

from schema.concepts import CONCEPTS, NODES, Concept
from schema.records.history import STILL
from service import plan
from service.plan import Parameter
from service.planning.changes import HISTORY_CURSOR, LOG_CURSOR
from service.planning.paging import SEPARATOR
from service.sql.change_parts import BegunVersions, ChangePart, RemovedRecords
from service.sql.dialect import Content, Expression, Json, Pairs, Source
from service.sql.field_changes import field_changes
from service.sql.reading import Reading
from service.sql.rows import Context, Row, hold_nested
from service.sql.texts import fixed_text, own_text
from service.sql.versions import AsOf, and_holding

_KEYS = ("revision", "place", "record_id")


def changes_query(
    context: Context, changes: plan.Changes, of: tuple[Concept, Source] | None = None
) -> Select[Any]:
    """The page of changes as one JSON object; `of`: those of the record of this row alone."""
    return ChangesQuery(context, changes, of).as_object()


class ChangesQuery:
    """One page of changes."""

    def __init__(
        self, context: Context, changes: plan.Changes, of: tuple[Concept, Source] | None = None
    ) -> None:
        """A log runs from the oldest change, a record's history from its newest."""
        self._context = context
        self._binding = context.binding
        self._dialect = context.binding.dialect
        self._changes = changes
        self._of = of
        self._facts = frozenset(_fact_names(changes.members))

    def as_object(self) -> Select[Any]:
        """One JSON object that holds every member."""
        members = self._changes.members
        pairs = [(member.key, self._member(member)) for member in members]
        return self._select(self._dialect.answer(self._dialect.json_object(pairs)))

    def as_columns(self) -> Select[Any]:
        """Each member as a column of its own."""
        members = self._changes.members
        return self._select(*(self._dialect.answer(self._member(member)) for member in members))

    def _select(self, *columns: Expression) -> Select[Any]:
        arrays = any(
            isinstance(m, plan.ChangeNodes | plan.ChangeEdges) for m in self._changes.members
        )
        query = self._reading.select(*columns) if arrays else select(*columns)
        return query.add_cte(self._page, nest_here=True)

    # --- which changes --------------------------------------------------------------------------

    @cached_property
    def _size(self) -> Expression:
        return self._binding.parameter(self._changes.page.size)

    @cached_property
    def _read_most(self) -> Expression:
        if "hasNextPage" not in self._facts:
            return self._size
        size = self._changes.page.size
        return self._binding.parameter(Parameter(size.source, lambda value: size.read(value) + 1))

    @cached_property
    def _concepts(self) -> list[tuple[int, Concept]]:
        only = self._of[0].name if self._of else None
        return [
            (place, concept) for place, concept in enumerate(NODES) if only in (None, concept.name)
        ]

    @cached_property
    def _page(self) -> Any:
        """The changes of the page; each kind gives no more than a page of its own."""
        parts = [
            select(self._ordered(part, self._read_most, within_kind=True).subquery())
            for part in self._parts(after=True)
        ]
        return self._ordered(union_all(*parts), self._read_most).cte("changed_page")

    def _ordered(self, query: Any, most: Expression, *, within_kind: bool = False) -> Any:
        columns = query.selected_columns
        keys = [columns[name] for name in _KEYS if not (within_kind and name == "place")]
        return query.order_by(*(key.desc() if self._of else key for key in keys)).limit(most)

    def _parts(self, *, after: bool) -> Iterator[Select[Any]]:
        for place, concept in self._concepts:
            conditions = dict(self._changes.where)
            # A record that is at hand has not been removed, as far as this question goes.
            for kind in (BegunVersions,) if self._of else (BegunVersions, RemovedRecords):
                part = kind(self._context.binding, place, concept)
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
        return (*row, *self._context.versions.outer)

    def _within(self, part: ChangePart) -> Iterator[Expression]:
        """Which revisions and which records are asked about."""
        if self._of:
            yield part.record_id == self._of[1].c.id
        if self._changes.since:
            yield part.revision > self._binding.parameter(self._changes.since, BigInteger())
        if self._changes.until:
            yield part.revision <= self._binding.parameter(self._changes.until, BigInteger())
        if isinstance(self._context.versions, AsOf):
            yield part.revision <= self._context.versions.revision
        if self._changes.types:
            listed = self._dialect.elements(self._binding.list_of(self._changes.types))
            yield own_text(part.concept.name.upper()).in_(listed)

    def _beyond(self, part: ChangePart) -> Iterator[Expression]:
        after = self._changes.page.after
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
        return select(self._page).limit(self._size).subquery()

    @cached_property
    def _reading(self) -> Reading:
        return Reading(self._shown, within=self._context.versions.outer, in_layers=True)

    def _member(self, member: Any) -> Content:
        match member:
            case plan.TypeName(name=name):
                return own_text(name)
            case plan.ChangeNodes(members=members):
                return self._dialect.json_array(self._change(members))
            case plan.ChangeEdges(members=members):
                pairs: Pairs = [(m.key, self._edge_member(m)) for m in members]
                return self._dialect.json_array(self._dialect.json_object(pairs))
            case plan.PageFacts(facts=facts):
                return self._dialect.json_object([(fact.key, self._fact(fact)) for fact in facts])
        return self._fact(member)

    def _edge_member(self, member: Any) -> Content:
        match member:
            case plan.TypeName(name=name):
                return own_text(name)
            case plan.Cursor():
                return self._cursor(lambda name: self._reading.column(self._shown.c[name]))
        return self._change(member.members)

    def _change(self, members: tuple[plan.ChangeMember, ...]) -> Json:
        return self._dialect.json_object([(m.key, self._change_member(m)) for m in members])

    def _change_member(self, member: plan.ChangeMember) -> Content:
        match member:
            case plan.TypeName(name=name):
                return own_text(name)
            case plan.ChangeFact(name=name):
                return self._reading.column(self._fact_column(name))
            case plan.ChangeRevision(members=members):
                return self._revision.json(members)
            case plan.ChangedRecord(choices=choices):
                record = self._reading.column(self._record(choices))
                return self._dialect.json_where(
                    record.is_not(None), self._dialect.json_column(record)
                )
            case plan.FieldChanges(members=members):
                return self._dialect.json_column(self._reading.column(self._fields(members)))

    def _fact_column(self, name: str) -> Expression:
        columns = {"action": "action", "type": "type", "id": "record"}
        column: Expression = self._shown.c[columns[name]]
        return column

    @cached_property
    def _revision(self) -> Row:
        concept = CONCEPTS["Revision"]
        table = concept.table.alias()
        self._reading.follow(table, table.c.number == self._shown.c.revision)
        return Row(self._context, self._reading, concept, table)

    def _then(self, revision: Expression) -> Context:
        """The state that a change left, or found."""
        outer = (self._shown, *self._context.versions.outer)
        return replace(self._context, versions=AsOf(revision, outer))

    def _record(self, choices: tuple[plan.NodeChoice, ...]) -> Expression:
        found = [self._record_of(choice) for choice in choices if self._may_be(choice.concept)]
        return _first_of(found)

    def _record_of(self, choice: plan.NodeChoice) -> Expression:
        context = self._then(self._shown.c.revision)
        table = context.versions.rows_of(choice.concept.table)
        is_it = and_(table.c.id == self._shown.c.record_id, self._is_a(choice.concept))
        reading = Reading(
            table,
            where=and_holding(context.versions, table, is_it),
            within=context.versions.outer,
            in_layers=hold_nested(choice.members),
        )
        json = Row(context, reading, choice.concept, table).json(choice.members)
        return reading.select(self._dialect.answer(json)).scalar_subquery()

    def _fields(self, members: tuple[plan.TypeName | plan.ChangeFact, ...]) -> Expression:
        after = self._then(self._shown.c.revision)
        before = self._then(self._shown.c.revision - literal_column("1"))
        found = [
            field_changes(before, after, concept, self._shown, members, self._is_a(concept))
            for _, concept in self._concepts
        ]
        return _first_of(found)

    def _may_be(self, concept: Concept) -> bool:
        return any(concept.name == each.name for _, each in self._concepts)

    def _is_a(self, concept: Concept) -> Expression:
        is_one: Expression = self._shown.c.type == own_text(concept.name.upper())
        return is_one

    # --- facts about the page -------------------------------------------------------------------

    def _fact(self, fact: plan.PageFact | plan.TypeName) -> Content:
        if isinstance(fact, plan.TypeName):
            return own_text(fact.name)
        match fact.name:
            case "totalCount":
                return self._total_count()
            case "hasNextPage":
                read = select(func.count()).select_from(self._page).scalar_subquery()
                return self._dialect.json_boolean(read > self._size)
            case "hasPreviousPage":
                return self._dialect.json_boolean(false())
        return self._end_cursor(at_start=fact.name == "startCursor")

    def _total_count(self) -> Expression:
        first, *rest = (
            part.with_only_columns(func.count()).scalar_subquery()
            for part in self._parts(after=False)
        )
        total: Expression = first
        for count in rest:
            total = total + count
        return total

    def _end_cursor(self, *, at_start: bool) -> Expression:
        shown = select(self._page).limit(self._size).subquery()
        cursor = select(self._cursor(lambda name: shown.c[name]))
        runs_down = (self._of is not None) is at_start
        keys = (shown.c[name] for name in _KEYS)
        ordered = cursor.order_by(*(key.desc() if runs_down else key for key in keys))
        return ordered.limit(1).scalar_subquery()

    def _cursor(self, column: Callable[[str], Expression]) -> Expression:
        text = own_text(HISTORY_CURSOR if self._of else LOG_CURSOR)
        for name in _KEYS:
            text = text.concat(fixed_text(SEPARATOR)).concat(cast(column(name), Text))
        return self._dialect.hexadecimal(text)


def _first_of(found: list[Expression]) -> Expression:
    first: Expression = found[0] if len(found) == 1 else func.coalesce(*found)
    return first


def _fact_names(members: Any) -> Iterator[str]:
    for member in members:
        match member:
            case plan.PageFacts(facts=facts):
                yield from _fact_names(facts)
            case plan.PageFact(name=name):
                yield name
