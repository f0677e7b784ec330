"""Planner and oracle agree on every operator of every field, every order, and each field alone.

Random queries rarely test one condition on one field. Here each is tested for each record type,
with values in the data and others, alternately on the current and an earlier state.
"""

from collections.abc import Iterator
from itertools import cycle, pairwise
from random import Random
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
)

from tests.oracle.agreement import Ask, as_text
from tests.oracle.conftest import Library
from tests.oracle.data_sets.values import Date, camel_case
from tests.oracle.data_sets.world import TYPES
from tests.oracle.data_sets.worlds import invented
from tests.oracle.generator.inputs import NAMED_LEAVES, input_object, pools_of
from tests.oracle.resolvers.changes import HISTORY, LOG, change_cursor, changes_until
from tests.oracle.resolvers.orders import Order
from tests.oracle.resolvers.resolvers import SCHEMA, answer
from tests.stores import ON_POSTGRESQL

WORLD = 1
VALUES = 8
# The number of values compared by each operator; the random queries test more. PostgreSQL takes
# longer for each.
COMPARED = 1 if ON_POSTGRESQL else 2
# The number of comparisons of changes: conditions are read in the same way for all history.
SAMPLE = 15
# The root fields of all records of a type.
ROOTS = {type_.__name__: camel_case(type_.collection) for type_ in TYPES}
SINGULARS = {type_.__name__: type_.singular() for type_ in TYPES}
PAGING = {"first": "Int", "last": "Int", "after": "String", "before": "String"}
# An earlier state that differs, and the current one.
PAST = "@asOf(revision: 2)"
STATES = ("", PAST)

Json = dict[str, Any]


@pytest.mark.parametrize("concept", ROOTS)
def test_every_comparison(ask: Ask, library: Library, concept: str) -> None:
    """Each operator of each field matches the same records, and its negation the others."""
    states, chance = cycle((*STATES, *STATES[::-1])), Random(concept)
    selection = f"{ROOTS[concept]}(where: $where) {{ totalCount unknownCount nodes {{ id }} }}"
    for condition in _Sweep(Random(concept)).conditions(input_object(f"{concept}Filter")):
        where = condition if chance.random() < 0.5 else {"not": condition}
        document = f"query($where: {concept}Filter) {next(states)} {{ {selection} }}"
        _check(ask, library, document, {"where": where})


# From here on, behaviour that only differs in speed is swept on one database.
@pytest.mark.sqlite
@pytest.mark.parametrize("concept", ROOTS)
def test_comparisons_of_changes(ask: Ask, library: Library, concept: str) -> None:
    """Operators of fields match the changes before or after which they hold."""
    states = cycle(STATES)
    type_, name = SINGULARS[concept].upper(), camel_case(SINGULARS[concept])
    arguments = f"since: 0, types: [{type_}], where: {{{name}: $where}}, first: 50"
    selection = f"changes({arguments}) {{ totalCount edges {{ cursor }} }}"
    conditions = list(_Sweep(Random(concept)).conditions(input_object(f"{concept}Filter")))
    for condition in Random(concept).sample(conditions, min(len(conditions), SAMPLE)):
        document = f"query($where: {concept}Filter) {next(states)} {{ {selection} }}"
        _check(ask, library, document, {"where": condition})


@pytest.mark.parametrize("concept", ROOTS)
def test_every_order(ask: Ask, library: Library, concept: str) -> None:
    """Pages after, before and between cursors have the same records, in every order."""
    states = cycle((*STATES, *STATES[::-1]))
    types = {"orderBy": f"[{concept}Order!]", **PAGING}
    page = "edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage }"
    arguments = ", ".join(f"{name}: ${name}" for name in types)
    declared = ", ".join(f"${name}: {type_}" for name, type_ in types.items())
    for variables in _Sweep(Random(concept)).pages(concept):
        selection = f"{ROOTS[concept]}({arguments}) {{ {page} }}"
        _check(ask, library, f"query({declared}) {next(states)} {{ {selection} }}", variables)


