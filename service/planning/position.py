"""Plans the positions of an actor: the unit, the period, and the members."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from schema.analysis import position
from schema.analysis.network import Fact
from schema.concepts import CONCEPTS, ToOne
from service import plan
from service.errors import BadInput
from service.plan import Parameter
from service.planning.amounts import amount_unit
from service.planning.arguments import Argument, Arguments
from service.planning.conditions import where_condition
from service.planning.fields import Collect, SelectedField, Selections
from service.planning.resource import reference

_ACTOR, _SUPPORT, _DATASET = (CONCEPTS[name] for name in ("Actor", "Support", "Dataset"))


def position_of(arguments: Arguments, members: tuple[plan.PositionMember, ...]) -> plan.Position:
    """Returns the positions that these arguments describe. Raises BadInput."""
    unit, first = arguments.get("unit"), arguments.get("first")
    return plan.Position(
        None if unit is None else amount_unit("unit", unit),
        _period(arguments.get("from"), arguments.get("until")),
        where_condition(_SUPPORT, arguments.get("where")),
        Parameter(position.FIRST_DEFAULT if first is None else first, _read_first),
        members,
    )


def _read_first(first: int) -> int:
    if not 1 <= first <= position.FIRST_MOST:
        raise BadInput(f"`first` must be between 1 and {position.FIRST_MOST}, but is {first}.")
    return first


def _period(first: Argument, last: Argument) -> tuple[Parameter, Parameter] | None:
    if first is None and last is None:
        return None
    years = [
        position.YEAR_LEAST if first is None else first,
        position.YEAR_MOST if last is None else last,
    ]
    return Parameter(years, partial(_read_year, 0)), Parameter(years, partial(_read_year, 1))


def _read_year(place: int, years: list[int]) -> int:
    for name, year in zip(("from", "until"), years, strict=True):
        if not position.YEAR_LEAST <= year <= position.YEAR_MOST:
            raise BadInput(
                f"`{name}` must be a year between {position.YEAR_LEAST} and {position.YEAR_MOST},"
                f" but is {year}."
            )
    first, last = years
    if last < first:
        raise BadInput(f"`until` is {last}, before `from`, {first}; swap them.")
    return years[place]


class PositionSelector:
    """Plans positions in a GraphQL query."""

    def __init__(self, collect: Collect, members: Any) -> None:
        """`members`: plans the members of a record."""
        self._collect = collect
        self._members = members

    def position(self, arguments: Arguments, selections: Selections) -> plan.Position:
        """Plans the positions of an actor. Raises BadInput."""
        fields = self._collect(selections, "ActorPosition")
        return position_of(arguments, tuple(map(self._member, fields)))

    def _member(self, field: SelectedField) -> plan.PositionMember:
        match field.name:
            case "dataset":
                members = self._members(_DATASET, field.selections)
                return _end(field.key, "dataset", members)
            case "kinds":
                fields = self._collect(field.selections, "KindPosition")
                members = tuple(_fact(inner, "KindPosition") for inner in fields)
                return plan.KindDegrees(field.key, members)
            case "supply":
                fields = self._collect(field.selections, "SupplyConcentration")
                return plan.Supply(field.key, tuple(map(self._of_supply, fields)))
        return _fact(field, "ActorPosition")

    def _of_supply(self, field: SelectedField) -> plan.TypeName | plan.PositionFact | plan.One:
        if field.name == "largestSupplier":
            return _end(field.key, "supporter", self._members(_ACTOR, field.selections))
        return _fact(field, "SupplyConcentration")


def _fact(field: SelectedField, type_name: str) -> plan.TypeName | plan.PositionFact:
    if field.name == "__typename":
        return plan.TypeName(field.key, type_name)
    return plan.PositionFact(field.key, field.name)


def _end(key: str, name: str, members: plan.Members) -> plan.One:
    edge = _SUPPORT.members[name]
    if not isinstance(edge, ToOne):
        raise TypeError(f"{name} is not a record that a support names.")
    return plan.One(key, edge, members)


def resource_position(arguments: Arguments) -> plan.Position:
    """Plans the positions of a REST response, with all members. Raises BadInput."""
    largest = _end("largestSupplier", "supporter", reference(_ACTOR, {}))
    members: tuple[plan.PositionMember, ...] = (
        _end("dataset", "dataset", reference(_DATASET, {})),
        *_all_of(position.POSITION),
        plan.KindDegrees("kinds", tuple(_all_of(position.OF_KIND))),
        plan.Supply("supply", (*_all_of(position.CONCENTRATION), largest)),
    )
    return position_of(arguments, members)


def _all_of(facts: Mapping[str, Fact]) -> Iterator[plan.PositionFact]:
    return (plan.PositionFact(name, name) for name in facts)
