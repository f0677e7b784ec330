"""The shortest paths of support from one actor to another.

kept      the paths to return, in order of the ids of their actors
steps     a row for each step of these paths
answer    one row: the paths as a JSON array
"""

from functools import cached_property
from typing import Any

from sqlalchemy import CTE, BigInteger, ColumnElement, Select, and_, case, func, select, union_all

from schema.analysis.path import FORWARD, HOPS_MOST, PATHS_MOST, SAME_YEAR
from schema.concepts import CONCEPTS
from service import plan
from service.plan import AllOf
from service.sql.conditions import condition_sql
from service.sql.connections import ConnectionQuery
from service.sql.dialect import Content, Json
from service.sql.paths.unknown import unknown_steps
from service.sql.paths.walks import ACTORS, FROM, Walks, times_of
from service.sql.reading import Reading
from service.sql.rows import Context, RecordRow, hold_nested
from service.sql.texts import number

_SUPPORT = CONCEPTS["Support"]
_NULL = Json(("null",))


class PathsQuery:
    """Compiles the paths of one root."""

    def __init__(self, context: Context, paths: plan.Paths) -> None:
        """`paths`: the two actors, and the members to select."""
        self._context = context
        self._dialect = context.binding.dialect
        self._paths = paths
        self._reading = Reading(self._kept)

    def as_array(self) -> Select[Any]:
        """Returns the paths as one JSON array."""
        pairs = [(member.key, self._member(member)) for member in self._paths.members]
        path = self._dialect.json_object(pairs)
        array = self._dialect.json_array_in_order(path, [self._kept.c.place])
        return self._reading.select(self._dialect.answer(array))

    def as_columns(self) -> Select[Any]:
        """The same, and the number of supports that are left out."""
        paths = self._paths
        return self.as_array().add_columns(unknown_steps(self._context, paths.where, paths.time))

    @cached_property
    def _kept(self) -> CTE:
        found = Walks(self._context, self._paths).found
        order = [found.c[name] for name in ACTORS]
        place = func.row_number().over(order_by=order).label("place")
        first = self._context.binding.parameter(self._paths.first, BigInteger())
        ordered = select(found, place).order_by(*order)
        kept = self._dialect.limited(ordered, first, PATHS_MOST, lambda column: [column("place")])
        return kept.cte("kept")

    def _member(self, member: plan.PathMember) -> Content:
        match member:
            case plan.TypeName(name=name):
                return self._dialect.json_unescaped(name, nullable=False)
            case plan.PathFact(name="hops"):
                return self._kept.c.hop
            case plan.PathFact():
                return self._kept.c.low if self._paths.time == SAME_YEAR else _NULL
            case plan.PathSteps(members=members):
                rows = self._steps(members)
                self._reading.follow(rows, rows.c.place == self._kept.c.place)
                return Json((rows.c.array,))

    # --- steps ----------------------------------------------------------------------------------

    def _steps(self, members: tuple[plan.StepMember, ...]) -> Any:
        """The steps of each path, as the text of a JSON array."""
        steps = self._step_rows()
        ends = [member for member in members if isinstance(member, plan.One)]
        nested = any(isinstance(member, plan.StepSupports) for member in members)
        reading = Reading(steps, in_layers=nested or hold_nested(ends))
        row = RecordRow(self._context, reading, _SUPPORT, steps)
        pairs: list[tuple[str, Content]] = []
        for member in members:
            if isinstance(member, plan.StepSupports):
                query = _StepSupports(self._context, member.connection, self._paths, steps)
                pairs.append((member.key, reading.nested(query.as_object())))
            else:
                pairs.append((member.key, row.value(member)))
        order = [reading.column(steps.c.step)]
        array = self._dialect.json_array_in_order(self._dialect.json_object(pairs), order)
        place = reading.column(steps.c.place)
        answer = self._dialect.answer(array).label("array")
        return reading.select(place.label("place"), answer).group_by(place).subquery()

    def _step_rows(self) -> Any:
        kept = self._kept
        each = union_all(*(select(number(n).label("step")) for n in range(1, HOPS_MOST + 1)))
        step = each.subquery("each_step").c.step
        actors = [kept.c[name] for name in ACTORS]
        givers = {number(n): actor for n, actor in enumerate([kept.c.start, *actors[:-1]], 1)}
        takers = {number(n): actor for n, actor in enumerate(actors, 1)}
        since = {number(n): kept.c[name] for n, name in enumerate(FROM, 2)}
        return (
            select(
                kept.c.place,
                step,
                case(givers, value=step).label("supporter_id"),
                case(takers, value=step).label("recipient_id"),
                case(since, value=step, else_=number(0)).label("since"),
                kept.c.low.label("year"),
            )
            .select_from(kept.join(step.table, step <= kept.c.hop))
            .subquery("steps")
        )


class _StepSupports(ConnectionQuery):
    """A page of the supports of one step."""

    def __init__(
        self, context: Context, connection: plan.Connection, paths: plan.Paths, step: Any
    ) -> None:
        """`step`: the row of the step in the enclosing query."""
        super().__init__(context, connection)
        self._paths = paths
        self._step = step

    def _base(
        self, condition: plan.Condition | None = None
    ) -> tuple[Any, Reading, list[ColumnElement[bool]]]:
        """Adds the conditions for a support to be of the step, and to be in time."""
        table, reading, where = super()._base(condition)
        where += [table.c[name] == self._step.c[name] for name in ("supporter_id", "recipient_id")]
        if self._paths.where != AllOf():
            where.append(condition_sql(self._binding, self._versions, table, self._paths.where))
        low, high = times_of(self._versions, table, self._paths.time)
        if self._paths.time == SAME_YEAR:
            where.append(and_(low <= self._step.c.year, high >= self._step.c.year))
        if self._paths.time == FORWARD:
            where.append(high >= self._step.c.since)
        return table, reading, where

    def _are_counted(self) -> bool:
        """False: stored counts know no steps and no times."""
        return False

    def _correlated(self, query: Select[Any]) -> Select[Any]:
        return query.correlate(self._step, *self._versions.outer)
