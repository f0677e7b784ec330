"""The positions of an actor: one for each data set and phase of the actor's supports.

counted      the supports that have the actor at an end
positions    the data sets and phases, with the numbers and the shares of each
answer       one row: the positions as a JSON array
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from sqlalchemy import BigInteger, Select, select

from schema.analysis import position as schema
from schema.concepts import CONCEPTS
from schema.records.columns import Scalar
from service import plan
from service.sql.dialect import Content, Expression, Source
from service.sql.position.counted import COUNTS, counted_supports
from service.sql.position.shares import KEYS, degrees, positions
from service.sql.reading import Reading
from service.sql.rows import Context, RecordRow, hold_nested
from service.sql.texts import number

_SUPPORT = CONCEPTS["Support"]


def position_query(context: Context, position: plan.Position, actor: Source) -> Select[Any]:
    """Returns the positions as a JSON array.

    `actor`: the row of the actor in the enclosing query.
    """
    return PositionQuery(context, position, actor).as_array()


class PositionQuery:
    """Compiles the positions of one actor."""

    def __init__(self, context: Context, position: plan.Position, actor: Source) -> None:
        """Reads the state of the data that the enclosing query reads."""
        self._context = context
        self._dialect = context.binding.dialect
        self._position = position
        self._parts = counted_supports(context.binding, context.versions, position, actor)
        self._counted = self._parts[-1]
        self._rows = self._page()
        self._reading = Reading(
            self._rows,
            within=(actor, *context.versions.outer),
            in_layers=_holds_nested(position.members),
        )

    def as_array(self) -> Select[Any]:
        """Returns the positions as a JSON array, ordered by data set and phase."""
        item = self._dialect.json_object([(m.key, self._member(m)) for m in self._position.members])
        array = self._dialect.json_array(item, lambda: [self._column(name) for name in KEYS])
        query = self._reading.select(self._dialect.answer(array))
        return query.add_cte(*self._parts, nest_here=True)

    def _page(self) -> Any:
        size = self._context.binding.parameter(self._position.first, BigInteger())
        limited = self._dialect.limited(
            positions(self._dialect, self._position, self._counted),
            size,
            schema.FIRST_MOST,
            lambda column: [column(name) for name in KEYS],
        )
        return limited.subquery("positions")

    def _column(self, name: str) -> Expression:
        return self._reading.column(self._rows.c[name])

    @cached_property
    def _row(self) -> RecordRow:
        """A position read as a support: its data set, and its largest supplier as supporter."""
        return RecordRow(self._context, self._reading, _SUPPORT, self._rows)

    def _member(self, member: plan.PositionMember) -> Content:
        match member:
            case plan.PositionFact(name="phase"):
                return self._dialect.json_unescaped(self._column("phase"), nullable=False)
            case plan.PositionFact(name=name):
                return self._column(name)
            case plan.KindDegrees(members=members):
                return self._reading.nested(self._kinds(members))
            case plan.Supply(members=members):
                pairs = [(each.key, self._of_supply(each)) for each in members]
                return self._dialect.json_object(pairs)
        return self._row.value(member)

    def _of_supply(self, member: plan.TypeName | plan.PositionFact | plan.One) -> Content:
        match member:
            case plan.PositionFact(name="suppliers"):
                return self._column("counted")
            case plan.PositionFact(name=name):
                column = self._column(name)
                if schema.CONCENTRATION[name].scalar is Scalar.DECIMAL:
                    return self._dialect.json_unescaped(column, nullable=True)
                return column
        return self._row.value(member)

    def _kinds(self, members: tuple[plan.TypeName | plan.PositionFact, ...]) -> Select[Any]:
        """Returns the degrees for each kind, as a JSON array."""
        counted = self._counted
        same = (counted.c[name] == self._rows.c[name] for name in KEYS)
        numbers = (column.label(name) for name, column in degrees(counted).items())
        query = (
            select(counted.c.kind, *numbers)
            .where(*same, counted.c.counts == number(COUNTS))
            .group_by(counted.c.kind)
            .order_by(counted.c.kind)
        )
        rows = query.correlate(self._rows).subquery("kinds")
        item = self._dialect.json_object([(m.key, self._of_kind(rows, m)) for m in members])
        array = self._dialect.json_array(item, lambda: [rows.c.kind])
        return select(self._dialect.answer(array)).select_from(rows)

    def _of_kind(self, rows: Any, member: plan.TypeName | plan.PositionFact) -> Content:
        if isinstance(member, plan.TypeName):
            return self._row.value(member)
        if member.name == "kind":
            return self._dialect.json_unescaped(rows.c.kind, nullable=False)
        column: Expression = rows.c[member.name]
        return column


def _holds_nested(members: Iterable[plan.PositionMember]) -> bool:
    ends: list[plan.Member] = []
    for member in members:
        match member:
            case plan.KindDegrees():
                return True
            case plan.Supply(members=inner):
                ends += [each for each in inner if isinstance(each, plan.One)]
            case plan.One():
                ends.append(member)
    return hold_nested(ends)
