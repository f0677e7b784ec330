"""The supports of an actor as rows to count: what the actor gives, receives, and may give.

related   the ids of these supports, each with the side on which the actor is
sided     the supports themselves, with the first and the last year of each
counted   the supports of the period, and those whose years are unknown
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    CTE,
    Integer,
    Select,
    and_,
    case,
    func,
    not_,
    or_,
    select,
    union_all,
)

from schema.concepts import CONCEPTS
from service import plan
from service.plan import AllOf
from service.planning.conditions import possible
from service.sql.amounts import amount_in
from service.sql.binding import Binding
from service.sql.candidates import CANDIDATES, is_possible
from service.sql.conditions import condition_sql
from service.sql.dialect import Expression, Source
from service.sql.texts import number, own_text
from service.sql.versions import Versions
from service.sql.years import certain_years, date_year

_SUPPORT = CONCEPTS["Support"]

GIVEN, RECEIVED = 0, 1
# Whether a support counts, or why not: it is unknown whether it matches the filter, or in which
# years it is valid.
COUNTS, UNKNOWN, UNDATED = 0, 1, 2


def counted_supports(
    binding: Binding, versions: Versions, position: plan.Position, actor: Source
) -> tuple[CTE, ...]:
    """Returns the common table expressions that make the rows to count; the last one has the rows.

    `actor`: the row of the actor in the enclosing query.
    """
    return tuple(_Counted(binding, versions, position, actor).parts())


class _Counted:
    """Compiles the rows of one actor.

    Columns: `side`, `other_id` (the actor on the other side), `dataset_id` (0 for none), `phase`,
    `kind`, `is_possible`, `amount` in the unit (1 if supports are counted), and `counts`: whether
    the support counts, or why it is left out.
    """

    def __init__(
        self, binding: Binding, versions: Versions, position: plan.Position, actor: Source
    ) -> None:
        """The arguments are those of `counted_supports`."""
        self._binding = binding
        self._versions = versions
        self._position = position
        self._actor = actor

    def parts(self) -> Iterator[CTE]:
        """Yields the common table expressions, the rows to count last."""
        # Materialised: SQLite would plan and parse the rest of the statement for each of its parts.
        related = self._related().cte("related").prefix_with("MATERIALIZED")
        yield related
        if self._position.period is None:
            yield self._sided(related, with_years=False).cte("counted")
            return
        # Materialised: SQLite would compute the years of a support at each comparison.
        sided = self._sided(related, with_years=True).cte("sided").prefix_with("MATERIALIZED")
        yield sided
        first, last = (self._binding.parameter(year, Integer()) for year in self._position.period)
        has_years = sided.c.first_year <= sided.c.last_year
        within = and_(sided.c.first_year <= last, sided.c.last_year >= first)
        amount: Expression = sided.c.amount
        if self._position.unit is not None:
            amount = case((sided.c.date_year.between(first, last), amount))
        kept = [column for column in sided.c if column.key in _KEPT]
        is_undated = and_(sided.c.counts == number(COUNTS), not_(has_years))
        counts = case((is_undated, number(UNDATED)), else_=sided.c.counts)
        rows = select(*kept, counts.label("counts"), amount.label("amount"))
        yield rows.where(or_(within, not_(has_years))).cte("counted")

    def _sided(self, related: CTE, *, with_years: bool) -> Select[Any]:
        """The supports, each with the side on which the actor is."""
        table = self._versions.rows_of(_SUPPORT.table)
        is_some_of = is_possible(table)
        is_given = related.c.side == number(GIVEN)
        columns = {
            "side": related.c.side,
            "other_id": case((is_given, table.c.recipient_id), else_=table.c.supporter_id),
            "dataset_id": func.coalesce(table.c.dataset_id, number(0)),
            "phase": table.c.phase,
            "kind": table.c.kind,
            "is_possible": is_some_of,
            "amount": self._amount(table),
        }
        if with_years:
            years = certain_years(self._versions, table)
            columns |= dict(zip(("first_year", "last_year"), years, strict=True))
            columns["date_year"] = date_year(table)
        # A support with candidates has only its candidates on the giving side, other supports only
        # their supporter.
        is_on_side = or_(not_(is_given), (related.c.is_candidate == number(1)) == is_some_of)
        where = [*self._versions.holding(table), is_on_side]
        wanted, columns["counts"] = self._position.where, number(COUNTS)
        wider = possible(wanted)
        if wider != AllOf():
            where.append(condition_sql(self._binding, self._versions, table, wider))
        if wider != wanted:
            found = condition_sql(self._binding, self._versions, table, wanted)
            columns["counts"] = case((found, number(COUNTS)), else_=number(UNKNOWN))
        named = (column.label(name) for name, column in columns.items())
        source = related.join(table, table.c.id == related.c.support_id)
        return self._correlated(select(*named).select_from(source).where(*where))

    def _related(self) -> Any:
        parts = []
        for column, side in (("supporter_id", GIVEN), ("recipient_id", RECEIVED)):
            table = self._versions.rows_of(_SUPPORT.table)
            parts.append(self._on(table, table.c[column], table.c.id, side, is_candidate=False))
        named = self._versions.rows_of(CANDIDATES)
        parts.append(
            self._on(named, named.c.actor_id, named.c.support_id, GIVEN, is_candidate=True)
        )
        return union_all(*parts)

    def _on(
        self, rows: Source, actor: Expression, support: Expression, side: int, *, is_candidate: bool
    ) -> Select[Any]:
        columns = (number(side).label("side"), number(int(is_candidate)).label("is_candidate"))
        query = select(support.label("support_id"), *columns).select_from(rows)
        return self._correlated(
            query.where(actor == self._actor.c.id, *self._versions.holding(rows))
        )

    def _amount(self, table: Source) -> Expression:
        """The amount in the unit, or 1 to count supports; null if unknown or in another unit."""
        if self._position.unit is None:
            return own_text("1")
        return amount_in(self._binding, self._position.unit, table)

    def _correlated(self, query: Select[Any]) -> Select[Any]:
        return query.correlate(self._actor, *self._versions.outer)


_KEPT = {"side", "other_id", "dataset_id", "phase", "kind", "is_possible"}
