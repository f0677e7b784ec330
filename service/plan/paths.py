"""Paths of support: the two actors, and the members of each path."""

from dataclasses import dataclass

from service.plan.conditions import Condition
from service.plan.pages import TypeName
from service.plan.selections import Connection, One
from service.plan.values import Parameter


@dataclass(frozen=True, slots=True)
class PathFact:
    """One value of a path, by its GraphQL name: hops, year."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class StepSupports:
    """A page of the supports of a step."""

    key: str
    connection: Connection


StepMember = TypeName | One | StepSupports


@dataclass(frozen=True, slots=True)
class PathSteps:
    """The steps of a path."""

    key: str
    members: tuple[StepMember, ...]


PathMember = TypeName | PathFact | PathSteps


@dataclass(frozen=True, slots=True)
class Paths:
    """The shortest paths from one actor to another.

    `ends`: the names of the two actors; reading them rejects equal names. `time`: the rule for the
    times of steps, a code of `schema.analysis.path.TIMES`.
    """

    start: Condition
    end: Condition
    ends: Parameter
    most_hops: Parameter
    where: Condition
    time: str
    first: Parameter
    members: tuple[PathMember, ...]
