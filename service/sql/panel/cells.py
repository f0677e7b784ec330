"""The cells of the rows of a page.

looks     for each row of the page and each data set, whether the data set looked at the actors
cell      each cell: its numbers, and the reason why a zero would be unknown
rows      the rows of the page, each with its cells as JSON
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import and_, case, func, null, or_, select, true

from schema.analysis import panel as terms
from schema.analysis.panel import ACTOR_YEAR, DYAD_YEAR, GIVEN, RECEIVED
from service import plan
from service.sql.dialect import Content, Dialect, Expression, Json, Piece
from service.sql.panel.calendar import year_text
from service.sql.panel.columns import Columns
from service.sql.panel.counted import NUMBERS, Counted
from service.sql.panel.looking import Looking
from service.sql.panel.units import Units
from service.sql.reading import ONCE
from service.sql.texts import number, own_text

_YES, _NO = number(1), number(0)
# The column that is 1 if records cover the support between two actors.
_COVERED = "is_covered"
_ADDRESS = "/api/v1/supports?dataset.slug="


class Cells:
    """Compiles the cells of the rows of a page."""

    def __init__(
        self,
        dialect: Dialect,
        unit: str,
        shown: Any,
        units: Units,
        columns: Columns,
        looking: Looking,
        counted: Counted,
    ) -> None:
        """`shown`: the rows of the page."""
        self._dialect = dialect
        self._unit = unit
        self._shown = shown
        self._units = units
        self._columns = columns
        self._looking = looking
        self._counted = counted
        self._ends = ("first",) if unit == ACTOR_YEAR else ("first", "second")
        self._of_row = [each.key for each in shown.c if each.key not in ("first_day", "last_day")]

    def by_row(
        self,
        selections: Sequence[tuple[plan.TypeName | plan.PanelFact, ...]],
        order_by: Sequence[str],
    ) -> Any:
        """The rows of the page, with a column `cells_{place}` for each selection."""
        cell = self._cell
        order = [cell.c[each.key] for each in self._columns.order]
        arrays = []
        for place, members in enumerate(selections):
            item = self._dialect.json_object([(m.key, self._value(m)) for m in members])
            array = self._dialect.json_array_of_group(item, order)
            arrays.append(self._dialect.answer(array).label(f"cells_{place}"))
        # Groups and sorts by the same keys in the same order, so that the rows are sorted once.
        names = [*order_by, *(name for name in self._of_row if name not in order_by)]
        keys = [cell.c[name] for name in names]
        return select(*keys, *arrays).group_by(*keys).order_by(*keys).subquery("rows")

    # --- whether the data sets looked -----------------------------------------------------------

    @cached_property
    def _looks(self) -> Any:
        shown, datasets = self._shown, self._looking.datasets
        actors = [shown.c[f"{end}_id"] for end in self._ends]
        kinds = [shown.c[f"{end}_kind"] for end in self._ends]
        are_there = and_(*(self._units.is_there(actor, shown) for actor in actors))
        are_of_kind = and_(*(self._looking.looks_at(kind) for kind in kinds))
        return (
            select(
                *shown.c,
                datasets.c.dataset_id,
                _flag(are_there, "are_there"),
                _flag(are_of_kind, "are_of_kind"),
                *(_flag(holds, name) for name, holds in self._coverage()),
            )
            .select_from(shown.join(datasets, true()))
            .cte("looks")
            .prefix_with(ONCE)
        )

    def _coverage(self) -> Iterator[tuple[str, Expression]]:
        """Yields whether records cover the support between the actors of a row, by side.

        Coverage of either actor is enough. A row of one actor has any actor at the other end.
        """
        shown, covers = self._shown, self._looking.covers
        if self._unit == ACTOR_YEAR:
            for side in (GIVEN, RECEIVED):
                yield side, covers(side, shown.c.first_id, None, shown)
            return
        first, second = shown.c.first_id, shown.c.second_id
        pairs = [(first, second)] + ([(second, first)] if self._unit == DYAD_YEAR else [])
        each = (
            or_(covers(GIVEN, giver, taker, shown), covers(RECEIVED, taker, giver, shown))
            for giver, taker in pairs
        )
        yield _COVERED, and_(*each)

    # --- cells ----------------------------------------------------------------------------------

    @cached_property
    def _cell(self) -> Any:
        """Each cell: its data set, kind, phase and side, its numbers, and `unseen`."""
        looks, columns, tallied = self._looks, self._columns.columns, self._counted.tallied
        source = looks.join(columns, columns.c.dataset_id == looks.c.dataset_id)
        source = self._dialect.outer_join(source, tallied, self._is_tallied(tallied))
        numbers = {name: func.coalesce(tallied.c[name], _NO) for name in NUMBERS}
        shared = ("dataset", "kind", "phase", "side", *(each.key for each in self._columns.order))
        return (
            select(
                *(looks.c[name] for name in self._of_row),
                *(columns.c[name] for name in shared if name in columns.c),
                *(numbers[name].label(name) for name in ("certain", "possible", "uncertain")),
                self._unseen(numbers).label("unseen"),
                *self._sums(),
            )
            .select_from(source)
            # Excludes rows of the outer join that have numbers of other rows only.
            .where(func.coalesce(looks.c.year, _NO) > _NO)
            .cte("cell")
            .prefix_with(ONCE)
        )

    def _sums(self) -> Iterator[Any]:
        if self._counted.amounts is not None:
            tallied = self._counted.tallied
            yield func.coalesce(tallied.c.sum, own_text("0")).label("sum")
            yield func.coalesce(tallied.c.unknown, _NO).label("unknown")

    def _is_tallied(self, tallied: Any) -> Expression:
        looks, columns = self._looks, self._columns
        found = [
            tallied.c.dataset_id == columns.columns.c.dataset_id,
            tallied.c["of"] == columns.columns.c.kind,
        ]
        for name in self._counted.keys:
            theirs = columns.value("side") if name == "side" else looks.c[name]
            found.append(tallied.c[name] == theirs)
        if columns.phases is not None:
            found.append(tallied.c.phase == columns.value("phase"))
        return and_(*found)

    def _unseen(self, numbers: Any) -> Expression:
        """The reason why a zero in a cell is not an observation; null if it is one."""
        looks, columns = self._looks, self._columns.columns
        is_covered = self._is_covered()
        is_whole = and_(
            columns.c.is_whole == _YES,
            columns.c.first_day <= looks.c.first_day,
            columns.c.last_day >= looks.c.last_day,
        )
        of_kind = and_(columns.c.is_looked_for == _YES, looks.c.are_of_kind == _YES)
        reasons = (
            (looks.c.are_there == _NO, terms.NOT_THERE),
            (~of_kind, terms.OUT_OF_SCOPE),
            (and_(~is_covered, columns.c.in_words == _YES), terms.SCOPE_IN_WORDS),
            (_is_not(or_(is_covered, is_whole)), terms.NOT_COVERED),
            (numbers["undated"] > _NO, terms.UNCERTAIN_DATE),
            (numbers["broader"] > _NO, terms.BROADER_KIND),
            (and_(~is_covered, numbers["censored"] > _NO), terms.CENSORED),
        )
        return case(*((holds, own_text(term)) for holds, term in reasons), else_=null())

    def _is_covered(self) -> Expression:
        looks = self._looks
        if self._unit != ACTOR_YEAR:
            of_both: Expression = looks.c[_COVERED] == _YES
            return of_both
        is_given = self._columns.value("side") == own_text(GIVEN)
        found: Expression = case((is_given, looks.c[GIVEN]), else_=looks.c[RECEIVED]) == _YES
        return found

    # --- fields of a cell -----------------------------------------------------------------------

    def _value(self, member: plan.TypeName | plan.PanelFact) -> Content:
        cell = self._cell
        if isinstance(member, plan.TypeName):
            return self._dialect.json_unescaped(member.name, nullable=False)
        match member.name:
            case "certain" | "possible":
                count = cell.c[member.name]
                return case((count > _NO, count), (cell.c.unseen.is_(None), _NO))
            case "sum":
                return self._dialect.json_unescaped(self._sum(), nullable=True)
            case "uncertain":
                uncertain: Expression = cell.c.uncertain
                return uncertain
            case "missing":
                missing = case((cell.c.certain == _NO, cell.c.unseen))
                return self._dialect.json_unescaped(missing, nullable=True)
            case "dataset":
                return self._dialect.json_unescaped(cell.c.dataset, nullable=False)
            case "kind":
                return self._dialect.json_unescaped(cell.c.kind, nullable=False)
            case "phase" | "side":
                known = cell.c[member.name] if member.name in cell.c else null()
                return self._dialect.json_unescaped(known, nullable=True)
        return self._addresses(is_possible=member.name == "possibleSupports")

    def _sum(self) -> Expression:
        """The sum of the certain amounts; null if one is unknown, or if a zero is unseen."""
        cell = self._cell
        if self._counted.amounts is None:
            return null()
        is_seen = or_(cell.c.certain > _NO, cell.c.unseen.is_(None))
        return case((and_(is_seen, cell.c.unknown == _NO), cell.c.sum))

    def _addresses(self, *, is_possible: bool) -> Json:
        each = list(self._each_address(is_possible=is_possible))
        pieces: list[Piece] = ["["]
        for place, address in enumerate(each):
            pieces += [*([","] if place else []), '"', *address, '"']
        return Json((*pieces, "]"))

    def _each_address(self, *, is_possible: bool) -> Iterator[list[Piece]]:
        cell = self._cell
        common: list[Piece] = [_ADDRESS, cell.c.dataset, "&kind.under=", cell.c.kind]
        if "phase" in cell.c:
            common += ["&phase=", cell.c.phase]
        common += ["&validAt=", year_text(cell.c.year)]
        if self._unit == ACTOR_YEAR:
            ends = own_text("&candidates.slug=" if is_possible else "&supporter.slug=")
            end = case((cell.c.side == own_text(GIVEN), ends), else_=own_text("&recipient.slug="))
            how = "&attribution=SOME_OF" if is_possible else "&attribution.ne=SOME_OF"
            yield [*common, end, cell.c.first_slug, how]
            return
        giver = "&candidates.slug=" if is_possible else "&supporter.slug="
        how = "&attribution=SOME_OF" if is_possible else ""
        pairs = [("first_slug", "second_slug")]
        if self._unit == DYAD_YEAR:
            pairs.append(("second_slug", "first_slug"))
        for one, other in pairs:
            yield [*common, giver, cell.c[one], "&recipient.slug=", cell.c[other], how]


def _flag(condition: Expression, name: str) -> Expression:
    return case((condition, _YES), else_=_NO).label(name)


def _is_not(condition: Expression) -> Expression:
    """Whether a condition is false or unknown."""
    return condition.is_not(true())