PAGES_OF_CHANGES = {
    LOG: "query($after: String) %s { changes(since: 0, first: 3, after: $after) { %s } }",
    HISTORY: "query($after: String, $id: ID!) %s"
    " { node(id: $id) { ... on Record { history(first: 3, after: $after) { %s } } } }",
}


@pytest.mark.parametrize("kind", PAGES_OF_CHANGES)
def test_every_page_of_changes(ask: Ask, library: Library, kind: str) -> None:
    """A page begins after each change, and after cursors without a change."""
    facts = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
    page = f"totalCount edges {{ cursor node {{ id action }} }} {facts}"
    states = cycle(STATES)
    for change in changes_until(invented(WORLD)):
        revision, place, row = change.place
        for near in (change.place, (revision, place + 1, 0), (revision - 1, place, row + 1)):
            document = PAGES_OF_CHANGES[kind] % (next(states), page)
            after = change_cursor(kind, near)
            _check(ask, library, document, {"after": after, "id": change.record_id})


@pytest.mark.parametrize("state", STATES)
def test_every_change_by_its_id(ask: Ask, library: Library, state: str) -> None:
    """`node` and `nodes` return each change, but not changes later than the state."""
    change = "id recordId action type revision { number } fields { field } record { __typename id }"
    selection = (
        f"__typename id ... on Change {{ {change} }} ... on Record {{ history {{ totalCount }} }}"
    )
    one = f"query($id: ID!) {state} {{ node(id: $id) {{ {selection} }} }}"
    many = f"query($ids: [ID!]!) {state} {{ nodes(ids: $ids) {{ {selection} }} }}"
    changes = changes_until(invented(WORLD))
    for each in changes:
        _check(ask, library, one, {"id": each.id})
    ids = [id_ for each in changes for id_ in (each.id, each.record_id, f"{each.id}0", "change_1_")]
    _check(ask, library, many, {"ids": ids[:400]})


@pytest.mark.sqlite
@pytest.mark.parametrize(("seed", "state"), [(0, ""), (WORLD, ""), (WORLD, PAST)])
@pytest.mark.parametrize("concept", ROOTS)
def test_every_field_alone(ask: Ask, library: Library, concept: str, seed: int, state: str) -> None:
    """A field has the same value if no other field is selected."""
    for selection in _selections(SCHEMA.type_map[f"{concept}Connection"], 2):
        document = f"query {state} {{ {ROOTS[concept]}(first: 5) {{ {selection} }} }}"
        _check(ask, library, document, {}, seed)


@pytest.mark.sqlite
@pytest.mark.parametrize("seed", [0, WORLD])
def test_every_field_of_changes_alone(ask: Ask, library: Library, seed: int) -> None:
    """The same holds for changes, and for records as of then."""
    connection, change = (SCHEMA.type_map[name] for name in ("ChangeConnection", "Change"))
    within = (f"nodes {{ {each} }}" for each in _selections(change, 2))
    states = cycle(STATES if seed else STATES[:1])
    for selection in (*_selections(connection, 2), *(within if seed else ())):
        document = f"query {next(states)} {{ changes(since: 0, first: 100) {{ {selection} }} }}"
        _check(ask, library, document, {}, seed)


def _check(ask: Ask, library: Library, document: str, variables: Json, seed: int = WORLD) -> None:
    expected = as_text(answer(invented(seed), document, variables, None))
    given = as_text(ask(library.database(seed), document, variables, None, "text"))
    assert given == expected, (document, variables)


