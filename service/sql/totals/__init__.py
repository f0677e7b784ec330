"""A page of totals: groups of supports, with their numbers and sums.

totals    the groups: their common values, and only the numbers and sums that are selected
page      the groups of the page, plus one if the query asks whether more follow
answer    one row: the page as a JSON object

If the request has no other order and does not count the groups, `page` groups the supports itself:
it reads the groups in the order in which they are made, and stops after the last one of the page.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from sqlalchemy import (
    BigInteger,
    Select,
    Text,
    and_,
    case,
    cast,
    distinct,
    false,
    func,
    literal_column,
    not_,
    select,
    true,
)

from schema.analysis.totals import POSSIBLE, SUMS, VALUED
from schema.concepts import CONCEPTS
from schema.graphql.types import FIRST_MOST
from schema.records.columns import Scalar
from schema.records.derived import MAGNITUDE
from schema.records.sql_types import TEXT
from service import plan
from service.planning.paging import SEPARATOR
from service.planning.totals import keys_of, scalar_of, signature_of_totals
from service.sql.conditions import unknown_count
from service.sql.dialect import Column, Content, Expression, Json
from service.sql.keys import SortKey, past_cursor, sort_keys
from service.sql.pages import PageQuery
from service.sql.reading import Reading
from service.sql.rows import Context, RecordRow, hold_nested
from service.sql.texts import fixed_text, number, own_text
from service.sql.totals.matched import MEASURES, Matched

_SUPPORT = CONCEPTS["Support"]
_NULL = Json(("null",))
# The fields of a group with a unit or a currency: the amount that they apply to, and the column.
_OWN = {
    "quantityUnit": ("quantity", "amount_unit"),
    "worthUnit": ("worth", "amount_unit"),
    "worthCurrency": ("worth", "amount_currency"),
}


class TotalsQuery(PageQuery[plan.TotalMember]):
    """One page of totals."""

    _is_shared = True

    def __init__(self, context: Context, totals: plan.Totals) -> None:
        """`totals`: what to group by, and the members to select."""
        super().__init__(context, totals.page, totals.members)
        self._totals = totals
        self._selected = tuple(_members_of(totals))

    def _answer(self, *contents: Content) -> Select[Any]:
        columns = [self._dialect.answer(content) for content in contents]
        arrays = any(isinstance(m, plan.Nodes | plan.Edges) for m in self._members)
        return self._reading.select(*columns) if arrays else select(*columns)

    # --- groups ---------------------------------------------------------------------------------

    @cached_property
    def _groups(self) -> Any:
        return self._grouped.cte("totals")

    @cached_property
    def _grouped(self) -> Select[Any]:
        needed = dict.fromkeys(self._needed())
        columns = self._matched.columns
        keys = [(name, columns[name]) for name, _ in keys_of(self._totals.dimensions)]
        numbers = (self._aggregate(columns, *each).label(_name_of(*each)) for each in needed)
        query = select(*(column.label(name) for name, column in keys), *numbers)
        return query.select_from(self._matched.source).group_by(*(column for _, column in keys))

    @cached_property
    def _matched(self) -> Matched:
        return Matched(self._binding, self._versions, self._totals, dict.fromkeys(self._needed()))

    def _needed(self) -> Iterator[tuple[str, str]]:
        """Yields the numbers and sums that are selected or sorted by, each with its part."""
        for key in self._totals.order:
            if isinstance(key, plan.TotalKey) and key.part is not None:
                yield key.part, key.name
        for member in self._selected:
            if isinstance(member, plan.PartTotals):
                yield from ((member.part, fact.name) for fact in _facts_of(member.members))

    def _aggregate(self, columns: Any, part: str, name: str) -> Expression:
        is_part = columns["is_possible"]
        is_part = is_part if part == POSSIBLE else not_(is_part)
        match name:
            case "supports":
                counted = and_(columns["counts"], is_part)
                if "number" not in columns:
                    return func.count().filter(counted)
                several = func.sum(columns["number"]).filter(counted)
                return cast(func.coalesce(several, number(0)), BigInteger)
            case "supporters":
                # Every candidate counts as a supporter, and not only the first one.
                counts = self._counts_candidates(columns)
                return func.count(distinct(columns["supporter_id"])).filter(and_(counts, is_part))
            case "recipients":
                counted = and_(columns["counts"], is_part)
                return func.count(distinct(columns["recipient_id"])).filter(counted)
        dated = and_(columns["is_dated"], is_part)
        if name == VALUED:
            return func.count(columns["value"]).filter(dated)
        return self._dialect.decimal_sum(columns[name], dated)

    @staticmethod
    def _counts_candidates(columns: Any) -> Expression:
        if "year" not in columns:
            return true()
        has_years = columns["first_year"] <= columns["last_year"]
        return not_(and_(columns["year"] == number(0), has_years))

    # --- the page -------------------------------------------------------------------------------

    @cached_property
    def _keys(self) -> Any:
        is_read_as_grouped = not self._totals.order and "totalCount" not in self._facts
        query = self._groups_in_their_order() if is_read_as_grouped else self._sorted_groups()
        page = self._dialect.limited(query, self._row_limit, FIRST_MOST + 1, self._by_keys)
        return page.cte("page")

    def _groups_in_their_order(self) -> Select[Any]:
        # A database that groups by sorting need not sort again by the same bare columns. Only ids
        # can be null in a group.
        columns = self._matched.columns
        order = (columns[name].nulls_first() for name, _ in keys_of(self._totals.dimensions))
        keys = list(self._group_keys(columns.__getitem__))
        return self._grouped.add_columns(*_named(keys)).having(*self._after(keys)).order_by(*order)

    def _sorted_groups(self) -> Select[Any]:
        reading = Reading(self._groups)
        row = RecordRow(self._context, reading, _SUPPORT, self._groups)
        keys = [
            sort_keys((key,), row)[0] if isinstance(key, plan.OrderKey) else self._total_key(key)
            for key in self._totals.order
        ]
        keys += self._group_keys(lambda name: self._groups.c[name])
        query = select(*self._groups.c, *_named(keys)).select_from(reading.source)
        ordered = (key.ordered(reverse=False) for key in keys)
        return query.where(*self._after(keys)).order_by(*ordered)

    def _after(self, keys: list[SortKey]) -> Iterator[Expression]:
        if self._page.after:
            yield past_cursor(self._binding, keys, self._page.after, ahead=True)

    def _group_keys(self, column: Column) -> Iterator[SortKey]:
        """The sort keys that identify a group."""
        for name, scalar in keys_of(self._totals.dimensions):
            its_own = column(name)
            value = func.coalesce(its_own, number(0)) if scalar is Scalar.ID else its_own
            text = value if scalar is Scalar.TEXT else cast(value, Text)
            yield SortKey(value, text, False, scalar)

    def _total_key(self, key: plan.TotalKey) -> SortKey:
        scalar = scalar_of(key)
        if key.part is None:
            value = self._own(key.name, lambda name: self._groups.c[name])
            if scalar is Scalar.TEXT:
                value = func.coalesce(value, own_text(""))
                return SortKey(value, value, key.descending, scalar)
            value = self._groups.c[key.name]
            return SortKey(value, cast(value, Text), key.descending, scalar)
        name = _name_of(key.part, key.name)
        value, empty = self._groups.c[name], own_text("")
        text: Expression = cast(value, Text)
        if scalar is Scalar.DECIMAL:
            formula = MAGNITUDE.formula.format(c=f"totals.{name}")
            value, text = literal_column(formula, TEXT), func.coalesce(value, empty)
        if key.amount is not None:
            is_its = self._is_measure(key.amount, lambda each: self._groups.c[each])
            least = empty if scalar is Scalar.DECIMAL else number(-1)
            value, text = case((is_its, value), else_=least), case((is_its, text), else_=empty)
            if scalar is Scalar.INTEGER:
                text = cast(value, Text)
        return SortKey(value, text, key.descending, scalar)

    @cached_property
    def _descending(self) -> tuple[bool, ...]:
        return (
            *(key.descending for key in self._totals.order),
            *(False for _ in keys_of(self._totals.dimensions)),
        )

    def _by_keys(self, column: Column, *, reverse: bool = False) -> Iterator[Expression]:
        for place, descending in enumerate(self._descending):
            key = column(_key_name(place))
            yield key.desc() if descending is not reverse else key

    @cached_property
    def _page_rows(self) -> Any:
        return select(self._keys).limit(self._size).subquery()

    @cached_property
    def _reading(self) -> Reading:
        records = [m for m in self._selected if isinstance(m, plan.One | plan.Value)]
        return Reading(self._page_rows, within=self._versions.outer, in_layers=hold_nested(records))

    @cached_property
    def _row(self) -> RecordRow:
        return RecordRow(self._context, self._reading, _SUPPORT, self._page_rows)

    # --- members of a group ---------------------------------------------------------------------

    def _item(self, members: tuple[plan.TotalMember, ...]) -> Json:
        return self._dialect.json_object([(m.key, self._group_member(m)) for m in members])

    def _group_member(self, member: plan.TotalMember) -> Content:
        match member:
            case plan.TotalFact(name="year"):
                return func.nullif(self._page_column("year"), number(0))
            case plan.TotalFact(name=name):
                return self._dialect.json_unescaped(
                    self._own(name, self._page_column), nullable=True
                )
            case plan.PartTotals(part=part, members=members):
                pairs = [(each.key, self._in_part(part, each)) for each in members]
                return self._dialect.json_object(pairs)
            case plan.NotGrouped():
                return _NULL
        return self._row.value(member)

    def _in_part(
        self, part: str, member: plan.TypeName | plan.TotalFact | plan.AmountTotals
    ) -> Content:
        match member:
            case plan.TypeName():
                return self._row.value(member)
            case plan.AmountTotals(amount=amount, members=members):
                pairs = [(each.key, self._in_part(part, each)) for each in members]
                is_its = self._is_measure(amount, self._page_column)
                return self._dialect.json_where(is_its, self._dialect.json_object(pairs))
        column = self._page_column(_name_of(part, member.name))
        if member.name in SUMS:
            return self._dialect.json_unescaped(column, nullable=True)
        return column

    def _own(self, name: str, column: Column) -> Expression:
        """A unit or a currency; null if the group's amounts have none, or are of the other kind."""
        if name not in _OWN:
            return column(name)
        amount, unit = _OWN[name]
        known = func.nullif(column(unit), own_text(""))
        return case((self._is_measure(amount, column), known))

    @staticmethod
    def _is_measure(amount: str, column: Column) -> Expression:
        is_it: Expression = column("measure") == number(MEASURES[amount])
        return is_it

    # --- facts about the page -------------------------------------------------------------------

    def _total_count(self) -> Expression:
        return select(func.count()).select_from(self._groups).scalar_subquery()

    def _unknown_count(self) -> Expression:
        return unknown_count(self._binding, self._versions, _SUPPORT, self._totals.where)

    def _has_rows_outside(self, *, ahead: bool) -> Expression:
        """Whether more groups follow. Does not look for groups before the page."""
        return self._has_extra_row() if ahead else false()

    def _cursor(self, column: Column) -> Expression:
        text = own_text(signature_of_totals(self._totals))
        for place, _ in enumerate(self._descending):
            text = text.concat(fixed_text(SEPARATOR)).concat(column(_text_name(place)))
        return self._dialect.hexadecimal(text)


def _members_of(totals: plan.Totals) -> Iterator[plan.TotalMember]:
    """Yields the members selected of each group, in `nodes` and in `edges`."""
    for member in totals.members:
        match member:
            case plan.Nodes(members=inner):
                yield from inner
            case plan.Edges(members=parts):
                nodes = (part for part in parts if isinstance(part, plan.EdgeNode))
                yield from (each for node in nodes for each in node.members)


def _facts_of(members: Any) -> Iterator[plan.TotalFact]:
    for member in members:
        match member:
            case plan.TotalFact():
                yield member
            case plan.AmountTotals(members=inner):
                yield from _facts_of(inner)


def _named(keys: list[SortKey]) -> Iterator[Expression]:
    """Yields the value and the text of each key, with their column names."""
    for place, key in enumerate(keys):
        yield key.value.label(_key_name(place))
        yield key.text.label(_text_name(place))


def _name_of(part: str, name: str) -> str:
    return f"{part}_{name}"


def _key_name(place: int) -> str:
    return f"page_key_{place}"


def _text_name(place: int) -> str:
    return f"page_key_text_{place}"
