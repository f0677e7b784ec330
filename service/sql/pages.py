"""A page as JSON: shared by all kinds of pages.

Facts about the page and the number of rows to read are the same for every kind. The subclasses
define the keys and the items.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, Generic

from sqlalchemy import BigInteger, Select, func, select

from service import plan
from service.plan import Parameter, Selected
from service.sql.dialect import Column, Content, Expression, Json, Pairs
from service.sql.reading import Reading
from service.sql.rows import Context


class PageQuery(ABC, Generic[Selected]):
    """A page of items: records, changes, totals, hits of a search, or rows of a panel."""

    def __init__(
        self, context: Context, page: plan.Page, members: tuple[plan.PageMember[Selected], ...]
    ) -> None:
        """`members`: the members to select of the page."""
        self._context = context
        self._binding = context.binding
        self._dialect = context.binding.dialect
        self._versions = context.versions
        self._page = page
        self._members = members
        self._facts = frozenset(_fact_names(members))

    def as_object(self) -> Select[Any]:
        """Returns one JSON object with all members."""
        pairs = [(member.key, self._member(member)) for member in self._members]
        return self._answer(self._dialect.json_object(pairs))

    def as_columns(self) -> Select[Any]:
        """Returns each member as a separate column; facts about the page are plain values."""
        columns: list[Content] = []
        for member in self._members:
            match member:
                case plan.PageFacts(facts=facts):
                    columns += [self._plain_fact(fact) for fact in facts]
                case _:
                    columns.append(self._member(member))
        return self._answer(*columns)

    def _answer(self, *contents: Content) -> Select[Any]:
        columns = [self._dialect.answer(content) for content in contents]
        # Facts are scalar subqueries: without an array there are no rows to read.
        arrays = any(isinstance(m, plan.Nodes | plan.Edges) for m in self._members)
        query = self._reading.select(*columns) if arrays else select(*columns)
        return query.add_cte(self._keys, nest_here=True) if self._is_shared else query

    # --- defined by each kind of page -----------------------------------------------------------

    @property
    @abstractmethod
    def _keys(self) -> Any:
        """The keys of the page; read from its end if the page is read backward."""

    @property
    @abstractmethod
    def _is_shared(self) -> bool:
        """Whether facts about the page read the keys too, besides the items."""

    @property
    @abstractmethod
    def _page_rows(self) -> Any:
        """The rows of the page, in the requested order."""

    @property
    @abstractmethod
    def _reading(self) -> Reading:
        """The rows that the items are read from."""

    @abstractmethod
    def _by_keys(self, column: Column, *, reverse: bool = False) -> Iterator[Expression]:
        """The sort keys, each in its own direction, or all reversed."""

    @abstractmethod
    def _item(self, members: tuple[Selected, ...]) -> Json:
        """The JSON of an item."""

    @abstractmethod
    def _cursor(self, column: Column) -> Expression:
        """The cursor of an item."""

    @abstractmethod
    def _total_count(self) -> Expression:
        """The number of items on all pages."""

    def _estimated_count(self) -> Expression:
        """The number of items on all pages, or an estimate from a sample."""
        return self._total_count()

    @abstractmethod
    def _unknown_count(self) -> Expression:
        """The number of records left out because it is unknown whether they are valid."""

    @abstractmethod
    def _has_rows_outside(self, *, ahead: bool) -> Expression:
        """Whether items exist outside the page: after it if `ahead`, else before it."""

    # --- how many rows to read ------------------------------------------------------------------

    @cached_property
    def _size(self) -> Expression:
        return self._binding.parameter(self._page.size, BigInteger())

    @cached_property
    def _needs_extra_row(self) -> bool:
        """Whether the query asks if more items follow in the direction of reading."""
        return ("hasPreviousPage" if self._page.backward else "hasNextPage") in self._facts

    @cached_property
    def _row_limit(self) -> Expression:
        if not self._needs_extra_row:
            return self._size
        size = self._page.size
        one_more = Parameter(size.source, lambda value: size.read(value) + 1)
        return self._binding.parameter(one_more, BigInteger())

    def _has_extra_row(self) -> Expression:
        """Whether the query has read the extra row."""
        read = select(func.count()).select_from(self._keys).scalar_subquery()
        more: Expression = read > self._size
        return more

    def _page_column(self, name: str) -> Expression:
        return self._reading.column(self._page_rows.c[name])

    def _page_order(self) -> list[Expression]:
        return list(self._by_keys(self._page_column))

    # --- the members ----------------------------------------------------------------------------

    def _member(self, member: plan.PageMember[Selected]) -> Content:
        match member:
            case plan.TypeName(name=name):
                return self._dialect.json_unescaped(name, nullable=False)
            case plan.Nodes(members=members):
                return self._dialect.json_array(self._item(members), self._page_order)
            case plan.Edges(members=members):
                pairs: Pairs = [(m.key, self._edge_member(m)) for m in members]
                edge = self._dialect.json_object(pairs)
                return self._dialect.json_array(edge, self._page_order)
            case plan.PageFacts(facts=facts):
                return self._dialect.json_object([(fact.key, self._fact(fact)) for fact in facts])
            case plan.PageFact():
                return self._fact(member)

    def _edge_member(self, member: plan.EdgeMember[Selected]) -> Content:
        match member:
            case plan.TypeName(name=name):
                return self._dialect.json_unescaped(name, nullable=False)
            case plan.Cursor():
                cursor = self._cursor(self._page_column)
                return self._dialect.json_unescaped(cursor, nullable=False)
            case plan.EdgeNode(members=members):
                return self._item(members)

    def _fact(self, fact: plan.PageFact | plan.TypeName) -> Content:
        if isinstance(fact, plan.TypeName):
            return self._dialect.json_unescaped(fact.name, nullable=False)
        plain = self._plain_fact(fact)
        match fact.name:
            case "totalCount" | "unknownCount":
                return plain
            case "hasNextPage" | "hasPreviousPage":
                return self._dialect.json_boolean(plain)
        return self._dialect.json_unescaped(plain, nullable=True)

    def _plain_fact(self, fact: plan.PageFact | plan.TypeName) -> Expression:
        """A fact as an SQL value: a number, a boolean or a text."""
        match fact:
            case plan.PageFact(name="totalCount", is_estimated=True):
                return self._estimated_count()
        match fact.name:
            case "totalCount":
                return self._total_count()
            case "unknownCount":
                return self._unknown_count()
            case "hasNextPage":
                return self._has_rows_outside(ahead=True)
            case "hasPreviousPage":
                return self._has_rows_outside(ahead=False)
        return self._end_cursor(at_start=fact.name == "startCursor")

    def _end_cursor(self, *, at_start: bool) -> Expression:
        """The cursor of the first or last item of the page; null for an empty page."""
        page_rows = select(self._keys).limit(self._size).subquery()
        query = select(self._cursor(lambda name: page_rows.c[name]))
        keys = self._by_keys(lambda name: page_rows.c[name], reverse=not at_start)
        return query.order_by(*keys).limit(1).scalar_subquery()


def _fact_names(
    members: Iterable[plan.PageMember[Selected]] | Iterable[plan.TypeName | plan.PageFact],
) -> Iterator[str]:
    for member in members:
        match member:
            case plan.PageFacts(facts=facts):
                yield from _fact_names(facts)
            case plan.PageFact(name=name):
                yield name
