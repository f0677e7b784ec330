"""The position of an actor in the network of supports, and its members."""

from dataclasses import dataclass

from service.plan.amounts import AmountUnit
from service.plan.conditions import Condition
from service.plan.pages import TypeName
from service.plan.selections import One
from service.plan.values import Parameter


@dataclass(frozen=True, slots=True)
class PositionFact:
    """One value of a position, of a kind in it, or of its supply, by its GraphQL name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class KindDegrees:
    """The degrees for each kind of support."""

    key: str
    members: tuple[TypeName | PositionFact, ...]


@dataclass(frozen=True, slots=True)
class Supply:
    """The shares of the suppliers."""

    key: str
    members: tuple[TypeName | PositionFact | One, ...]


PositionMember = TypeName | PositionFact | One | KindDegrees | Supply


@dataclass(frozen=True, slots=True)
class Position:
    """The positions of an actor, one for each data set and phase.

    `unit`: of the shares; None for shares of numbers of supports. `period`: the first and the last
    year; None for all time.
    """

    unit: AmountUnit | None
    period: tuple[Parameter, Parameter] | None
    where: Condition
    first: Parameter
    members: tuple[PositionMember, ...]
