"""Planner and oracle agree on every operator of every field, every order, and every field alone.

Random questions seldom ask one thing of one field alone. Here each is asked so, of each type of
record, with values that the data holds and values that it does not.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
)

from .agreement import Ask, as_text
from .conftest import Library
from .inputs import NAMED_LEAVES, input_object, pools_of
from .orders import Order
from .resolvers import SCHEMA, answer
from .worlds import invented

WORLD = 1
VALUES = 8
# Where all records of a type can be asked for.
ROOTS = {
    "Actor": "actors(%s) { %s }",
    "Support": "supports(%s) { %s }",
    "Statement": "statements(%s) { %s }",
    "Source": "sources(%s) { %s }",
    "Dataset": "datasets(%s) { %s }",
    "Evidence": "supports { nodes { evidence(%s) { %s } } }",
    "Membership": "actors { nodes { members(%s) { %s } } }",
}
PAGING = {"first": "Int", "last": "Int", "after": "String", "before": "String"}

Json = dict[str, Any]


@pytest.mark.parametrize("concept", ROOTS)
def test_every_comparison(ask: Ask, library: Library, concept: str) -> None:
    """Each operator of each field, and its negation, finds the same records."""
    selection = ROOTS[concept] % ("where: $where", "totalCount nodes { id }")
    document = f"query($where: {concept}Filter) {{ {selection} }}"
    sweep = _Sweep(Random(concept))
    for condition in sweep.conditions(input_object(f"{concept}Filter")):
        for where in (condition, {"not": condition}):
            _check(ask, library, document, {"where": where})


@pytest.mark.parametrize("concept", ROOTS)
def test_every_order(ask: Ask, library: Library, concept: str) -> None:
    """Pages after, before and between places hold the same records, whatever they are sorted by."""
    types = {"orderBy": f"[{concept}Order!]", **PAGING}
    page = "edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage }"
    selection = ROOTS[concept] % (", ".join(f"{name}: ${name}" for name in types), page)
    declared = ", ".join(f"${name}: {type_}" for name, type_ in types.items())
    sweep = _Sweep(Random(concept))
    for variables in sweep.pages(concept):
        _check(ask, library, f"query({declared}) {{ {selection} }}", variables)


@pytest.mark.parametrize("seed", [0, WORLD])
@pytest.mark.parametrize("concept", ROOTS)
def test_every_field_alone(ask: Ask, library: Library, concept: str, seed: int) -> None:
    """A field is answered the same where nothing else is asked for beside it."""
    for selection in _selections(SCHEMA.type_map[f"{concept}Connection"], 3):
        document = f"{{ {ROOTS[concept] % ('first: 5', selection)} }}"
        _check(ask, library, document, {}, seed)


def _check(ask: Ask, library: Library, document: str, variables: Json, seed: int = WORLD) -> None:
    expected = as_text(answer(invented(seed), document, variables, None))
    given = as_text(ask(library.database(seed), document, variables, None, "text"))
    assert given == expected, (document, variables)


class _Sweep:
    """Goes through the fields of one type."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def conditions(self, type_: GraphQLInputObjectType, place: str = "") -> Iterator[Json]:
        """Each comparison of each value; `place`: whose value it is, as "Actor.name"."""
        fields = {name: get_named_type(field.type) for name, field in type_.fields.items()}
        owner = type_.name.removesuffix("Filter")
        if "eq" in fields:
            yield from self._comparisons(type_, place)
        elif "some" in fields:
            for quantifier in fields:
                inner = fields[quantifier]
                assert isinstance(inner, GraphQLInputObjectType)
                yield from ({quantifier: each} for each in self.conditions(inner, place))
        elif place and owner in ROOTS:
            yield from ({}, {"isNull": True}, {"isNull": False})
            ids = self.conditions(input_object("IDFilter"), f"{owner}.id")
            yield from ({"id": each} for each in ids)
        else:
            for name, inner in fields.items():
                if name not in ("and", "or", "not") and isinstance(inner, GraphQLInputObjectType):
                    named = f"{owner}.{name}"
                    yield from ({name: each} for each in self.conditions(inner, named))

    def _comparisons(self, type_: GraphQLInputObjectType, place: str) -> Iterator[Json]:
        values = self._values(type_, place)
        for name in type_.fields:
            match name:
                case "isNull":
                    yield from ({name: True}, {name: False})
                case "in" | "notIn":
                    yield from ({name: values[:count]} for count in (0, 1, 3))
                case "contains" | "startsWith":
                    parts = [part for v in values for part in (v[1:4], v[:2].swapcase(), v)]
                    yield from ({name: part} for part in parts)
                case _:
                    yield from ({name: value} for value in values)

    def _values(self, type_: GraphQLInputObjectType, place: str) -> list[Any]:
        """Some that the data holds and some more."""
        named = get_named_type(type_.fields["eq"].type)
        is_enum = isinstance(named, GraphQLEnumType)
        more = list(named.values) if is_enum else NAMED_LEAVES[named.name]
        owner, _, name = place.partition(".")
        known = pools_of(WORLD).get((owner, name), [])
        known = self._random.sample(known, min(len(known), VALUES))
        return [*known, *self._random.sample(more, min(len(more), 2))]

    def pages(self, concept: str) -> Iterator[Json]:
        """Pages by each key, alone or next to another."""
        records = [r for r in invented(WORLD).records() if type(r).__name__ == concept]
        keys = list(_keys(input_object(f"{concept}Order")))
        for key in keys:
            other = self._random.choice(keys)
            order_by = self._random.choice(([key], [key, other], [other, key]))
            order = Order.asked(concept, order_by)
            some = order.sorted(self._random.sample(records, 2))
            after, before = (order.cursor(order.texts(record)) for record in some)
            yield {"orderBy": order_by, "after": after, "first": 2}
            yield {"orderBy": order_by, "before": before, "last": 2}
            yield {"orderBy": order_by, "after": after, "before": before, "last": 1}
            yield {"orderBy": order_by, "after": after, "before": before, "first": 1}


def _selections(type_: GraphQLNamedType, depth: int) -> Iterator[str]:
    """Each field alone, and alone within the fields that hold it."""
    assert isinstance(type_, GraphQLObjectType)
    yield "__typename"
    for name, field in type_.fields.items():
        inner = get_named_type(field.type)
        if not isinstance(inner, GraphQLObjectType):
            yield name
        elif depth:
            yield from (f"{name} {{ {each} }}" for each in _selections(inner, depth - 1))


def _keys(type_: GraphQLInputObjectType, depth: int = 1) -> Iterator[Json]:
    """Each key, also through one edge, both ways."""
    for name, field in type_.fields.items():
        inner = get_named_type(field.type)
        if not isinstance(inner, GraphQLInputObjectType):
            yield from ({name: "ASC"}, {name: "DESC"})
        elif depth:
            yield from ({name: key} for key in _keys(inner, depth - 1))
