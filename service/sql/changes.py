"""Changes in SQL: read from the tables of history, in the order in which they were made.

A version that begins is a record made or changed; one that ends without another's beginning is a
record removed. So the changes of a revision are the versions that it began or ended, and nothing
else has to be kept.

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
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
)

from schema.concepts import CONCEPTS, NODES, Concept
from schema.records.history import FROM_REVISION, HISTORY, STILL, UNTIL_REVISION
from service import plan
from service.plan import Condition, Parameter
from service.planning.changes import HISTORY_CURSOR, LOG_CURSOR
from service.planning.paging import SEPARATOR
from service.sql.conditions import condition_sql
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
            select(self._ordered(part, self._read_most).subquery())
            for part in self._parts(after=True)
        ]
        return self._ordered(union_all(*parts), self._read_most).cte("changed_page")

    def _ordered(self, query: Any, most: Expression) -> Any:
        columns = query.selected_columns
        keys = (columns[name] for name in _KEYS)
        return query.order_by(*(key.desc() if self._of else key for key in keys)).limit(most)

    def _parts(self, *, after: bool) -> Iterator[Select[Any]]:
        for place, concept in self._concepts:
            conditions = dict(self._changes.where)
            for begins in (True, False):
                part = _Part(self._context, place, concept, begins=begins)
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

    def _within(self, part: "_Part") -> Iterator[Expression]:
        """Which revisions and which records are asked about."""
        if self._of:
            yield part.version.c.id == self._of[1].c.id
        if self._changes.since:
            yield part.revision > self._binding.parameter(self._changes.since, BigInteger())
        if self._changes.until:
            yield part.revision <= self._binding.parameter(self._changes.until, BigInteger())
        if isinstance(self._context.versions, AsOf):
            yield part.revision <= self._context.versions.revision
        if self._changes.types:
            listed = self._dialect.elements(self._binding.list_of(self._changes.types))
            yield own_text(part.concept.name.upper()).in_(listed)

    def _beyond(self, part: "_Part") -> Iterator[Expression]:
        after = self._changes.page.after
        if after:
            bounds = [self._binding.parameter(key, BigInteger()) for key in after]
            keys = tuple_(part.revision, part.place, part.version.c.id)
            yield keys < tuple_(*bounds) if self._of else keys > tuple_(*bounds)

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


class _Part:
    """The changes of one kind of record that begin a version, or that end its last one."""

    def __init__(self, context: Context, place: int, concept: Concept, *, begins: bool) -> None:
        self._context = context
        self._begins = begins
        self._history = HISTORY[concept.table.name]
        self.concept = concept
        self.place = literal_column(str(place), BigInteger())
        self.version = self._history.alias()
        self.revision = self.version.c[FROM_REVISION if begins else UNTIL_REVISION]

    @property
    def query(self) -> Select[Any]:
        """Every change of this kind."""
        version = self.version
        columns = select(
            self.revision.label("revision"),
            self.place.label("place"),
            version.c.id.label("record_id"),
            own_text(self.concept.id_prefix).concat(version.c.id).label("record"),
            own_text(self.concept.name.upper()).label("type"),
            self._action().label("action"),
        ).select_from(version)
        return columns if self._begins else columns.where(self._is_last())

    def _action(self) -> Expression:
        if not self._begins:
            return own_text("DELETED")
        before = self._history.alias()
        was_there = exists().where(
            before.c.id == self.version.c.id,
            before.c[UNTIL_REVISION] == self.version.c[FROM_REVISION],
        )
        return case((was_there, own_text("UPDATED")), else_=own_text("CREATED"))

    def _is_last(self) -> Expression:
        after = self._history.alias()
        follows = exists().where(
            after.c.id == self.version.c.id,
            after.c[FROM_REVISION] == self.version.c[UNTIL_REVISION],
        )
        # The sentinel is no revision: a version that still holds has not ended.
        still = literal_column(str(STILL), BigInteger())
        return and_(self.version.c[UNTIL_REVISION] < still, ~follows)

    def matching(self, condition: Condition | None) -> Iterator[Expression]:
        """What the record must have been like, before the change or after it."""
        if condition is None:
            return
        if not self._begins:
            yield self._holds_for(self.version, self._before, condition)
            return
        former = self._history.alias()
        was_so = exists().where(
            former.c.id == self.version.c.id,
            former.c[UNTIL_REVISION] == self.version.c[FROM_REVISION],
            self._holds_for(former, self._before, condition),
        )
        yield or_(self._holds_for(self.version, self.revision, condition), was_so)

    @property
    def _before(self) -> Expression:
        return self.revision - literal_column("1")

    def _holds_for(self, row: Any, revision: Expression, condition: Condition) -> Expression:
        versions = AsOf(revision, (self.version,))
        return condition_sql(self._context.binding, versions, row, condition)


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