class _Sweep:
    """Sweeps over the fields of one type."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def conditions(self, type_: GraphQLInputObjectType, place: str = "") -> Iterator[Json]:
        """Yields each comparison with each value. `place`: the attribute, such as "Actor.name"."""
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
            yield from self._further(type_)
        else:
            for name, inner in fields.items():
                if name not in ("and", "or", "not") and isinstance(inner, GraphQLInputObjectType):
                    named = f"{owner}.{name}"
                    yield from ({name: each} for each in self.conditions(inner, named))
            if "validAt" in fields:
                yield from self._times(owner)

    def _times(self, owner: str) -> Iterator[Json]:
        """Yields filters by validity, up to the whole of time."""
        names = ("startedOn", "endedOn", "coversFrom", "coversUntil")
        known = sorted({each for name in names for each in pools_of(WORLD).get((owner, name), [])})
        dates = [*self._random.sample(known, min(len(known), 4 * VALUES)), "0001", "9999"]
        yield from ({"validAt": date} for date in dates)
        for first, last in pairwise(sorted(dates, key=lambda text: Date(text).earliest)):
            yield {"validDuring": {"from": first, "to": last}}
            yield from ({"validDuring": {"from": first}}, {"validDuring": {"to": last}})

    def _further(self, type_: GraphQLInputObjectType) -> Iterator[Json]:
        """Yields a condition on each edge of the records behind an edge."""
        for name, field in type_.fields.items():
            inner = get_named_type(field.type)
            target = getattr(inner, "fields", {}).get("some")
            far = get_named_type(target.type if target else field.type)
            if name not in ("and", "or", "not") and "id" in getattr(far, "fields", ()):
                known = pools_of(WORLD)[str(far).removesuffix("Filter"), "id"]
                condition: Json = {"id": {"in": self._random.sample(known, min(3, len(known)))}}
                yield {name: {"some": condition} if target else condition}

    def _comparisons(self, type_: GraphQLInputObjectType, place: str) -> Iterator[Json]:
        values = self._values(type_, place)
        for name in type_.fields:
            match name:
                case "isNull":
                    yield from ({name: True}, {name: False})
                case "in" | "notIn":
                    yield from ({name: values[:count]} for count in (0, 1, 3))
                case "contains" | "startsWith":
                    value = self._random.choice(values)
                    parts = (value[1:4], value[:2].swapcase(), value)
                    yield from ({name: part} for part in parts)
                case _:
                    some = self._random.sample(values, min(len(values), COMPARED))
                    yield from ({name: value} for value in some)

    def _values(self, type_: GraphQLInputObjectType, place: str) -> list[Any]:
        """Returns some values of the data and some others."""
        named = get_named_type(type_.fields["eq"].type)
        is_enum = isinstance(named, GraphQLEnumType)
        more = list(named.values) if is_enum else NAMED_LEAVES[named.name]
        owner, _, name = place.partition(".")
        known = pools_of(WORLD).get((owner, name), [])
        known = self._random.sample(known, min(len(known), VALUES))
        return [*known, *self._random.sample(more, min(len(more), 2))]

    def pages(self, concept: str) -> Iterator[Json]:
        """Yields pages by each sort key, alone or next to another."""
        worlds = invented(WORLD).past()
        known = {record.id: record for world in worlds for record in world.records()}
        records = [record for record in known.values() if type(record).__name__ == concept]
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
    """Yields each field alone, and alone within the fields that contain it."""
    assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
    yield "__typename"
    for name, field in type_.fields.items():
        inner = get_named_type(field.type)
        if not isinstance(inner, GraphQLObjectType | GraphQLInterfaceType):
            yield name
        elif depth:
            yield from (f"{name} {{ {each} }}" for each in _selections(inner, depth - 1))
    if isinstance(type_, GraphQLInterfaceType) and depth:
        for possible in SCHEMA.get_possible_types(type_):
            alone = _selections(possible, depth - 1)
            yield from (f"... on {possible} {{ {each} }}" for each in alone)


def _keys(type_: GraphQLInputObjectType, depth: int = 1) -> Iterator[Json]:
    """Yields each sort key, also through one edge, in both directions."""
    for name, field in type_.fields.items():
        inner = get_named_type(field.type)
        if not isinstance(inner, GraphQLInputObjectType):
            yield from ({name: "ASC"}, {name: "DESC"})
        elif depth:
            yield from ({name: key} for key in _keys(inner, depth - 1))
