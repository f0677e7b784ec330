"""Walks along supports from one actor towards another, in SQL.

start, goal    the two actors
back           the actors from which the goal can be reached, and in how many steps: in one less
               than a path may have, for the first step is looked up from the start
near           these, each with its least number of steps
walk           chains from the start that can still reach the goal, of at most four steps
found          the paths: walks that have reached it, with the least number of steps

A walk has the actors that it has passed (`actor_1` to `actor_4`, 0 for none yet) and, as numbers,
what times it leaves to the steps that follow: by SAME_YEAR the years `low` to `high`, by FORWARD
the days from `low`. `from_1` to `from_3` are the values of `low` after the first steps.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    Integer,
    Select,
    and_,
    case,
    cast,
    func,
    select,
)

from schema.concepts import CONCEPTS
from schema.path import ANY, FORWARD, HOPS_MOST, SAME_YEAR
from schema.records.derived import EARLIEST, LATEST
from service import plan
from service.plan import AllOf
from service.sql.conditions import condition_sql
from service.sql.dialect import Expression, Source
from service.sql.rows import Context
from service.sql.texts import number, own_text
from service.sql.versions import Versions
from service.sql.years import certain_years

_ACTOR, _SUPPORT = CONCEPTS["Actor"], CONCEPTS["Support"]
ACTORS = tuple(f"actor_{hop}" for hop in range(1, HOPS_MOST + 1))
FROM = tuple(f"from_{hop}" for hop in range(1, HOPS_MOST))
# The dates that stand for the first and for the last day of a support: the first that is known.
_FIRST = ("started_on", "ended_on", "agreed_on")
_LAST = ("ended_on", "started_on", "agreed_on")
# Later than any day or year.
_NEVER = 99_999_999


def times_of(versions: Versions, support: Source, time: str) -> tuple[Expression, Expression]:
    """The first and the last year or day of a support, as numbers; null if not known."""
    match time:
        case "SAME_YEAR":
            return certain_years(versions, support)
        case "FORWARD":
            firsts = (func.nullif(support.c[n + EARLIEST.suffix], own_text("")) for n in _FIRST)
            lasts = (support.c[name + LATEST.suffix] for name in _LAST)
            return _day(func.coalesce(*firsts)), _day(func.coalesce(*lasts))
    return number(0), number(0)


def _day(day: Any) -> Expression:
    """A day as a number that sorts as it does: 20241028."""
    return cast(func.replace(day, own_text("-"), own_text("")), Integer)


class Walks:
    """The walks of the paths from one actor to another."""

    def __init__(self, context: Context, paths: plan.Paths) -> None:
        """`found`: a row for each path, with its actors, `start`, `hop`, `low` and `from_1`..."""
        self._binding = context.binding
        self._versions = context.versions
        self._paths = paths
        self._most = self._binding.parameter(paths.most_hops, Integer())
        goal = self._named(paths.end).cte("goal")
        near = self._near(self._back(goal)).cte("near")
        self.found = self._found(self._walk(near))

    def _named(self, found: plan.Condition) -> Select[Any]:
        actor = self._versions.rows_of(_ACTOR.table)
        is_it = condition_sql(self._binding, self._versions, actor, found)
        return select(actor.c.id).where(is_it, *self._versions.holding(actor))

    def _matching(self, support: Source) -> Iterator[Expression]:
        """The conditions for a support to be a step: its supporter is certain if it has one."""
        yield from self._versions.holding(support)
        yield support.c.supporter_id.is_not(None)
        yield support.c.recipient_id.is_not(None)
        if self._paths.where != AllOf():
            yield condition_sql(self._binding, self._versions, support, self._paths.where)

    def _back(self, goal: CTE) -> CTE:
        back = select(goal.c.id, number(0).label("hop")).cte("back", recursive=True)
        support = self._versions.rows_of(_SUPPORT.table)
        further = (
            select(support.c.supporter_id, back.c.hop + number(1))
            .select_from(back.join(support, support.c.recipient_id == back.c.id))
            .where(back.c.hop < self._most - number(1), *self._matching(support))
        )
        return back.union(further)

    @staticmethod
    def _near(back: CTE) -> Select[Any]:
        least = func.min(back.c.hop).label("hop")
        return select(back.c.id, least).group_by(back.c.id)

    def _walk(self, near: CTE) -> CTE:
        """A step leads to an actor that is near enough; at any time, to the next on the way."""
        walk = self._begun(near).cte("walk", recursive=True)
        support = self._versions.rows_of(_SUPPORT.table)
        low, high = times_of(self._versions, support, self._paths.time)
        to = support.c.recipient_id
        left = walk.c.steps_left - number(1)
        is_nearer = near.c.hop == left if self._paths.time == ANY else near.c.hop <= left
        passed = (walk.c.start, *(walk.c[name] for name in ACTORS))
        here = case(
            {number(hop): walk.c[name] for hop, name in enumerate(ACTORS, 1)},
            value=walk.c.hop,
            else_=walk.c.start,
        )
        joined = walk.join(support, support.c.supporter_id == here)
        later = case((low > walk.c.low, low), else_=walk.c.low)
        sooner = case((high < walk.c.high, high), else_=walk.c.high)
        step = select(
            walk.c.start,
            *(self._set(walk, name, hop, to) for hop, name in enumerate(ACTORS)),
            walk.c.hop + number(1),
            near.c.hop,
            left,
            later,
            sooner if self._paths.time == SAME_YEAR else walk.c.high,
            *(self._set(walk, name, hop, later) for hop, name in enumerate(FROM)),
        ).select_from(joined.join(near, near.c.id == to))
        return walk.union(
            step.where(
                walk.c.away > number(0),
                is_nearer,
                to.not_in(passed),
                *self._in_time(walk, low, high),
                *self._matching(support),
            )
        )

    def _begun(self, near: CTE) -> Select[Any]:
        """The walk without a step. It has not arrived, however near the goal is."""
        start = self._named(self._paths.start).subquery("start")
        nobody = cast(number(0), BigInteger())
        left = self._least(start, near) if self._paths.time == ANY else self._most
        return select(
            start.c.id.label("start"),
            *(nobody.label(name) for name in ACTORS),
            number(0).label("hop"),
            number(1).label("away"),
            left.label("steps_left"),
            number(0).label("low"),
            number(_NEVER).label("high"),
            *(number(0).label(name) for name in FROM),
        ).select_from(start)

    def _least(self, start: Source, near: CTE) -> Expression:
        """The least number of steps to the goal; null if it cannot be reached in so many."""
        support = self._versions.rows_of(_SUPPORT.table)
        is_first = and_(support.c.supporter_id == start.c.id, *self._matching(support))
        reached = support.join(near, near.c.id == support.c.recipient_id)
        least = select(func.min(near.c.hop) + number(1)).select_from(reached).where(is_first)
        return least.correlate(start).scalar_subquery()

    def _set(self, walk: CTE, name: str, hop: int, value: Expression) -> Expression:
        """A column of the walk that the step after `hop` steps sets."""
        if name in FROM and self._paths.time != FORWARD:
            return walk.c[name]
        return case((walk.c.hop == number(hop), value), else_=walk.c[name])

    def _in_time(self, walk: CTE, low: Expression, high: Expression) -> Iterator[Expression]:
        match self._paths.time:
            case "SAME_YEAR":
                yield and_(low <= high, low <= walk.c.high, high >= walk.c.low)
            case "FORWARD":
                yield and_(low.is_not(None), high >= walk.c.low)

    @staticmethod
    def _found(walk: CTE) -> Any:
        """One row for each path, with the earliest times of those who walk it.

        An actor that is asked for by two names has no path to itself.
        """
        keys = [walk.c[name] for name in ("start", *ACTORS, "hop")]
        earliest = (func.min(walk.c[name]).label(name) for name in ("low", *FROM))
        least = func.min(walk.c.hop).over().label("least")
        has_arrived = and_(walk.c.away == number(0), walk.c.hop > number(0))
        paths = select(*keys, least, *earliest).where(has_arrived)
        rows = paths.group_by(*keys).subquery("paths")
        return select(rows).where(rows.c.hop == rows.c.least).subquery("found")
