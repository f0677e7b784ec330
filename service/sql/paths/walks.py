"""Walks along supports from one actor towards another, in SQL.

start, goal    the two actors
back           the steps that lead to the goal, each with the number of steps from its giver to the
               goal. The number is at least two below the maximum of a path, because `first` and
               `middle` are read from the start
reach          the givers of `back`, each with its least number of steps
first          the steps from the start
middle         the steps after `first` that lead to an actor of `reach`
near           the actors from which the goal can be reached, each with its least number of steps
edge           all these steps, each with the least number of steps that follow it
walk           chains of steps from the start, of at most four steps
found          the paths: the walks that reach the goal in the least number of steps

So the query reads supports once, and drops steps that do not lead to the goal before it makes
chains.

A step has a giver, a taker, and the times of its supports as numbers: for SAME_YEAR the years
`low` to `high`, for FORWARD the days.
A walk has the actors that it has passed (`actor_1` to `actor_4`, 0 for none yet) and, as numbers,
the times at which a next step may be: for SAME_YEAR the years `low` to `high`, for FORWARD the days
from `low` on. `from_1` to `from_3` are the values of `low` after the first steps.
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
    union,
    union_all,
)

from schema.analysis.path import ANY, FORWARD, HOPS_MOST, SAME_YEAR
from schema.concepts import CONCEPTS
from schema.records.derived import EARLIEST, LATEST
from service import plan
from service.plan import AllOf
from service.sql.conditions import condition_sql
from service.sql.dialect import Expression, Source
from service.sql.reading import ONCE
from service.sql.rows import Context
from service.sql.texts import number, own_text
from service.sql.versions import Versions
from service.sql.years import certain_years

_ACTOR, _SUPPORT = CONCEPTS["Actor"], CONCEPTS["Support"]
ACTORS = tuple(f"actor_{hop}" for hop in range(1, HOPS_MOST + 1))
FROM = tuple(f"from_{hop}" for hop in range(1, HOPS_MOST))
_STEP = ("giver", "taker", "low", "high")
# The dates for the first and the last day of a support: the first date with a value counts.
_FIRST = ("started_on", "ended_on", "agreed_on")
_LAST = ("ended_on", "started_on", "agreed_on")
# A number above every day and year.
_NEVER = 99_999_999


def times_of(versions: Versions, support: Source, time: str) -> tuple[Expression, Expression]:
    """The first and the last year or day of a support, as numbers; null if unknown."""
    match time:
        case "SAME_YEAR":
            return certain_years(versions, support)
        case "FORWARD":
            firsts = (func.nullif(support.c[n + EARLIEST.suffix], own_text("")) for n in _FIRST)
            lasts = (support.c[name + LATEST.suffix] for name in _LAST)
            return _day(func.coalesce(*firsts)), _day(func.coalesce(*lasts))
    return number(0), number(0)


def _day(day: Any) -> Expression:
    """A day as a number that sorts in the same order: 20241028."""
    return cast(func.replace(day, own_text("-"), own_text("")), Integer)


class Walks:
    """Compiles the walks that make the paths from one actor to another."""

    def __init__(self, context: Context, paths: plan.Paths) -> None:
        """`found`: a row for each path, with its actors, `start`, `hop`, `low` and `from_1`..."""
        self._binding = context.binding
        self._one_of_rows = context.binding.dialect.one_of_rows
        self._versions = context.versions
        self._paths = paths
        self._most = self._binding.parameter(paths.most_hops, Integer())
        self._start = self._named(paths.start).cte("start").prefix_with(ONCE)
        self._back = self._steps_back(self._named(paths.end).cte("goal"))
        least = func.min(self._back.c.hop).label("hop")
        reach = select(self._back.c.giver.label("id"), least).group_by(self._back.c.giver)
        self._reach = reach.cte("reach").prefix_with(ONCE)
        self._first = self._first_steps().cte("first").prefix_with(ONCE)
        self._middle = self._middle_steps().cte("middle").prefix_with(ONCE)
        self._near = self._nearest().cte("near").prefix_with(ONCE)
        self.found = self._found(self._walk(self._edges().cte("edge").prefix_with(ONCE)))

    def _named(self, found: plan.Condition) -> Select[Any]:
        actor = self._versions.rows_of(_ACTOR.table)
        is_it = condition_sql(self._binding, self._versions, actor, found)
        return select(actor.c.id).where(is_it, *self._versions.holding(actor))

    def _matching(self, support: Source) -> Iterator[Expression]:
        """The conditions for a support to be a step. A supporter, if set, is certain."""
        yield from self._versions.holding(support)
        if self._paths.where != AllOf():
            yield condition_sql(self._binding, self._versions, support, self._paths.where)

    def _step(self, support: Source) -> tuple[Expression, ...]:
        """The columns of a step. Supports with equal columns make one step."""
        low, high = times_of(self._versions, support, self._paths.time)
        return (
            support.c.supporter_id.label("giver"),
            support.c.recipient_id.label("taker"),
            low.label("low"),
            high.label("high"),
        )

    def _steps_back(self, goal: CTE) -> CTE:
        """The steps back from the goal. `hop`: of the giver. The first row is the goal itself."""
        no_actor = cast(number(0), BigInteger())
        none = (no_actor.label("taker"), number(0).label("low"), number(0).label("high"))
        back = select(goal.c.id.label("giver"), *none, number(0).label("hop"))
        steps = back.cte("back", recursive=True)
        support = self._versions.rows_of(_SUPPORT.table)
        further = (
            select(*self._step(support), steps.c.hop + number(1))
            .select_from(steps.join(support, support.c.recipient_id == steps.c.giver))
            .where(
                steps.c.hop < self._most - number(2),
                support.c.supporter_id.is_not(None),
                *self._matching(support),
            )
        )
        return steps.union(further)

    def _first_steps(self) -> Select[Any]:
        support = self._versions.rows_of(_SUPPORT.table)
        of_start = self._one_of_rows(support.c.supporter_id, select(self._start.c.id))
        has_taker = support.c.recipient_id.is_not(None)
        return (
            select(*self._step(support))
            .where(of_start, has_taker, *self._matching(support))
            .distinct()
        )

    def _middle_steps(self) -> Select[Any]:
        """The steps after the first ones. `hop`: of the taker."""
        reach, support = self._reach, self._versions.rows_of(_SUPPORT.table)
        follows = self._one_of_rows(support.c.supporter_id, select(self._first.c.taker))
        return (
            select(*self._step(support), reach.c.hop)
            .select_from(support.join(reach, support.c.recipient_id == reach.c.id))
            .where(self._most > number(1), follows, *self._matching(support))
            .distinct()
        )

    def _nearest(self) -> Select[Any]:
        reach, middle = self._reach, self._middle
        each = union_all(
            select(reach.c.id, reach.c.hop),
            select(middle.c.giver, middle.c.hop + number(1)),
        ).subquery("each_near")
        return select(each.c.id, func.min(each.c.hop).label("hop")).group_by(each.c.id)

    def _edges(self) -> Any:
        steps = (self._first, self._middle, self._back)
        each = union(*(select(*(rows.c[name] for name in _STEP)) for rows in steps)).subquery(
            "steps"
        )
        near = self._near
        query = select(*each.c, near.c.hop.label("away"))
        return query.select_from(each.join(near, near.c.id == each.c.taker))

    def _walk(self, edge: CTE) -> CTE:
        """Adds steps whose taker is near enough to the goal for the steps left.

        At any time, only steps of the shortest walks: the goal is then as far as the steps left.
        """
        walk = self._begun().cte("walk", recursive=True)
        left = walk.c.steps_left - number(1)
        is_nearer = edge.c.away == left if self._paths.time == ANY else edge.c.away <= left
        passed = (walk.c.start, *(walk.c[name] for name in ACTORS))
        here = case(
            {number(hop): walk.c[name] for hop, name in enumerate(ACTORS, 1)},
            value=walk.c.hop,
            else_=walk.c.start,
        )
        later = case((edge.c.low > walk.c.low, edge.c.low), else_=walk.c.low)
        sooner = case((edge.c.high < walk.c.high, edge.c.high), else_=walk.c.high)
        step = select(
            walk.c.start,
            *(self._set(walk, name, hop, edge.c.taker) for hop, name in enumerate(ACTORS)),
            walk.c.hop + number(1),
            edge.c.away,
            left,
            later,
            sooner if self._paths.time == SAME_YEAR else walk.c.high,
            *(self._set(walk, name, hop, later) for hop, name in enumerate(FROM)),
        ).select_from(walk.join(edge, edge.c.giver == here))
        return walk.union(
            step.where(
                walk.c.away > number(0),
                is_nearer,
                edge.c.taker.not_in(passed),
                *self._in_time(walk, edge.c.low, edge.c.high),
            )
        )

    def _begun(self) -> Select[Any]:
        """The walk without a step. It has not arrived, even if the goal is near."""
        start, no_actor = self._start, cast(number(0), BigInteger())
        left = self._least() if self._paths.time == ANY else self._most
        return select(
            start.c.id.label("start"),
            *(no_actor.label(name) for name in ACTORS),
            number(0).label("hop"),
            number(1).label("away"),
            left.label("steps_left"),
            number(0).label("low"),
            number(_NEVER).label("high"),
            *(number(0).label(name) for name in FROM),
        ).select_from(start)

    def _least(self) -> Expression:
        """The least number of steps to the goal; null if more than the maximum are needed."""
        first, near = self._first, self._near
        reached = first.join(near, near.c.id == first.c.taker)
        least = select(func.min(near.c.hop) + number(1)).select_from(reached)
        return least.scalar_subquery()

    def _set(self, walk: CTE, name: str, hop: int, value: Expression) -> Expression:
        """A column of the walk, which the step after `hop` steps sets."""
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
        """One row for each path, with the earliest times among its walks.

        A walk without steps is no path, although two names of one actor may be both ends.
        """
        keys = [walk.c[name] for name in ("start", *ACTORS, "hop")]
        earliest = (func.min(walk.c[name]).label(name) for name in ("low", *FROM))
        least = func.min(walk.c.hop).over().label("least")
        has_arrived = and_(walk.c.away == number(0), walk.c.hop > number(0))
        paths = select(*keys, least, *earliest).where(has_arrived)
        rows = paths.group_by(*keys).subquery("paths")
        return select(rows).where(rows.c.hop == rows.c.least).subquery("found")
