"""The units of a panel: which actors are units in which years, and by which codes.

named        the actors that the request names, by key
candidates   each reason for an actor to be a unit (a code of the scheme, a name in the request,
             coverage), with the days between which the reason applies
units        actors by year, each with its code, or null

If several actors have a code in a year, it belongs to the actor that has it on 1 July, or else to
the last one that had it. If several codes of an
actor rank equally, the first in order counts.
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
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlmodel import SQLModel

from schema.analysis.panel import STATE_SYSTEMS, UNIT_YEARS_MOST
from schema.concepts import CONCEPTS
from schema.records.derived import EARLIEST, LATEST
from schema.records.sql_types import TEXT
from service import plan
from service.sql.binding import Binding
from service.sql.conditions import key_of
from service.sql.dialect import Expression, Source
from service.sql.panel.calendar import Calendar
from service.sql.panel.looking import Looking
from service.sql.periods import may_look_from, may_look_until
from service.sql.reading import ONCE
from service.sql.texts import number, own_text
from service.sql.versions import Versions

_ACTOR = CONCEPTS["Actor"].table
_CODES = SQLModel.metadata.tables["actor_code"]
# The actors of a coverage record: the data set has looked at both.
_ENDS = ("actor_id", "counterpart_id")
_DATES = ("started_on", "ended_on")
_FOR_EVER = own_text("9999-12-31")


class Units:
    """Compiles actors by year."""

    def __init__(
        self,
        binding: Binding,
        versions: Versions,
        units: plan.PanelUnits,
        calendar: Calendar,
        looking: Looking,
    ) -> None:
        """`looking`: the data sets, whose coverage may make actors units."""
        self._binding = binding
        self._versions = versions
        self._units = units
        self._calendar = calendar
        self._looking = looking

    @cached_property
    def most(self) -> Expression:
        """The maximum number of units times years, computed without the rows of any year."""
        # Counts rows of the tables directly, because SQLite limits the nesting of subqueries.
        counts = list(self._counts())
        actors: Expression = counts[0]
        for each in counts[1:]:
            actors = actors + each
        years = self._calendar.last - self._calendar.first + number(1)
        return actors * cast(years, BigInteger)

    def _counts(self) -> Iterator[Expression]:
        if self._units.scheme is not None:
            codes = self._with_code(self._units.scheme)
            query = codes.with_only_columns(func.count(distinct(codes.selected_columns.actor_id)))
            yield query.scalar_subquery()
        if self._units.actors is not None:
            slugs = self._units.actors
            listed = plan.Parameter(slugs.source, lambda given: len(slugs.read(given)))
            yield self._binding.parameter(listed, BigInteger())
        if self._units.covered:
            records = self._looking.coverage()
            first, second = (func.count(distinct(records.selected_columns[e])) for e in _ENDS)
            yield records.with_only_columns(first + second).scalar_subquery()

    @cached_property
    def unknown_actor(self) -> Expression:
        """The first id or slug that names no actor; null if there is none."""
        if self._named is None:
            return null()
        query = select(self._named.c.name).where(self._named.c.actor_id.is_(None))
        return query.order_by(self._named.c.place).limit(1).scalar_subquery()

    def by_year(self, name: str, begin: Expression) -> Any:
        """The units by year, from a year on; no rows if there could be too many.

        In a year each code belongs to one actor, and each actor is one unit. `name`: names the
        subquery of the years.
        """
        years = self._calendar.years(name, begin, self.most <= number(UNIT_YEARS_MOST))
        each = self._candidates
        in_year = and_(each.c.begun <= years.c.last_day, each.c.over >= years.c.first_day)
        in_middle = and_(each.c.begun <= years.c.middle_day, each.c.over >= years.c.middle_day)
        unit = [
            *(years.c[column] for column in ("year", "first_day", "last_day")),
            *(each.c[column] for column in ("actor_id", "slug", "name", "kind", "code")),
        ]
        held = select(*unit).select_from(years.join(each, in_year))
        uncontested = held.where(each.c.is_contested == number(0))
        # Prefers a code that applies in the middle of the year, then any other code, then no code.
        rank = case((each.c.code.is_(None), number(2)), (in_middle, number(0)), else_=number(1))
        of_code = func.row_number().over(
            partition_by=(years.c.year, *_code_of(each)), order_by=(rank, each.c.place)
        )
        by_code = (
            held.add_columns(rank.label("rank"), each.c.place, of_code.label("of_code"))
            .where(each.c.is_contested == number(1))
            .subquery()
            .c
        )
        of_actor = func.row_number().over(
            partition_by=(by_code.year, by_code.actor_id), order_by=(by_code.rank, by_code.place)
        )
        # `< 2` means `= 1`, but PostgreSQL estimates that a third of the rows match, and not none.
        is_first = by_code.of_code < number(2)
        by_actor = select(*by_code, of_actor.label("of_actor")).where(is_first).subquery().c
        contested = select(*(by_actor[column.key] for column in unit))
        each_once = union_all(uncontested, contested.where(by_actor.of_actor < number(2)))
        return each_once.subquery()

    # --- why an actor is a unit -----------------------------------------------------------------

    @cached_property
    def _candidates(self) -> Any:
        """The reasons with their actors. `place`: the order of preference in the middle of a year.

        `is_contested`: whether another reason has the same code or actor, so that both may not
        count in the same year.
        """
        reason, actor = self._reasons, self._versions.rows_of(_ACTOR)
        order = (reason.c.is_open.desc(), reason.c.begun.desc(), reason.c.code, reason.c.actor_id)
        alike = (
            func.count().over(partition_by=keys) for keys in (_code_of(reason), reason.c.actor_id)
        )
        is_contested = or_(*(count > number(1) for count in alike))
        is_its = and_(actor.c.id == reason.c.actor_id, *self._versions.holding(actor))
        return (
            select(
                *(reason.c[name] for name in ("actor_id", "begun", "over", "code")),
                *(actor.c[name].label(name) for name in ("slug", "name", "kind")),
                func.row_number().over(order_by=order).label("place"),
                _flag(is_contested).label("is_contested"),
            )
            .select_from(reason.join(actor, is_its))
            .cte("candidates")
            .prefix_with(ONCE)
        )

    @property
    def _reasons(self) -> Any:
        """The reasons, without duplicates: two slugs may name one actor."""
        parts = []
        if self._units.scheme is not None:
            parts.append(self._with_code(self._units.scheme))
        if self._named is not None:
            named = self._named
            query = _candidate(named.c.actor_id, own_text(""), _FOR_EVER)
            parts.append(query.where(named.c.actor_id.is_not(None)).distinct())
        if self._units.covered:
            # Reads both actors of a record in one scan, because SQLite limits the nesting of
            # subqueries.
            records = self._looking.coverage(may_look_from, may_look_until).subquery("covered")
            ends = union_all(*(select(number(place).label("place")) for place in range(2)))
            first, second = (records.c[name] for name in _ENDS)
            place = ends.subquery("ends").c.place
            end = case((place == number(0), first), else_=second)
            covered = _candidate(end, records.c.first_day, records.c.last_day)
            parts.append(covered.where(end.is_not(None)))
        return union_all(*parts).subquery()

    def _with_code(self, scheme: plan.Parameter) -> Select[Any]:
        """The codes of the scheme that an actor may have within the years of the panel."""
        rows = self._versions.rows_of(_CODES)
        begun, over = _period(rows)
        is_open = _flag(rows.c.ended_on.is_(None))
        return _candidate(rows.c.actor_id, begun, over, rows.c.value, is_open).where(
            rows.c.scheme == self._binding.parameter(scheme, Text()),
            begun <= self._calendar.last_day,
            over >= self._calendar.first_day,
            *self._versions.holding(rows),
        )

    @cached_property
    def _named(self) -> Any:
        if self._units.actors is None:
            return None
        dialect = self._binding.dialect
        rows = self._binding.list_of(self._units.actors, dialect.records_form)
        place, name, key_in_id = dialect.texts_listed(rows, 2)
        key = key_of(self._versions, _ACTOR.c.id, cast(key_in_id, BigInteger))
        actor = self._versions.rows_of(_ACTOR)
        with_id = select(actor.c.id).where(actor.c.id == key, *self._versions.holding(actor))
        by_id = with_id.correlate_except(actor).scalar_subquery()
        # The order does not matter: no text is the slug of one actor and the id of another.
        found = func.coalesce(key_of(self._versions, _ACTOR.c.slug, name), by_id)
        query = select(place.label("place"), name.label("name"), found.label("actor_id"))
        return query.cte("named").prefix_with(ONCE)

    def is_there(self, actor: Expression, year: Any) -> Expression:
        """Whether an actor is certainly in a state system in a year, or never in one."""
        rows = self._versions.rows_of(_CODES)
        its = and_(
            rows.c.actor_id == actor,
            rows.c.scheme.in_([own_text(each) for each in STATE_SYSTEMS]),
            *self._versions.holding(rows),
        )
        in_year = and_(
            or_(
                rows.c.started_on.is_(None),
                *(rows.c[date + LATEST.suffix] <= year.c.last_day for date in _DATES),
            ),
            or_(
                rows.c.ended_on.is_(None),
                *(rows.c[date + EARLIEST.suffix] >= year.c.first_day for date in _DATES),
            ),
        )
        some: Select[Any] = select(literal_column("1")).where(its).correlate_except(rows)
        # Most actors are no states, so the first condition suffices for them.
        return or_(~some.exists(), some.where(in_year).exists())


def _candidate(
    actor: Expression,
    begun: Expression,
    over: Expression,
    code: Expression | None = None,
    is_open: Expression | None = None,
) -> Select[Any]:
    """Selects an actor between two days. `is_open`: whether the code has no end."""
    return select(
        actor.label("actor_id"),
        begun.label("begun"),
        over.label("over"),
        (cast(null(), TEXT) if code is None else code).label("code"),
        (number(0) if is_open is None else is_open).label("is_open"),
    )


def _code_of(rows: Any) -> tuple[Expression, Expression]:
    """The key for a contest: the code, or the actor if it has no code, which contests with none."""
    return rows.c.code, case((rows.c.code.is_(None), rows.c.actor_id))


def _period(rows: Source) -> tuple[Expression, Expression]:
    """The first and the last day on which an actor may have a code."""
    over = func.coalesce(rows.c["ended_on" + LATEST.suffix], _FOR_EVER)
    return rows.c["started_on" + EARLIEST.suffix], over


def _flag(condition: Expression) -> Expression:
    return case((condition, number(1)), else_=number(0))
