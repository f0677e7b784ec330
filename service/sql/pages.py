"""A page as JSON: what a page of records and one of changes have in common.

What is told of a page, and how much of it is read, is the same for both. What the keys of its items
are, and what is told of an item, each says in a file of its own.
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
    """One page. `connections.py` and `changes.py` say what it is a page of."""

    def __init__(
        self, context: Context, page: plan.Page, members: tuple[plan.PageMember[Selected], ...]
    ) -> None:
        """`members`: what is asked of the page."""
        self._context = context
        self._binding = context.binding
        self._dialect = context.binding.dialect
        self._versions = context.versions
        self._page = page
        self._members = members
        self._facts = frozenset(_fact_names(members))

    def as_object(self) -> Select[Any]:
        """One JSON object that holds every member."""
        pairs = [(member.key, self._member(member)) for member in self._members]
        return self._answer(self._dialect.json_object(pairs))

    def as_columns(self) -> Select[Any]:
        """Each member as a column of its own; facts about the page as plain values."""
        columns: list[Content] = []
        for member in self._members:
            match member:
                case plan.PageFacts(facts=facts):
                    columns += [self._plain_fact(fact.name) for fact in facts]
                case _:
                    columns.append(self._member(member))
        return self._answer(*columns)

    def _answer(self, *contents: Content) -> Select[Any]:
        columns = [self._dialect.answer(content) for content in contents]
        # Facts are read by themselves: without an array there are no rows to go through.
        arrays = any(isinstance(m, plan.Nodes | plan.Edges) for m in self._members)
        query = self._reading.select(*columns) if arrays else select(*columns)
        return query.add_cte(self._keys, nest_here=True) if self._is_shared else query

    # --- what each sort of page says of itself --------------------------------------------------

    @property
    @abstractmethod
    def _keys(self) -> Any:
        """The page, read from its end if it is asked for backward."""

    @property
    @abstractmethod
    def _is_shared(self) -> bool:
        """Whether facts are read from the keys, beside the items."""

    @property
    @abstractmethod
    def _shown(self) -> Any:
        """The part of the keys that was asked for, in the order that was asked for."""

    @property
    @abstractmethod
    def _reading(self) -> Reading:
        """What the items that are shown are read from."""

    @abstractmethod
    def _by_keys(self, column: Column, *, reverse: bool = False) -> Iterator[Expression]:
        """The keys in order, each in its direction or in the other."""

    @abstractmethod
    def _item(self, members: tuple[Selected, ...]) -> Json:
        """What is asked of an item that is shown."""

    @abstractmethod
    def _cursor(self, column: Column) -> Expression:
        """Where an item lies."""

    @abstractmethod
    def _total_count(self) -> Expression:
        """How many items there are, whatever the page."""

    @abstractmethod
    def _has_neighbour(self, *, ahead: bool) -> Expression:
        """Whether items lie beyond the page: ahead of it after its end, else before its start."""

    # --- how much is read -----------------------------------------------------------------------

    @cached_property
    def _size(self) -> Expression:
        return self._binding.parameter(self._page.size, BigInteger())

    @cached_property
    def _looks_beyond(self) -> bool:
        """Whether it matters that more items follow, on the side that is read towards."""
        return ("hasPreviousPage" if self._page.backward else "hasNextPage") in self._facts

    @cached_property
    def _read_most(self) -> Expression:
        if not self._looks_beyond:
            return self._size
        size = self._page.size
        one_more = Parameter(size.source, lambda value: size.read(value) + 1)
        return self._binding.parameter(one_more, BigInteger())

    def _more_was_read(self) -> Expression:
        """Whether more was read than is shown."""
        read = select(func.count()).select_from(self._keys).scalar_subquery()
        more: Expression = read > self._size
        return more

    def _shown_column(self, name: str) -> Expression:
        return self._reading.column(self._shown.c[name])

    def _shown_order(self) -> list[Expression]:
        return list(self._by_keys(self._shown_column))

    # --- the members ----------------------------------------------------------------------------

    def _member(self, member: plan.PageMember[Selected]) -> Content:
        match member:
            case plan.TypeName(name=name):
                return self._dialect.json_unescaped(name, nullable=False)
            case plan.Nodes(members=members):
                return self._dialect.json_array(self._item(members), self._shown_order)
            case plan.Edges(members=members):
                pairs: Pairs = [(m.key, self._edge_member(m)) for m in members]
                edge = self._dialect.json_object(pairs)
                return self._dialect.json_array(edge, self._shown_order)
            case plan.PageFacts(facts=facts):
                return self._dialect.json_object([(fact.key, self._fact(fact)) for fact in facts])
            case plan.PageFact():
                return self._fact(member)

    def _edge_member(self, member: plan.EdgeMember[Selected]) -> Content:
        match member:
            case plan.TypeName(name=name):
                return self._dialect.json_unescaped(name, nullable=False)
            case plan.Cursor():
                cursor = self._cursor(self._shown_column)
                return self._dialect.json_unescaped(cursor, nullable=False)
            case plan.EdgeNode(members=members):
                return self._item(members)

    def _fact(self, fact: plan.PageFact | plan.TypeName) -> Content:
        if isinstance(fact, plan.TypeName):
            return self._dialect.json_unescaped(fact.name, nullable=False)
        plain = self._plain_fact(fact.name)
        match fact.name:
            case "totalCount":
                return plain
            case "hasNextPage" | "hasPreviousPage":
                return self._dialect.json_boolean(plain)
        return self._dialect.json_unescaped(plain, nullable=True)

    def _plain_fact(self, name: str) -> Expression:
        """A fact as a value of SQL: a number, a truth or a text."""
        match name:
            case "totalCount":
                return self._total_count()
            case "hasNextPage":
                return self._has_neighbour(ahead=True)
            case "hasPreviousPage":
                return self._has_neighbour(ahead=False)
        return self._end_cursor(at_start=name == "startCursor")

    def _end_cursor(self, *, at_start: bool) -> Expression:
        """The cursor of the first or the last item shown; null where none is."""
        shown = select(self._keys).limit(self._size).subquery()
        query = select(self._cursor(lambda name: shown.c[name]))
        keys = self._by_keys(lambda name: shown.c[name], reverse=not at_start)
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
