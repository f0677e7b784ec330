"""Counts of the supports behind the cells of a page.

givers    the first actors of the rows of the page, with the first and the last day of these rows
given     each support of a giver that may be valid between these days
met       each support for each year in which it may be valid
tallied   numbers of supports by year, actors, data set, kind and phase
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from sqlalchemy import Integer, Select, and_, case, func, not_, null, or_, select, union_all

from schema.analysis.panel import ACTOR_YEAR, DIRECTED_DYAD_YEAR, GIVEN, RECEIVED
from schema.concepts import CONCEPTS
from schema.records.derived import EARLIEST, LATEST
from service import plan
from service.planning.panel import BROADER
from service.sql.amounts import amount_in
from service.sql.binding import Binding
from service.sql.candidates import CANDIDATES, is_possible
from service.sql.dialect import Expression
from service.sql.panel.columns import Columns
from service.sql.panel.looking import Looking
from service.sql.periods import certainly_valid, possibly_valid
from service.sql.reading import ONCE
from service.sql.texts import number, own_text
from service.sql.versions import Versions
from service.sql.years import date_year

_SUPPORT = CONCEPTS["Support"]
# The columns that assign a support to cells, and those that decide when it is valid.
_KEYS = ("dataset_id", "kind", "phase")
_DATES = ("started_on", "ended_on")
_DAYS = (
    *(f"{date}{day.suffix}" for date in _DATES for day in (EARLIEST, LATEST)),
    *(*_DATES, "start_censored", "end_censored"),
)
# The amount of a support, and the year of its date.
_AMOUNTS = ("amount", "date_year")
# The numbers of a cell. The last three count supports because of which a zero is unknown.
NUMBERS = ("certain", "possible", "uncertain", "undated", "broader", "censored")


class Counted:
    """Counts supports for the rows of a page."""

    def __init__(
        self,
        binding: Binding,
        versions: Versions,
        unit: str,
        rows: Any,
        columns: Columns,
        looking: Looking,
        amounts: plan.AmountUnit | None,
    ) -> None:
        """`rows`: the first actors of the rows of the page, by year."""
        self._binding = binding
        self._versions = versions
        self._unit = unit
        self._rows = rows
        self._columns = columns
        self._looking = looking
        self.amounts = amounts

    @cached_property
    def tallied(self) -> Any:
        """The numbers of the cells that have supports; none of the numbers is null."""
        met, pairs, phases = self._met, self._columns.pairs, self._columns.phases
        source = met.join(pairs, pairs.c.counted == met.c.kind)
        keys = [*(met.c[name] for name in self.keys), met.c.dataset_id, pairs.c.kind.label("of")]
        if phases is not None:
            keys.append(met.c.phase)
        is_its = pairs.c.how != own_text(BROADER)
        is_certain, by_dates = met.c.is_certain == number(1), met.c.by_dates == number(1)
        left_out = met.c.is_certain == number(0)
        counted = {
            "certain": and_(is_its, is_certain, met.c.is_possible == number(0)),
            "possible": and_(is_its, is_certain, met.c.is_possible == number(1)),
            "uncertain": and_(is_its, left_out),
            "undated": and_(is_its, left_out, by_dates),
            "broader": and_(~is_its, by_dates),
            "censored": and_(left_out, met.c.by_dates == number(0)),
        }
        numbers = [_number_of(counted[name]).label(name) for name in NUMBERS]
        if self.amounts is not None:
            numbers += self._sums(and_(is_its, met.c.is_possible == number(0)))
        return (
            select(*keys, *numbers)
            .select_from(source)
            .group_by(*keys)
            .cte("tallied")
            .prefix_with(ONCE)
        )

    def _sums(self, is_its: Expression) -> Iterator[Any]:
        """The sum of the amounts of the year, and the number of amounts that may be missing.

        An amount belongs to the year of its date. The sum may lack the amount of a support that is
        only possibly valid in that year, or that has no date, and an amount that is unknown.
        """
        met = self._met
        is_dated = met.c.date_year == met.c.year
        is_summed = and_(is_its, is_dated, met.c.is_certain == number(1))
        yield self._binding.dialect.decimal_sum(met.c.amount, is_summed).label("sum")
        is_certain = and_(is_dated, met.c.is_certain == number(1), met.c.amount.is_not(None))
        may_be = and_(is_its, or_(is_dated, met.c.date_year == number(0)), not_(is_certain))
        yield _number_of(may_be).label("unknown")

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The columns that `tallied` shares with a row, and with a cell's side."""
        return ("year", "first_id", "side" if self._unit == ACTOR_YEAR else "second_id")

    @cached_property
    def _met(self) -> Any:
        rows, given = self._rows, self._given
        within = (self._versions, _SUPPORT, given, rows.c.first_day, rows.c.last_day)
        query = select(
            rows.c.year,
            *(given.c[name] for name in ("first_id", "second_id", "side", *_KEYS)),
            _flag(is_possible(given)).label("is_possible"),
            _flag(certainly_valid(*within)).label("is_certain"),
            _flag(possibly_valid(*within, beyond_data=False)).label("by_dates"),
            *(given.c[name] for name in _AMOUNTS if name in given.c),
        )
        its = and_(given.c.first_id == rows.c.actor_id, possibly_valid(*within))
        return query.select_from(rows.join(given, its)).cte("met").prefix_with(ONCE)

    @cached_property
    def _givers(self) -> Any:
        rows = self._rows
        days = func.min(rows.c.first_day), func.max(rows.c.last_day)
        named = (day.label(name) for day, name in zip(days, ("first_day", "last_day"), strict=True))
        query = select(rows.c.actor_id, *named).group_by(rows.c.actor_id)
        return query.cte("givers").prefix_with(ONCE)

    @cached_property
    def _given(self) -> Any:
        parts = [self._certainly_given(), self._possibly_given()]
        if self._unit != DIRECTED_DYAD_YEAR:
            parts.append(self._received())
        return union_all(*parts).cte("given").prefix_with(ONCE)

    def _certainly_given(self) -> Select[Any]:
        support = self._versions.rows_of(_SUPPORT.table)
        source = self._givers.join(support, self._is_giver(support.c.supporter_id))
        query = self._of(support, support.c.recipient_id, GIVEN)
        # This condition comes last, because its column is the last one of the table.
        return query.select_from(source).where(not_(is_possible(support)))

    def _possibly_given(self) -> Select[Any]:
        support, candidate = (
            self._versions.rows_of(table) for table in (_SUPPORT.table, CANDIDATES)
        )
        is_one = self._is_giver(candidate.c.actor_id)
        its = and_(support.c.id == candidate.c.support_id, is_possible(support))
        query = self._of(support, support.c.recipient_id, GIVEN)
        source = self._givers.join(candidate, is_one).join(support, its)
        return query.select_from(source).where(*self._versions.holding(candidate))

    def _received(self) -> Select[Any]:
        """What the giver receives: from the other actor in a row of two, else from any actor."""
        support = self._versions.rows_of(_SUPPORT.table)
        source = self._givers.join(support, self._is_giver(support.c.recipient_id))
        if self._unit == ACTOR_YEAR:
            return self._of(support, support.c.supporter_id, RECEIVED).select_from(source)
        candidate = self._versions.rows_of(CANDIDATES)
        possible = is_possible(support)
        is_one = and_(candidate.c.support_id == support.c.id, possible)
        other = case((possible, candidate.c.actor_id), else_=support.c.supporter_id)
        held = and_(is_one, *self._versions.holding(candidate))
        query = self._of(support, other, RECEIVED)
        return query.select_from(source.outerjoin(candidate, held))

    def _is_giver(self, actor: Expression) -> Expression:
        """Whether an actor is a giver, in a form that an index matches: a page has few givers."""
        givers = self._givers
        is_few = self._binding.dialect.looked_up(actor, select(givers.c.actor_id))
        return and_(actor == givers.c.actor_id, is_few)

    def _of(self, support: Any, other: Expression, side: str) -> Select[Any]:
        """The columns of a support that the rows of a giver and another actor need."""
        givers = self._givers
        within = (self._versions, _SUPPORT, support, givers.c.first_day, givers.c.last_day)
        other = null() if self._unit == ACTOR_YEAR else other
        return select(
            givers.c.actor_id.label("first_id"),
            other.label("second_id"),
            own_text(side).label("side"),
            *(support.c[name] for name in (*_KEYS, "attribution", *_DAYS)),
            *self._amount_of(support),
        ).where(
            *self._of_columns(support), possibly_valid(*within), *self._versions.holding(support)
        )

    def _amount_of(self, support: Any) -> Iterator[Any]:
        if self.amounts is not None:
            amounts = (amount_in(self._binding, self.amounts, support), date_year(support))
            yield from (each.label(name) for name, each in zip(_AMOUNTS, amounts, strict=True))

    def _of_columns(self, support: Any) -> Iterator[Expression]:
        """The conditions for any cell to count a support.

        They come first, because few supports match.
        """
        one_of = self._binding.dialect.one_of_rows
        phases = self._columns.phases
        yield one_of(support.c.kind, select(self._columns.pairs.c.counted))
        if phases is not None:
            yield one_of(support.c.phase, select(phases.c.phase))
        yield one_of(support.c.dataset_id, select(self._looking.listed.c.dataset_id))


def _flag(condition: Expression) -> Expression:
    return case((condition, number(1)), else_=number(0))


def _number_of(condition: Expression) -> Expression:
    return func.sum(_flag(condition), type_=Integer())
