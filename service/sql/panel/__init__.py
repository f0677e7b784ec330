"""A page of a panel: rows of units and years, with their cells.

The number of rows of a year follows from the number of its units, so the number of rows before a
unit is a sum over units. The query joins only the units of the page with each other, however large
the panel is.

units     actors by year, from the year of the cursor on
lefts     the units that are the first actor of a row of the page
page      the rows of the page, plus one if the query asks whether more follow
cells     the cells of the page
answer    one row: the page as a JSON object, and the reason to refuse the panel, or null
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
    false,
    func,
    select,
    tuple_,
)

from schema.analysis.panel import ACTOR_YEAR, DIRECTED_DYAD_YEAR, UNITS
from schema.concepts import CONCEPTS
from schema.records.sql_types import TEXT
from service import plan
from service.planning.paging import SEPARATOR
from service.planning.panel import signature_of_panel
from service.sql.dialect import Column, Content, Expression, Json
from service.sql.pages import PageQuery
from service.sql.panel.calendar import Calendar
from service.sql.panel.cells import Cells
from service.sql.panel.columns import Columns
from service.sql.panel.counted import Counted
from service.sql.panel.looking import Looking
from service.sql.panel.refusal import reason_to_refuse
from service.sql.panel.units import Units
from service.sql.reading import ONCE, Reading
from service.sql.rows import Context
from service.sql.texts import fixed_text, number, own_text

_ID_PREFIX = CONCEPTS["Actor"].id_prefix
_OF_ACTOR = ("id", "slug", "name", "kind", "code")


class PanelQuery(PageQuery[plan.PanelMember]):
    """One page of a panel. The statement has one more column: the reason to refuse the panel."""

    _is_shared = True

    def __init__(self, context: Context, panel: plan.Panel) -> None:
        """`panel`: the units and cells, and the members to select."""
        super().__init__(context, panel.page, panel.members)
        self._panel = panel
        self._calendar = Calendar(self._binding, panel)
        self._looking = Looking(self._binding, self._versions, panel)
        self._units = Units(
            self._binding, self._versions, panel.units, self._calendar, self._looking
        )
        self._columns = Columns(self._binding, panel, self._looking)
        self._is_joined = panel.unit != ACTOR_YEAR
        self._ends = ("first", "second") if self._is_joined else ("first",)
        self._slugs = tuple(f"{end}_slug" for end in self._ends)

    def _answer(self, *contents: Content) -> Select[Any]:
        columns = [self._dialect.answer(content) for content in contents]
        arrays = any(isinstance(m, plan.Nodes | plan.Edges) for m in self._members)
        query = self._reading.select(*columns) if arrays else select(*columns)
        return query.add_columns(self._refusal().label("refusal"))

    def _refusal(self) -> Expression:
        # With one actor in a row, the limit of units times years suffices: it bounds the rows.
        is_counted = self._page.after is None and self._is_joined
        rows = self._total_count() if is_counted else None
        return reason_to_refuse(
            self._versions, self._panel, self._looking, self._units, self._columns, rows
        )

    # --- rows -----------------------------------------------------------------------------------

    @cached_property
    def _by_year(self) -> Any:
        return self._units_from("units", self._calendar.begin)

    def _units_from(self, name: str, begin: Expression) -> Any:
        """The units from a year on. `width`: the number of rows whose first actor is the unit."""
        units = self._units.by_year(f"{name}_years", begin)
        width = self._width(units).label("width")
        return select(*units.c, width).cte(name)

    def _width(self, units: Any) -> Expression:
        of_year = units.c.year
        match self._panel.unit:
            case "ACTOR_YEAR":
                return number(1)
            case "DIRECTED_DYAD_YEAR":
                return func.count().over(partition_by=of_year) - number(1)
        from_last = func.row_number().over(partition_by=of_year, order_by=units.c.slug.desc())
        return from_last - number(1)

    @cached_property
    def _cursor_values(self) -> list[Expression]:
        types = (BigInteger(), *(TEXT for _ in self._ends))
        after = self._page.after or ()
        return [
            self._binding.parameter(each, type_) for each, type_ in zip(after, types, strict=False)
        ]

    @cached_property
    def _lefts(self) -> Any:
        """The first actors of at least as many rows as a page has.

        Rows of the cursor's actor may be before or after the cursor, so that actor is not counted.
        """
        units, limit = self._by_year, self._row_limit
        place = tuple_(units.c.year, units.c.slug)
        query = select(*units.c).where(units.c.width > number(0)).order_by(*place.clauses)
        reached = tuple_(*self._cursor_values[:2]) if self._page.after else None
        if not self._is_joined:
            following = query if reached is None else query.where(place > reached)
            return following.limit(limit).cte("lefts").prefix_with(ONCE)
        counted = units.c.width
        if reached is not None:
            query = query.where(place >= reached)
            counted = case((place == reached, number(0)), else_=counted)
        # Every unit except the cursor's own has at least one row after the cursor.
        some = query.add_columns(counted.label("counted")).limit(limit + number(1)).subquery()
        until = func.sum(some.c.counted).over(order_by=(some.c.year, some.c.slug))
        each = select(*some.c, until.label("until")).subquery()
        return (
            select(each).where(each.c.until - each.c.counted < limit).cte("lefts").prefix_with(ONCE)
        )

    @cached_property
    def _keys(self) -> Any:
        lefts, rights = self._lefts, self._by_year.alias("rights")
        source: Any = lefts
        columns = [
            lefts.c.year,
            lefts.c.first_day,
            lefts.c.last_day,
            *(
                lefts.c[name if name != "id" else "actor_id"].label(f"first_{name}")
                for name in _OF_ACTOR
            ),
        ]
        places = [lefts.c.year, lefts.c.slug]
        if self._is_joined:
            is_directed = self._panel.unit == DIRECTED_DYAD_YEAR
            is_other = (
                rights.c.actor_id != lefts.c.actor_id
                if is_directed
                else rights.c.slug > lefts.c.slug
            )
            source = lefts.join(rights, and_(rights.c.year == lefts.c.year, is_other))
            columns += [
                rights.c[name if name != "id" else "actor_id"].label(f"second_{name}")
                for name in _OF_ACTOR
            ]
            places.append(rights.c.slug)
        where = []
        if self._page.after:
            where.append(tuple_(*places) > tuple_(*self._cursor_values))
        query = select(*columns).select_from(source).where(*where).order_by(*places)
        return query.limit(self._row_limit).cte("page").prefix_with(ONCE)

    def _by_keys(self, column: Column, *, reverse: bool = False) -> Iterator[Expression]:
        for name in ("year", *self._slugs):
            key = column(name)
            yield key.desc() if reverse else key

    @cached_property
    def _shown(self) -> Any:
        """The rows of the page without the extra row."""
        if not self._needs_extra_row:
            return self._keys
        order = self._by_keys(lambda name: self._keys.c[name])
        return select(self._keys).order_by(*order).limit(self._size).cte("shown").prefix_with(ONCE)

    @cached_property
    def _page_rows(self) -> Any:
        shown, selections = self._shown, self._cell_selections
        order = list(self._by_keys(lambda name: shown.c[name]))
        if not selections:
            return select(shown).order_by(*order).subquery("rows")
        unit, columns = self._panel.unit, self._columns
        amounts = self._panel.amounts
        counted = Counted(
            self._binding, self._versions, unit, self._lefts, columns, self._looking, amounts
        )
        made = Cells(
            self._dialect,
            unit,
            shown,
            self._units,
            columns,
            self._looking,
            counted,
        )
        return made.by_row(selections, order_by=("year", *self._slugs))

    @cached_property
    def _reading(self) -> Reading:
        return Reading(self._page_rows)

    @cached_property
    def _cell_selections(self) -> list[tuple[plan.TypeName | plan.PanelFact, ...]]:
        """The members selected of cells, in `nodes` and in `edges`, without duplicates."""
        found = (
            member.members
            for member in _members_of(self._panel)
            if isinstance(member, plan.PanelCells)
        )
        return list(dict.fromkeys(found))

    # --- members of a row -----------------------------------------------------------------------

    def _item(self, members: tuple[plan.PanelMember, ...]) -> Json:
        return self._dialect.json_object([(m.key, self._row_member(m)) for m in members])

    def _row_member(self, member: plan.PanelMember) -> Content:
        match member:
            case plan.TypeName(name=name):
                return self._dialect.json_unescaped(name, nullable=False)
            case plan.PanelFact(name=name):
                return self._page_column(name)
            case plan.NoActor():
                return Json(("null",))
            case plan.PanelActor(field=field, members=members):
                end = self._ends[UNITS[self._panel.unit].actors.index(field)]
                pairs = [(each.key, self._of_actor(end, each)) for each in members]
                return self._dialect.json_object(pairs)
            case plan.PanelCells(members=members):
                place = self._cell_selections.index(members)
                return Json((self._page_column(f"cells_{place}"),))

    def _of_actor(self, end: str, member: plan.TypeName | plan.PanelFact) -> Content:
        if isinstance(member, plan.TypeName):
            return self._dialect.json_unescaped(member.name, nullable=False)
        column = self._page_column(f"{end}_{member.name}")
        match member.name:
            case "id":
                return self._dialect.json_unescaped(_ID_PREFIX, column, nullable=False)
            case "slug" | "kind":
                return self._dialect.json_unescaped(column, nullable=False)
        return column

    # --- facts about the page -------------------------------------------------------------------

    def _total_count(self) -> Expression:
        """The number of rows of all years, including years before the cursor."""
        rows = select(func.coalesce(func.sum(self._all_years.c.width), number(0)))
        return cast(rows.scalar_subquery(), BigInteger)

    @cached_property
    def _all_years(self) -> Any:
        if not self._page.after:
            return self._by_year
        return self._units_from("all_units", self._calendar.first)

    def _unknown_count(self) -> Expression:
        """Zero: a panel leaves no row out."""
        return number(0)

    def _has_rows_outside(self, *, ahead: bool) -> Expression:
        """Whether more rows follow. Does not look for rows before the page."""
        return self._has_extra_row() if ahead else false()

    def _cursor(self, column: Column) -> Expression:
        text = own_text(signature_of_panel(self._panel.unit))
        for part in (cast(column("year"), Text), *map(column, self._slugs)):
            text = text.concat(fixed_text(SEPARATOR)).concat(part)
        return self._dialect.hexadecimal(text)


def _members_of(panel: plan.Panel) -> Iterator[plan.PanelMember]:
    """Yields the members selected of each row, in `nodes` and in `edges`."""
    for member in panel.members:
        match member:
            case plan.Nodes(members=inner):
                yield from inner
            case plan.Edges(members=parts):
                nodes = (part for part in parts if isinstance(part, plan.EdgeNode))
                yield from (each for node in nodes for each in node.members)
