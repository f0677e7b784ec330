"""A page of a connection: selects its keys first, then builds JSON for these rows only.

page      the keys of the page, plus one row if the query asks whether more follow
shown     the keys of the page, in the requested order
answer    one row: the page as a JSON object
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    Table,
    case,
    cast,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
)

from schema.concepts import CONCEPTS, Concept
from schema.counting import BLOCK, BLOCKS, SAMPLE
from schema.graphql.types import FIRST_MOST
from service import plan
from service.plan import AllOf, Parameter
from service.planning.conditions import possible
from service.sql.conditions import condition_sql
from service.sql.counted import COUNTED_BY, COUNTS, are_counted
from service.sql.dialect import Column, Content, Expression, Json
from service.sql.keys import SortKey, cursor_text, past_cursor, sort_keys
from service.sql.pages import PageQuery
from service.sql.reading import Reading
from service.sql.rows import Context, ParentEdge, RecordRow, columns_of, hold_nested
from service.sql.texts import own_text
from service.sql.versions import and_holding

_SUPPORT = CONCEPTS["Support"]
_ENDS = frozenset({"startCursor", "endCursor"})


def connection_query(
    context: Context, connection: plan.Connection, below: ParentEdge | None = None
) -> Select[Any]:
    """Returns the connection as one JSON object."""
    return ConnectionQuery(context, connection, below).as_object()


class ConnectionQuery(PageQuery[plan.Member]):
    """One page of one connection."""

    def __init__(
        self, context: Context, connection: plan.Connection, below: ParentEdge | None = None
    ) -> None:
        """`below`: the edge to page through, with the parent's row; None for all records."""
        super().__init__(context, connection.page, connection.members)
        self._connection = connection
        self._concept: Concept = connection.concept
        self._below = below
        self._records = tuple(_record_members(connection.members))

    # --- the layers -----------------------------------------------------------------------------

    def _base(
        self, condition: plan.Condition | None = None
    ) -> tuple[Any, Reading, list[ColumnElement[bool]]]:
        """Returns the concept's table, and the conditions for a row to be in this connection.

        `condition`: replaces the connection's filter.
        """
        return self._among(self._concept.table, condition)

    def _among(
        self, rows: Table, condition: plan.Condition | None = None
    ) -> tuple[Any, Reading, list[ColumnElement[bool]]]:
        """Like `_base`, for another table with the same relevant columns."""
        table = self._versions.rows_of(rows)
        reading, where = Reading(table), [*self._versions.holding(table)]
        if self._below:
            edge, parent = self._below.edge, self._below.table
            near: FromClause = table
            if edge.far is not None:
                near = self._versions.rows_of(edge.near.table)
                reading.source = near.join(table, table.c.id == near.c[edge.far.name])
                where += self._versions.holding(near)
            where.append(near.c[edge.near.name] == parent.c.id)
        condition = condition or self._connection.where
        if condition != AllOf():
            where.append(condition_sql(self._binding, self._versions, table, condition))
        return table, reading, where

    def _correlated(self, query: Select[Any]) -> Select[Any]:
        if self._below is None:
            return query
        return query.correlate(self._below.table, *self._versions.outer)

    @cached_property
    def _is_shared(self) -> bool:
        """Whether facts about the page read the keys too, besides the records."""
        return self._needs_extra_row or bool(self._facts & _ENDS)

    @cached_property
    def _reads_directly(self) -> bool:
        """Whether the query for the keys reads the records too, instead of looking them up by key.

        In order of id an index yields the page. Other orders may need a sort, and shared keys are
        materialised: both are faster with small rows.
        """
        return len(self._connection.order) == 1 and not self._is_shared

    @cached_property
    def _keys(self) -> Any:
        """The keys of the page; read from its end if the page is read backward."""
        table, reading, where = self._base()
        keys = self._sort_keys(table, reading)
        for cursor, ahead in ((self._page.after, True), (self._page.before, False)):
            if cursor:
                where.append(past_cursor(self._binding, keys, cursor, ahead=ahead))
        names = dict.fromkeys(columns_of(self._records if self._reads_directly else ()))
        query = (
            select(*(table.c[name] for name in names), *_key_columns(keys))
            .select_from(reading.source)
            .where(*where)
            .order_by(*(key.ordered(reverse=self._page.backward) for key in keys))
        )
        page = self._dialect.limited(
            self._correlated(query),
            self._row_limit,
            FIRST_MOST + 1,
            lambda column: self._by_keys(column, reverse=self._page.backward),
        )
        # Anonymous and unique, because nested pages may refer to a subquery of the same kind.
        return page.cte("page") if self._is_shared else page.subquery()

    def _sort_keys(self, table: Any, reading: Reading) -> list[SortKey]:
        row = RecordRow(self._context, reading, self._concept, table)
        return sort_keys(self._connection.order, row)

    @cached_property
    def _page_rows(self) -> Any:
        """The rows of the page, in the requested order."""
        shown = self._keys
        if self._needs_extra_row:
            shown = select(self._keys).limit(self._size).subquery("shown")
        if not self._page.backward:
            return shown
        reordered = select(shown).order_by(*self._by_keys(lambda name: shown.c[name]))
        # SQLite may drop the order of a subquery without a limit.
        return reordered.limit(self._size).subquery()

    def _by_keys(self, column: Column, *, reverse: bool = False) -> Iterator[Expression]:
        *others, _ = self._connection.order
        names = [*(_sort_name(index) for index, _ in enumerate(others)), "id"]
        for name, key in zip(names, self._connection.order, strict=True):
            yield column(name).desc() if key.descending is not reverse else column(name)

    @cached_property
    def _reading(self) -> Reading:
        layered = hold_nested(self._records)
        return Reading(self._page_rows, within=self._versions.outer, in_layers=layered)

    @cached_property
    def _row(self) -> RecordRow:
        if self._reads_directly:
            return RecordRow(self._context, self._reading, self._concept, self._page_rows)
        table = self._versions.rows_of(self._concept.table)
        found = table.c.id == self._page_rows.c.id
        self._reading.follow(table, and_holding(self._versions, table, found))
        return RecordRow(self._context, self._reading, self._concept, table)

    def _item(self, members: plan.Members) -> Json:
        return self._row.json(members)

    def _member(self, member: plan.PageMember[plan.Member]) -> Content:
        match member:
            case plan.Nodes(members=members, is_flat=True):
                return self._dialect.json_array(self._row.array(members), self._page_order)
        return super()._member(member)

    # --- facts about the page -------------------------------------------------------------------

    def _cursor(self, column: Column) -> Expression:
        order = self._connection.order
        texts = [column(_text_name(index)) for index in range(len(order) - 1)]
        return cursor_text(self._binding, self._concept, order, texts, column("id"))

    def _total_count(self) -> Expression:
        number: Any = func.count()
        if self._are_counted():
            table, reading, where = self._among(COUNTS)
            number = cast(func.coalesce(func.sum(table.c.supports), _number(0)), BigInteger)
        else:
            _, reading, where = self._base()
        query = select(number).select_from(reading.source).where(*where)
        return self._correlated(query).scalar_subquery()

    def _estimated_count(self) -> Expression:
        """Counts blocks of records, spread evenly over their keys, and extrapolates.

        Counts exactly below a parent, which has few records, and where counts are stored.
        """
        counted = self._total_count()
        if self._below or self._are_counted():
            return counted
        blocks = self._blocks()
        table, reading, where = self._base()
        first = blocks.c.number * blocks.c.newest // _number(BLOCKS)
        where += [table.c.id > first, table.c.id <= first + _number(BLOCK)]
        in_block = select(func.count()).select_from(reading.source).where(*where)
        found = func.sum(in_block.correlate(blocks, *self._versions.outer).scalar_subquery())
        newest = func.max(blocks.c.newest)
        extrapolated = cast(found, BigInteger) * newest // _number(SAMPLE)
        estimated = case((newest <= _number(SAMPLE), counted), else_=extrapolated)
        return select(estimated).select_from(blocks).scalar_subquery()

    def _blocks(self) -> Any:
        """The blocks of a sample by number, each with the newest key."""
        rows = self._versions.rows_of(self._concept.table)
        newest = select(func.coalesce(func.max(rows.c.id), _number(0))).scalar_subquery()
        first = select(_number(0).label("number"), newest.label("newest"))
        # Anonymous, because a statement may count several samples.
        blocks = first.cte(recursive=True)
        following = select(blocks.c.number + _number(1), blocks.c.newest)
        return blocks.union_all(following.where(blocks.c.number < _number(BLOCKS - 1)))

    def _are_counted(self) -> bool:
        """Whether the number of records can be read from the stored counts of similar supports."""
        if self._concept is not _SUPPORT:
            return False
        if self._below:
            column = self._below.edge.near
            if column.table is not _SUPPORT.table or column.name not in COUNTED_BY:
                return False
        return are_counted(self._versions, self._connection.where)

    def _unknown_count(self) -> Expression:
        where = self._connection.where
        wider = possible(where)
        if wider == where:
            return literal_column("0")
        table, reading, conditions = self._base(wider)
        found = condition_sql(self._binding, self._versions, table, where)
        query = select(func.count()).select_from(reading.source)
        unknown = query.where(*conditions, found.is_not(true()))
        return self._correlated(unknown).scalar_subquery()

    def _has_rows_outside(self, *, ahead: bool) -> Expression:
        """Whether rows exist outside the page: after it if `ahead`, else before it.

        In the direction of reading the query has read one extra row. In either direction rows may
        also be outside a cursor that bounds the page.
        """
        in_reading_direction = ahead is not self._page.backward
        cursor = self._page.before if ahead else self._page.after
        outside = self._exists_outside(cursor, ahead=ahead) if cursor else false()
        if not in_reading_direction:
            return outside
        return or_(self._has_extra_row(), outside)

    def _exists_outside(self, cursor: tuple[Parameter, ...], *, ahead: bool) -> Expression:
        table, reading, where = self._base()
        keys = self._sort_keys(table, reading)
        within = past_cursor(self._binding, keys, cursor, ahead=not ahead)
        query = select(own_text("1")).select_from(reading.source).where(*where, ~within)
        return self._correlated(query).exists()


def _number(value: int) -> Expression:
    return literal_column(str(value), BigInteger())


def _key_columns(keys: list[SortKey]) -> Iterator[Any]:
    """Two columns for each key except the id: the value to compare, and the text for a cursor."""
    for index, key in enumerate(keys[:-1]):
        yield key.value.label(_sort_name(index))
        yield key.text.label(_text_name(index))


def _sort_name(index: int) -> str:
    return f"page_key_{index}"


def _text_name(index: int) -> str:
    return f"page_key_text_{index}"


def _record_members(members: Iterable[plan.PageMember[plan.Member]]) -> Iterator[plan.Member]:
    """The members selected of the records, in `nodes` and in `edges`."""
    for member in members:
        match member:
            case plan.Nodes(members=inner):
                yield from inner
            case plan.Edges(members=parts):
                nodes = (part for part in parts if isinstance(part, plan.EdgeNode))
                yield from (each for node in nodes for each in node.members)
