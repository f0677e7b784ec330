"""The rows that totals count: supports, split by candidates, units and years.

matched   the supports that match the filter. With candidates, a row for each candidate; by year and
          without sums, one row for all supports with equal values
measures  a row for the quantity of a support, and one for its worth
years     a row for each year in which a support is certainly valid; 0 stands for an unknown year
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import (
    CTE,
    Integer,
    Select,
    and_,
    case,
    false,
    func,
    not_,
    null,
    or_,
    select,
    true,
    union_all,
)

from schema.analysis.totals import KIND_LEVEL_MOST, POSSIBLE, SUMS, SUPPORTS, kinds_at
from schema.concepts import CONCEPTS
from service import plan
from service.plan import AllOf
from service.planning.totals import keys_of
from service.sql.binding import Binding
from service.sql.candidates import CANDIDATES, is_possible
from service.sql.conditions import condition_sql
from service.sql.counted import COUNTS, are_counted
from service.sql.dialect import Expression, Source
from service.sql.texts import number, own_text
from service.sql.versions import Versions
from service.sql.years import certain_years, date_year

_SUPPORT = CONCEPTS["Support"]

# The amount of a row: none, a quantity or a worth.
NO_AMOUNT, QUANTITY, WORTH = 0, 1, 2
MEASURES: Mapping[str, int] = {"quantity": QUANTITY, "worth": WORTH}
_UNITS = {
    "amount_unit": ("quantity_unit", "worth_unit"),
    "amount_currency": (None, "worth_currency"),
}
# The columns that decide whether a support is counted, and in which years.
_OF_COUNTS = {"is_possible", "is_first", "first_year", "last_year"}


class Matched:
    """The rows to group, and their columns by name.

    Besides the columns to group by, the rows have `is_possible` (some of several candidates give
    the support), `counts` (whether the support is counted in this row), `is_dated` (whether its
    amounts are), `value`, `low` and `high`, and `number` if a row stands for several supports.
    """

    def __init__(
        self,
        binding: Binding,
        versions: Versions,
        totals: plan.Totals,
        numbers: Collection[tuple[str, str]],
    ) -> None:
        """`numbers`: the counts and sums of each group, with their parts."""
        self._binding = binding
        self._versions = versions
        self._totals = totals
        self._by_supporter = "SUPPORTER" in totals.dimensions
        self._by_year = "YEAR" in totals.dimensions
        self._by_unit = "UNIT" in totals.dimensions
        with_candidates = self._by_supporter or (POSSIBLE, "supporters") in numbers
        is_of_all = not (self._by_unit or self._by_year)
        if is_of_all and are_counted(versions, totals.where):
            supports: Any = self._counted(with_candidates)
        else:
            supports = self._supports(with_candidates)
        if self._by_year and not self._by_unit and all(name == SUPPORTS for _, name in numbers):
            supports = self._folded(supports)
        self._matched = supports.cte("matched")
        if self._by_year:
            # Materialised: SQLite would compute the years of a support again for each of its years.
            self._matched = self._matched.prefix_with("MATERIALIZED")
        self.source: Any = self._matched
        self.columns: dict[str, Expression] = {each.key: each for each in self._matched.c}
        self.columns |= {"counts": self._matched.c.is_first, "is_dated": self._matched.c.is_first}
        if self._by_unit:
            self._split_by_unit()
        if self._by_year:
            self._split_by_year()

    # --- supports -------------------------------------------------------------------------------

    def _counted(self, with_candidates: bool) -> Any:
        """A row for all supports with equal values, from stored counts.

        With candidates: a row for each candidate of the supports that have candidates.
        """
        table = self._versions.rows_of(COUNTS)
        columns = {**self._columns(table), "is_first": true(), "number": table.c.supports}
        there = [table.c.supports > number(0), *self._filter(table)]
        if not with_candidates:
            return select(*_labelled(columns)).where(*there)
        counted = select(*_labelled(columns)).where(*there, not_(is_possible(table)))
        return union_all(counted, self._supports(with_candidates, possible_only=True))

    def _supports(self, with_candidates: bool, *, possible_only: bool = False) -> Select[Any]:
        """A row for each support, or for each of its candidates.

        `possible_only`: only supports with candidates, with the column `number` of the stored
        counts.
        """
        table = self._versions.rows_of(_SUPPORT.table)
        source: Source = table
        columns = {**self._columns(table), "is_first": true()}
        where = [*self._versions.holding(table), *self._filter(table)]
        if with_candidates:
            candidate = self._versions.rows_of(CANDIDATES)
            found = and_(candidate.c.support_id == table.c.id, is_possible(table))
            held = and_(found, *self._versions.holding(candidate))
            source = table.outerjoin(candidate, held)
            possible = (is_possible(table), candidate.c.actor_id)
            columns["supporter_id"] = case(possible, else_=table.c.supporter_id)
            if not self._by_supporter:
                columns["is_first"] = self._is_first(table, candidate)
        if self._by_unit:
            columns |= self._amounts(table)
        if self._by_year:
            columns |= self._years(table)
        if self._by_year and self._by_unit:
            columns["date_year"] = date_year(table)
        if possible_only:
            columns["number"] = number(1)
            where.append(is_possible(table))
        return select(*_labelled(columns)).select_from(source).where(*where)

    def _columns(self, table: Source) -> dict[str, Expression]:
        """The columns to group supports by, and to count them."""
        ends = ("supporter_id", "recipient_id", "against_id", "conflict_id", "dataset_id")
        return {
            **{name: table.c[name] for name in ends},
            "kind": self._kind(table.c.kind),
            "phase": table.c.phase,
            "is_possible": is_possible(table),
        }

    def _filter(self, table: Source) -> list[Expression]:
        if self._totals.where == AllOf():
            return []
        return [condition_sql(self._binding, self._versions, table, self._totals.where)]

    def _folded(self, supports: Select[Any]) -> Select[Any]:
        """Groups supports with equal values into one row, since the rows of each year cost most."""
        each = supports.subquery("each_support")
        kept = {name for name, _ in keys_of(self._totals.dimensions)} | _OF_COUNTS
        alike = [column for column in each.c if column.key in kept]
        return select(*alike, func.count().label("number")).group_by(*alike)

    def _is_first(self, table: Source, candidate: Source) -> Expression:
        """Whether the row has the first candidate: the support itself is counted only there."""
        other = self._versions.rows_of(CANDIDATES)
        least = select(func.min(other.c.actor_id)).where(
            other.c.support_id == table.c.id, *self._versions.holding(other)
        )
        its_own = candidate.c.actor_id == least.correlate_except(other).scalar_subquery()
        return or_(candidate.c.actor_id.is_(None), its_own)

    def _kind(self, kind: Expression) -> Expression:
        """The kind, or the broader kind at the level of the totals."""
        if self._totals.level is None:
            return kind
        level = self._binding.parameter(self._totals.level, Integer())
        levels = [(level == number(each), _broader(kind, each)) for each in range(KIND_LEVEL_MOST)]
        return case(*levels, else_=kind)

    @staticmethod
    def _amounts(table: Source) -> Mapping[str, Expression]:
        names = ("value", "low", "high", "unit")
        columns = [f"{measure}_{name}" for measure in MEASURES for name in names]
        return {name: table.c[name] for name in (*columns, "worth_currency")}

    def _years(self, table: Source) -> Mapping[str, Expression]:
        """The years in which a support is certainly valid; none if the first exceeds the last."""
        first, last = certain_years(self._versions, table)
        return {"first_year": first, "last_year": last}

    # --- units and years ------------------------------------------------------------------------

    def _split_by_unit(self) -> None:
        """Splits into a row for the quantity and one for the worth.

        A support that has neither keeps one row.
        """
        each = union_all(*(select(number(m).label("measure")) for m in MEASURES.values()))
        measure = each.subquery("measures").c.measure
        has = [self._matched.c[f"{name}_unit"].is_not(None) for name in MEASURES]
        is_quantity = measure == number(QUANTITY)
        found = or_(and_(is_quantity, or_(has[0], not_(has[1]))), and_(not_(is_quantity), has[1]))
        self.source = self.source.join(measure.table, found)

        def chosen(quantity: str | None, worth: str) -> Expression:
            first = null() if quantity is None else self._matched.c[quantity]
            return case((is_quantity, first), else_=self._matched.c[worth])

        self.columns["measure"] = case((or_(*has), measure), else_=number(NO_AMOUNT))
        for name, columns in _UNITS.items():
            self.columns[name] = func.coalesce(chosen(*columns), own_text(""))
        amounts = {name: chosen(f"quantity_{name}", f"worth_{name}") for name in SUMS}
        self.columns["value"] = amounts["value"]
        for name in ("low", "high"):
            self.columns[name] = func.coalesce(amounts[name], amounts["value"])

    def _split_by_year(self) -> None:
        """Splits into a row for each year in which a support is valid.

        Year 0 has a row if no such year is known, or if the year of the amounts is unknown.
        """
        rows = self._matched.c
        has_years = rows.first_year <= rows.last_year
        year = self._each_year(has_years)
        is_unknown = year == number(0)
        unknown = and_(is_unknown, or_(not_(has_years), self._has_amount_of_no_year()))
        found = or_(year.between(rows.first_year, rows.last_year), unknown)
        self.source = self.source.join(year.table, found)
        counts = and_(rows.is_first, not_(and_(is_unknown, has_years)))
        self.columns |= {"year": year, "counts": counts}
        if self._by_unit:
            self.columns["is_dated"] = and_(rows.is_first, year == rows.date_year)

    def _has_amount_of_no_year(self) -> Expression:
        if not self._by_unit:
            return false()
        known = func.coalesce(*(self.columns[name] for name in SUMS)).is_not(None)
        return and_(self._matched.c.date_year == number(0), known)

    def _each_year(self, has_years: Expression) -> Any:
        rows = self._matched.c
        first = select(func.min(rows.first_year).label("year")).where(has_years)
        years: CTE = first.cte("years", recursive=True)
        last = select(func.max(rows.last_year)).where(has_years).scalar_subquery()
        years = years.union_all(select(years.c.year + number(1)).where(years.c.year < last))
        known = select(years.c.year).where(years.c.year.is_not(None))
        return union_all(known, select(number(0))).subquery("each_year").c.year


def _labelled(columns: Mapping[str, Expression]) -> Iterator[Any]:
    return (column.label(name) for name, column in columns.items())


def _broader(kind: Expression, level: int) -> Expression:
    broader = {own_text(code): own_text(at) for code, at in kinds_at(level).items()}
    return case(broader, value=kind, else_=kind)
