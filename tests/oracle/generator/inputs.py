"""Generates values of arguments by their SDL types: JSON with enum values as text.

Most values are from the queried data set, so that filters match; the others are near misses.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from functools import cache
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLNonNull,
    get_named_type,
)

from tests.oracle.data_sets.invention import DATES, TEXTS
from tests.oracle.data_sets.values import Date, camel_case, spelled
from tests.oracle.data_sets.world import Group, Item, Record, World
from tests.oracle.data_sets.worlds import invented
from tests.oracle.generator.dice import Dice
from tests.oracle.resolvers.filters import RESPELT, SPELT
from tests.oracle.resolvers.resolvers import SCHEMA

Pools = Mapping[tuple[str, str], list[Any]]

ODD_TEXTS = ("", "%", "_", "\\", "'", '"', "nobody", "ж", "\U0010ffff", "${x}", *TEXTS)
# Non-ASCII digits, too many digits, leading zeros, a type without ids.
ODD_IDS = (
    *("actor_1", "support_1", "12", "", "actor", "actor_", "actor_0", "actor_-1", "actor_01"),
    *("Actor_1", "actor_1 ", " actor_1", "actor_1\n", "actor_\u0663", "actor_" + "9" * 30),
    *("membership_1", "revision_1", "quantity_1", "actor_1_1", "actor_1.0", "null"),
)
AMOUNTS = ("0", "-0", "0.00", "1", "1.50", "007", "-3.0", "12.500", "40000000000")
NAMED_LEAVES: Mapping[str, tuple[Any, ...]] = {
    "String": ODD_TEXTS,
    "ID": ODD_IDS,
    "Int": (1, 0, 2, 3, 5, 6, 7, -1, 2**31 - 1),
    "Boolean": (True, False),
    "Decimal": AMOUNTS,
    "EDTFDate": (*DATES, "2024-10", "2022"),
    "DateTime": ("2026-02-01T12:00:00Z",),
}


@cache
def pools_of(seed: int) -> Pools:
    """Returns the current and former values of each attribute of a data set."""
    found: dict[tuple[str, str], dict[Any, None]] = defaultdict(dict)
    for thing in _things(invented(seed)):
        owner = type(thing).__name__
        if isinstance(thing, Record):
            found[owner, "id"][thing.id] = None
        for field in fields(thing):
            value = getattr(thing, field.name)
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, str | int | Decimal | Date):
                    found[owner, camel_case(field.name)][_as_json(each)] = None
    return {place: list(values) for place, values in found.items()}


def _things(newest: World) -> Iterator[Record | Group | Item]:
    for world in newest.past():
        for record in world.records():
            yield record
            values = [getattr(record, name) for name in record.own_fields]
            lists = [value for value in values if isinstance(value, list)]
            each_item = (item for listed in lists for item in listed)
            yield from (each for each in (*values, *each_item) if isinstance(each, Group | Item))


def _as_json(value: Any) -> Any:
    if isinstance(value, Date):
        return value.text
    return spelled(value) if isinstance(value, Decimal) else value


def input_object(name: str) -> GraphQLInputObjectType:
    """Returns an input object of the schema."""
    found = SCHEMA.type_map[name]
    assert isinstance(found, GraphQLInputObjectType)
    return found


class Inputs:
    """Generates values for one data set."""

    def __init__(self, dice: Dice, seed: int) -> None:
        self._dice = dice
        self._pools = pools_of(seed)
        self._fuel = 0

    def leaf(self, type_: GraphQLInputType, place: tuple[str, str] = ("", "")) -> Any:
        """Returns a value of a scalar or enum, mostly one that this attribute has."""
        named = get_named_type(type_)
        known = self._pools.get(place, [])
        if known and not self._dice.chance(25):
            value = self._dice.pick(known)
            return self._respelled(value, named.name, place)
        if isinstance(named, GraphQLEnumType):
            return self._dice.pick(list(named.values))
        return self._dice.pick(NAMED_LEAVES[named.name])

    def _respelled(self, value: Any, type_name: str, place: tuple[str, str]) -> Any:
        """Returns the value, sometimes in another spelling."""
        if type_name not in ("Decimal", "String") or not self._dice.chance(30):
            return value
        match type_name, place:
            case "Decimal", _:
                return value if "." in value else f"{value}.00"
            case _, ("ActorCode", "value"):
                return self._dice.pick((value.lower(), f" {value}", f"0{value}"))
            case _, ("Statement", "language"):
                return value.swapcase()
            case _, ("Source", "url"):
                return value.replace(SPELT, RESPELT)
        return unicodedata.normalize("NFD", value)

    def by(self, type_: GraphQLInputObjectType) -> dict[str, Any]:
        """Returns an identifier of a record."""
        concept = type_.name.removesuffix("By")
        way = self._dice.pick(list(type_.fields))
        if way == "code":
            return {way: self._code(_object_in(type_.fields[way]), concept)}
        return {way: self.leaf(type_.fields[way].type, (concept, way))}

    def _code(self, type_: GraphQLInputObjectType, concept: str) -> dict[str, Any]:
        return {
            name: self.leaf(field.type, (f"{concept}Code", name))
            for name, field in type_.fields.items()
            if is_required(field.type) or self._dice.chance(50)
        }

    def order_by(self, concept: str) -> list[dict[str, Any]]:
        """Returns up to three sort keys."""
        return [self._order(input_object(f"{concept}Order")) for _ in range(self._dice.below(4))]

    def _order(self, type_: GraphQLInputObjectType, depth: int = 3) -> dict[str, Any]:
        leaves = [name for name, field in type_.fields.items() if _is_leaf(field)]
        nested = [name for name in type_.fields if name not in leaves]
        if nested and depth and self._dice.chance(35):
            is_computed = "assessment" in nested and self._dice.chance(30)
            name = "assessment" if is_computed else self._dice.pick(nested)
            return {name: self._order(_object_in(type_.fields[name]), depth - 1)}
        return {self._dice.pick(leaves): self._dice.pick(("ASC", "DESC"))}

    def where(self, concept: str) -> dict[str, Any]:
        """Returns a filter. Most are small, some nest nearly as deep as allowed."""
        self._fuel, depth = self._dice.pick(((2, 4), (1, 2), (5, 4), (12, 4), (12, 9)))
        return self._condition(input_object(f"{concept}Filter"), "", depth)

    def _condition(
        self, type_: GraphQLInputObjectType, attribute: str, depth: int
    ) -> dict[str, Any]:
        """Returns a filter of any type. `attribute`: what it filters, such as "Actor.name"."""
        if "eq" in type_.fields:
            return self._comparisons(type_, attribute)
        if "isNull" in type_.fields and self._dice.chance(6):
            return {"isNull": self._dice.chance(50)}
        concept = type_.name.removesuffix("Filter")
        chosen: dict[str, Any] = {}
        for _ in range(self._dice.pick((1, 1, 1, 2, 2, 3, 3, 0))):
            name = self._dice.pick(self._members(type_, depth))
            if name in ("some", "none", "every"):
                chosen[name] = self._member(type_.fields[name], attribute, depth)
            else:
                chosen[name] = self._member(type_.fields[name], f"{concept}.{name}", depth - 1)
        if "validAt" in type_.fields and self._dice.chance(12):
            chosen |= self._time(type_, concept)
        return chosen

    def _time(self, type_: GraphQLInputObjectType, concept: str) -> dict[str, Any]:
        """Returns a filter by validity, at a date of the data or between two."""
        start, end = (self._date(type_, concept) for _ in range(2))
        if self._dice.chance(60):
            return {"validAt": start}
        first, last = sorted((start, end), key=lambda text: Date(text).earliest)
        ends = self._dice.pick((("from", "to"), ("from",), ("to",)))
        return {"validDuring": {name: {"from": first, "to": last}[name] for name in ends}}

    def _date(self, type_: GraphQLInputObjectType, concept: str) -> Any:
        known = self._dice.pick(("startedOn", "endedOn", "coversFrom", "coversUntil"))
        return self.leaf(type_.fields["validAt"].type, (concept, known))

    def _members(self, type_: GraphQLInputObjectType, depth: int) -> list[str]:
        """Returns the usable fields: without fuel or depth left, only those of values."""
        names = [name for name in type_.fields if name not in ("isNull", "validAt", "validDuring")]
        kinds = {name: _object_in(type_.fields[name]).fields for name in names}
        deep = [name for name, fields in kinds.items() if "eq" not in fields]
        shallow = [name for name in names if name not in deep]
        if shallow and (min(self._fuel, depth, len(deep)) <= 0 or not self._dice.chance(55)):
            return shallow
        # A group, such as a quantity, has as many values as other types have edges.
        groups = [name for name in deep if not {"isNull", "some"} & set(kinds[name])]
        return groups if groups and self._dice.chance(25) else deep

    def _member(self, field: GraphQLInputField, place: str, depth: int) -> Any:
        self._fuel -= 1
        inner = _object_in(field)
        if place.endswith((".and", ".or")):
            count = self._dice.pick((1, 2, 0)) if self._fuel > 0 else 0
            return [self._condition(inner, place, depth) for _ in range(count)]
        if self._fuel < -4:
            return {}
        return self._condition(inner, place, depth)

    def _comparisons(self, type_: GraphQLInputObjectType, attribute: str) -> dict[str, Any]:
        count = self._dice.pick((1, 1, 1, 2, 2, 0))
        names = [self._dice.pick(list(type_.fields)) for _ in range(count)]
        return {name: self._operand(type_, name, attribute) for name in names}

    def _operand(self, type_: GraphQLInputObjectType, name: str, attribute: str) -> Any:
        owner, _, last = attribute.partition(".")
        base, place = type_.fields["eq"].type, (owner, last)
        match name:
            case "isNull":
                return self._dice.chance(50)
            case "in" | "notIn":
                return [self.leaf(base, place) for _ in range(self._dice.pick((1, 2, 0, 3)))]
            case "contains" | "startsWith":
                return self._part_of(self.leaf(base, place), from_start=name == "startsWith")
        return self.leaf(base, place)

    def _part_of(self, text: str, *, from_start: bool) -> str:
        """Returns a part of the text, sometimes in another case."""
        start = 0 if from_start else self._dice.below(min(3, len(text) + 1))
        part = text[start : start + self._dice.pick((3, 1, 2, 100))]
        return self._dice.pick((part, part.swapcase(), part.upper()))


def _is_leaf(field: GraphQLInputField) -> bool:
    return not isinstance(get_named_type(field.type), GraphQLInputObjectType)


def _object_in(field: GraphQLInputField) -> GraphQLInputObjectType:
    named = get_named_type(field.type)
    assert isinstance(named, GraphQLInputObjectType), named
    return named


def is_required(type_: GraphQLInputType) -> bool:
    """Whether the type excludes null."""
    return isinstance(type_, GraphQLNonNull)
