"""A page of a connection: first its keys, then the JSON of its rows and no row more.

page      the keys of the page, one more than asked for if it matters whether more follow
shown     those that were asked for, in the order that was asked for
answer    one row: the shown records and the facts about the page as a JSON object
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    false,
    func,
    or_,
    select,
)

from schema.concepts import Concept
from schema.graphql.types import FIRST_MOST
from service import plan
from service.plan import AllOf, Parameter
from service.sql.conditions import condition_sql
from service.sql.dialect import Column, Expression, Json
from service.sql.keys import SortKey, beyond, cursor_text, sort_keys
from service.sql.pages import PageQuery
from service.sql.reading import Reading
from service.sql.rows import Below, Context, Row, columns_of, hold_nested
from service.sql.texts import own_text
from service.sql.versions import and_holding

_ENDS = frozenset({"startCursor", "endCursor"})


def connection_query(
    context: Context, connection: plan.Connection, below: Below | None = None
) -> Select[Any]:
    """The connection as one JSON object."""
    return ConnectionQuery(context, connection, below).as_object()


class ConnectionQuery(PageQuery[plan.Member]):
    """One page of one connection."""

    def __init__(
        self, context: Context, connection: plan.Connection, below: Below | None = None
    ) -> None:
        """`below`: the row whose edge is paged through; None for all records of the concept."""
        super().__init__(context, connection.page, connection.members)
        self._connection = connection
        self._concept: Concept = connection.concept
        self._below = below
        self._records = tuple(_record_members(connection.members))

    # --- the layers -----------------------------------------------------------------------------

    def _base(self) -> tuple[Any, Reading, list[ColumnElement[bool]]]:
        """The concept's table, and what makes a row of it a member of this connection."""
        table = self._versions.rows_of(self._concept.table)
        reading, member_of = Reading(table), [*self._versions.holding(table)]
        if self._below:
            edge, parent = self._below.edge, self._below.table
            near: FromClause = table
            if edge.far is not None:
                near = self._versions.rows_of(edge.near.table)
                reading.source = near.join(table, table.c.id == near.c[edge.far.name])
                member_of += self._versions.holding(near)
            member_of.append(near.c[edge.near.name] == parent.c.id)
        if self._connection.where != AllOf():
            where = self._connection.where
            member_of.append(condition_sql(self._binding, self._versions, table, where))
        return table, reading, member_of

    def _correlated(self, query: Select[Any]) -> Select[Any]:
        if self._below is None:
            return query
        return query.correlate(self._below.table, *self._versions.outer)

    @cached_property
    def _is_shared(self) -> bool:
        """Whether facts are read from the keys, beside the records."""
        return self._looks_beyond or bool(self._facts & _ENDS)

    @cached_property
    def _reads_straight(self) -> bool:
        """Whether the records are read along with their keys, not looked up again.

        By id alone an index gives the page. Any other order may have to sort, and shared keys are
        held: both want small rows.
        """
        return len(self._connection.order) == 1 and not self._is_shared

    @cached_property
    def _keys(self) -> Any:
        """The page, read from its end if it is asked for backward."""
        table, reading, where = self._base()
        keys = self._sort_keys(table, reading)
        for cursor, ahead in ((self._page.after, True), (self._page.before, False)):
            if cursor:
                where.append(beyond(self._binding, keys, cursor, ahead=ahead))
        names = dict.fromkeys(columns_of(self._records if self._reads_straight else ()))
        query = (
            select(*(table.c[name] for name in names), *_key_columns(keys))
            .select_from(reading.source)
            .where(*where)
            .order_by(*(key.ordered(reverse=self._page.backward) for key in keys))
        )
        page = self._dialect.limited(
            self._correlated(query),
            self._read_most,
            FIRST_MOST + 1,
            lambda column: self._by_keys(column, reverse=self._page.backward),
        )
        # Rows may be read from a subquery, and pages below speak of it: its name must be its own.
        return page.cte("page") if self._is_shared else page.subquery()

    def _sort_keys(self, table: Any, reading: Reading) -> list[SortKey]:
        row = Row(self._context, reading, self._concept, table)
        return sort_keys(self._connection.order, row)

    @cached_property
    def _shown(self) -> Any:
        """The part of the page that was asked for, in the order that was asked for."""
        shown = self._keys
        if self._looks_beyond:
            shown = select(self._keys).limit(self._size).subquery("shown")
        if not self._page.backward:
            return shown
        turned = select(shown).order_by(*self._by_keys(lambda name: shown.c[name]))
        # Without the limit, SQLite may take the order of a subquery for needless.
        return turned.limit(self._size).subquery()

    def _by_keys(self, column: Column, *, reverse: bool = False) -> Iterator[Expression]:
        *others, _ = self._connection.order
        names = [*(_sort_name(place) for place, _ in enumerate(others)), "id"]
        for name, key in zip(names, self._connection.order, strict=True):
            yield column(name).desc() if key.descending is not reverse else column(name)

    @cached_property
    def _reading(self) -> Reading:
        layered = hold_nested(self._records)
        return Reading(self._shown, within=self._versions.outer, in_layers=layered)

    @cached_property
    def _row(self) -> Row:
        if self._reads_straight:
            return Row(self._context, self._reading, self._concept, self._shown)
        table = self._versions.rows_of(self._concept.table)
        found = table.c.id == self._shown.c.id
        self._reading.follow(table, and_holding(self._versions, table, found))
        return Row(self._context, self._reading, self._concept, table)

    def _item(self, members: plan.Members) -> Json:
        return self._row.json(members)

    # --- facts about the page -------------------------------------------------------------------

    def _cursor(self, column: Column) -> Expression:
        order = self._connection.order
        texts = [column(_text_name(place)) for place in range(len(order) - 1)]
        return cursor_text(self._binding, self._concept, order, texts, column("id"))

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
        return or_(self._more_was_read(), outside)

    def _exists_outside(self, cursor: tuple[Parameter, ...], *, ahead: bool) -> Expression:
        table, reading, where = self._base()
        keys = self._sort_keys(table, reading)
        within = beyond(self._binding, keys, cursor, ahead=not ahead)
        query = select(own_text("1")).select_from(reading.source).where(*where, ~within)
        return self._correlated(query).exists()


def _key_columns(keys: list[SortKey]) -> Iterator[Any]:
    """All keys but the id, which is a column of its own: what is compared, and its text."""
    for place, key in enumerate(keys[:-1]):
        yield key.value.label(_sort_name(place))
        yield key.text.label(_text_name(place))


def _sort_name(place: int) -> str:
    return f"page_key_{place}"


def _text_name(place: int) -> str:
    return f"page_key_text_{place}"


def _record_members(members: Iterable[plan.PageMember[plan.Member]]) -> Iterator[plan.Member]:
    """The members of the page's records, wherever in the connection they are asked for."""
    for member in members:
        match member:
            case plan.Nodes(members=inner):
                yield from inner
            case plan.Edges(members=parts):
                nodes = (part for part in parts if isinstance(part, plan.EdgeNode))
                yield from (each for node in nodes for each in node.members)
