"""A page of a connection: first its keys, then the JSON of its rows and no row more.

keys      the ids of the page, one more than asked for if it matters whether more follow
numbered  the same with each row's place, and how many there are
answer    one row: the page's arrays and facts as a JSON object
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    case,
    false,
    func,
    or_,
    select,
)

from schema.concepts import Concept
from service import plan
from service.plan import AllOf, PageFact, PageFacts, Parameter
from service.sql.binding import own_text
from service.sql.conditions import condition_sql
from service.sql.dialect import Expression, Pairs
from service.sql.keys import SortKey, beyond, cursor_text, sort_keys
from service.sql.reading import Reading
from service.sql.rows import Below, Context, Row, hold_nested

_ENDS = frozenset({"startCursor", "endCursor"})


def connection_query(
    context: Context, connection: plan.Connection, below: Below | None = None
) -> Select[Any]:
    """The connection as one JSON object."""
    return PageQuery(context, connection, below).as_object()


class PageQuery:
    """One page of one connection."""

    def __init__(
        self, context: Context, connection: plan.Connection, below: Below | None = None
    ) -> None:
        """`below`: the row whose edge is paged through; None for all records of the concept."""
        self._context = context
        self._binding = context.binding
        self._dialect = context.binding.dialect
        self._connection = connection
        self._concept: Concept = connection.concept
        self._page = connection.page
        self._below = below
        self._facts = frozenset(_fact_names(connection.members))

    def as_object(self) -> Select[Any]:
        """One JSON object that holds every member."""
        members = self._connection.members
        pairs = [(self._binding.key(member.key), self._member(member)) for member in members]
        return self._answer(self._dialect.json_object(pairs))

    def as_columns(self) -> Select[Any]:
        """Each member as a column of its own."""
        return self._answer(*(self._member(member) for member in self._connection.members))

    def _answer(self, *columns: Expression) -> Select[Any]:
        # Where nothing depends on the rows of the page, there is no page to read.
        return self._reading.select(*columns) if self._is_read else select(*columns)

    @cached_property
    def _is_read(self) -> bool:
        arrays = any(isinstance(m, plan.Nodes | plan.Edges) for m in self._connection.members)
        return arrays or self._looks_beyond or bool(self._facts & _ENDS)

    # --- the layers -----------------------------------------------------------------------------

    def _base(self) -> tuple[Any, Reading, list[ColumnElement[bool]]]:
        """The concept's table, and what makes a row of it a member of this connection."""
        table = self._concept.table.alias()
        reading, member_of = Reading(table), []
        if self._below:
            edge, parent = self._below.edge, self._below.table
            near: FromClause = table
            if edge.far is not None:
                near = edge.near.table.alias()
                reading.source = near.join(table, table.c.id == near.c[edge.far.name])
            member_of = [near.c[edge.near.name] == parent.c.id]
        if self._connection.where != AllOf():
            member_of.append(condition_sql(self._binding, table, self._connection.where))
        return table, reading, member_of

    def _correlated(self, query: Select[Any]) -> Select[Any]:
        return query.correlate(self._below.table) if self._below else query

    @cached_property
    def _size(self) -> Expression:
        return self._binding.parameter(self._page.size)

    @cached_property
    def _keys(self) -> Any:
        """The ids of the page, read from its end if it is asked for backward."""
        table, reading, where = self._base()
        keys = self._sort_keys(table, reading)
        for cursor, ahead in ((self._page.after, True), (self._page.before, False)):
            if cursor:
                where.append(beyond(self._binding, keys, cursor, ahead=ahead))
        more = Parameter(self._page.size.source, lambda value: self._page.size.read(value) + 1)
        limit = self._binding.parameter(more) if self._looks_beyond else self._size
        texts = [key.text.label(f"key_{place}") for place, key in enumerate(keys[:-1])]
        query = (
            select(table.c.id, *(texts if self._has_cursors else ()))
            .select_from(reading.source)
            .where(*where)
            .order_by(*(key.ordered(reverse=self._page.backward) for key in keys))
            .limit(limit)
        )
        return self._correlated(query).subquery("page")

    def _sort_keys(self, table: Any, reading: Reading) -> list[SortKey]:
        row = Row(self._context, reading, self._concept, table)
        return sort_keys(self._connection.order, row)

    @cached_property
    def _looks_beyond(self) -> bool:
        """Whether it matters that more rows follow, on the side that is read towards."""
        return ("hasPreviousPage" if self._page.backward else "hasNextPage") in self._facts

    @cached_property
    def _has_cursors(self) -> bool:
        edges = (m for m in self._connection.members if isinstance(m, plan.Edges))
        asked = any(isinstance(part, plan.Cursor) for edge in edges for part in edge.members)
        return asked or bool(self._facts & _ENDS)

    @cached_property
    def _rows(self) -> Any:
        """The keys, numbered where something depends on a row's place."""
        if not (self._looks_beyond or self._facts & _ENDS or self._page.backward):
            return self._keys
        numbered = select(
            self._keys,
            func.row_number().over().label("place"),
            func.count().over().label("read"),
        ).subquery("placed")
        if not self._page.backward:
            return numbered
        shown = select(numbered).where(numbered.c.place <= self._size)
        # Without the limit, SQLite may take the order of a subquery for needless.
        return shown.order_by(numbered.c.place.desc()).limit(self._size).subquery("turned")

    @cached_property
    def _reading(self) -> Reading:
        return Reading(self._rows, in_layers=_any_nested(self._connection.members))

    @cached_property
    def _row(self) -> Row:
        table = self._concept.table.alias()
        self._reading.follow(table, table.c.id == self._rows.c.id)
        return Row(self._context, self._reading, self._concept, table)

    def _of_row(self, name: str) -> Expression:
        return self._reading.column(self._rows.c[name])

    # --- the members ----------------------------------------------------------------------------

    def _member(self, member: plan.ConnectionMember) -> Expression:
        match member:
            case plan.Constant(json=json):
                return self._binding.constant(json)
            case plan.Nodes(members=members):
                return self._array(self._row.json(members))
            case plan.Edges(members=members):
                pairs: Pairs = [(self._binding.key(m.key), self._edge_member(m)) for m in members]
                return self._array(self._dialect.json_object(pairs))
            case PageFacts(facts=facts):
                return self._dialect.json_object(
                    [(self._binding.key(fact.key), self._fact(fact)) for fact in facts]
                )
            case PageFact():
                return self._fact(member)

    def _array(self, item: Expression) -> Expression:
        keep = self._of_row("place") <= self._size if self._looks_beyond else None
        return self._dialect.json_array(item, keep)

    def _edge_member(self, member: plan.Constant | plan.Cursor | plan.EdgeNode) -> Expression:
        match member:
            case plan.Constant(json=json):
                return self._binding.constant(json)
            case plan.Cursor():
                return self._cursor()
            case plan.EdgeNode(members=members):
                return self._row.json(members)

    def _cursor(self) -> Expression:
        count = len(self._connection.order) - 1
        texts = [self._of_row(f"key_{place}") for place in range(count)]
        order = self._connection.order
        return cursor_text(self._binding, self._concept, order, texts, self._of_row("id"))

    def _fact(self, fact: PageFact | plan.Constant) -> Expression:
        if isinstance(fact, plan.Constant):
            return self._binding.constant(fact.json)
        match fact.name:
            case "totalCount":
                return self._total_count()
            case "hasNextPage":
                return self._dialect.json_boolean(self._has_neighbour(ahead=True))
            case "hasPreviousPage":
                return self._dialect.json_boolean(self._has_neighbour(ahead=False))
            case "startCursor":
                return self._end_cursor(at_start=True)
        return self._end_cursor(at_start=False)

    def _total_count(self) -> Expression:
        _, reading, where = self._base()
        query = select(func.count()).select_from(reading.source).where(*where)
        return self._correlated(query).scalar_subquery()

    def _has_neighbour(self, *, ahead: bool) -> Expression:
        """Whether rows lie beyond the page, on the side that is read towards or on the other.

        On the side read towards, one row more was read. On both, a cursor that bounds the page
        is itself a place where rows may lie.
        """
        towards = ahead is not self._page.backward
        cursor = self._page.before if ahead else self._page.after
        outside = self._exists_outside(cursor, ahead=ahead) if cursor else false()
        if not towards:
            return outside
        return or_(func.coalesce(func.max(self._of_row("read")), 0) > self._size, outside)

    def _exists_outside(self, cursor: tuple[Parameter, ...], *, ahead: bool) -> Expression:
        table, reading, where = self._base()
        keys = self._sort_keys(table, reading)
        within = beyond(self._binding, keys, cursor, ahead=not ahead)
        query = select(own_text("1")).select_from(reading.source).where(*where, ~within)
        return self._correlated(query).exists()

    def _end_cursor(self, *, at_start: bool) -> Expression:
        """Places count from the end that is read from."""
        first_read = at_start is not self._page.backward
        if first_read:
            keep = self._of_row("place") == 1
        elif self._looks_beyond:
            read = self._of_row("read")
            keep = self._of_row("place") == case((read < self._size, read), else_=self._size)
        else:
            keep = self._of_row("place") == self._of_row("read")
        return func.max(self._cursor()).filter(keep)


def _fact_names(members: Iterable[plan.ConnectionMember]) -> Iterable[str]:
    for member in members:
        match member:
            case PageFacts(facts=facts):
                yield from _fact_names(facts)
            case PageFact(name=name):
                yield name


def _any_nested(members: Iterable[plan.ConnectionMember]) -> bool:
    for member in members:
        match member:
            case plan.Nodes(members=inner) if hold_nested(inner):
                return True
            case plan.Edges(members=parts):
                nodes = (part for part in parts if isinstance(part, plan.EdgeNode))
                if any(hold_nested(node.members) for node in nodes):
                    return True
    return False
