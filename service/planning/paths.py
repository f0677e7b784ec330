"""Plans paths of support: the two actors, the times of the steps, and the members."""

from collections.abc import Iterator
from typing import Any

from schema.analysis.path import (
    ANY,
    HOPS_DEFAULT,
    HOPS_MOST,
    PATHS_DEFAULT,
    PATHS_MOST,
    SUPPORTS_OF_A_STEP,
)
from schema.concepts import CONCEPTS, ToOne
from service import plan
from service.errors import BadInput
from service.plan import Parameter
from service.planning.arguments import Argument, Arguments
from service.planning.conditions import named, where_condition
from service.planning.fields import Collect, SelectedField, Selections
from service.planning.resource import nested_page, reference

_ACTOR, _SUPPORT = CONCEPTS["Actor"], CONCEPTS["Support"]


def paths_of(arguments: Arguments, members: tuple[plan.PathMember, ...]) -> plan.Paths:
    """Returns the paths that these arguments describe. Raises BadInput."""
    start, end = arguments["from"], arguments["to"]
    most_hops, first = arguments.get("maxHops"), arguments.get("first")
    return plan.Paths(
        named(_ACTOR, start),
        named(_ACTOR, end),
        Parameter([list(_flat(start)), list(_flat(end))], _read_ends),
        Parameter(HOPS_DEFAULT if most_hops is None else most_hops, _read_hops),
        where_condition(_SUPPORT, arguments.get("where")),
        arguments.get("time") or ANY,
        Parameter(PATHS_DEFAULT if first is None else first, _read_first),
        members,
    )


def unknown_steps(key: str, arguments: Arguments) -> plan.UnknownSteps:
    """Plans the count of steps that are unknown, for paths with these arguments.

    Raises BadInput.
    """
    where = where_condition(_SUPPORT, arguments.get("where"))
    return plan.UnknownSteps(key, where, arguments.get("time") or ANY)


def _flat(by: Argument) -> Iterator[Argument]:
    """Yields the values that name an actor, each after the name of its field."""
    for name, value in sorted(by.items()):
        yield name
        if isinstance(value, dict):
            yield from _flat(value)
        else:
            yield value


def _read_ends(ends: list[Any]) -> list[Any]:
    start, end = ends
    if start == end:
        raise BadInput("`from` and `to` are one actor. A path leads from an actor to another.")
    return ends


def _read_hops(hops: int) -> int:
    if not 1 <= hops <= HOPS_MOST:
        raise BadInput(f"`maxHops` must be between 1 and {HOPS_MOST}, but is {hops}.")
    return hops


def _read_first(first: int) -> int:
    if not 1 <= first <= PATHS_MOST:
        raise BadInput(f"`first` must be between 1 and {PATHS_MOST} paths, but is {first}.")
    return first


class PathSelector:
    """Plans paths in a GraphQL query."""

    def __init__(self, collect: Collect, members: Any, connection: Any) -> None:
        """`members`: plans the members of a record. `connection`: plans a page of supports."""
        self._collect = collect
        self._members = members
        self._connection = connection

    def paths(self, arguments: Arguments, selections: Selections) -> plan.Paths:
        """Plans the paths of the root field. Raises BadInput."""
        return paths_of(arguments, tuple(self._path(selections)))

    def _path(self, selections: Selections) -> Iterator[plan.PathMember]:
        for field in self._collect(selections, "Path"):
            match field.name:
                case "__typename":
                    yield plan.TypeName(field.key, "Path")
                case "steps":
                    yield plan.PathSteps(field.key, tuple(self._steps(field.selections)))
                case name:
                    yield plan.PathFact(field.key, name)

    def _steps(self, selections: Selections) -> Iterator[plan.StepMember]:
        for field in self._collect(selections, "PathStep"):
            yield self._step(field)

    def _step(self, field: SelectedField) -> plan.StepMember:
        match field.name:
            case "__typename":
                return plan.TypeName(field.key, "PathStep")
            case "supports":
                return plan.StepSupports(field.key, self._connection(field))
        return _end(field.key, field.name, self._members(_ACTOR, field.selections))


def _end(key: str, name: str, members: plan.Members) -> plan.One:
    edge = _SUPPORT.members[name]
    if not isinstance(edge, ToOne):
        raise TypeError(f"{name} is not at an end of a step.")
    return plan.One(key, edge, members)


def resource_paths(arguments: Arguments) -> plan.Paths:
    """Plans the paths of a REST response, with all members. Raises BadInput."""
    ends = (_end(name, name, reference(_ACTOR, {})) for name in ("supporter", "recipient"))
    supports = plan.StepSupports("supports", nested_page(_SUPPORT, {}, SUPPORTS_OF_A_STEP))
    facts = (plan.PathFact(name, name) for name in ("hops", "year"))
    return paths_of(arguments, (*facts, plan.PathSteps("steps", (*ends, supports))))
