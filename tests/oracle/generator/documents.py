"""Generates random valid documents from the fields of the schema."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    do_types_overlap,
    get_named_type,
    is_interface_type,
    is_leaf_type,
)
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.oracle.generator.arguments import PATH_LIMIT, TOTAL_LIMIT, ArgumentMaker
from tests.oracle.generator.dice import Dice
from tests.oracle.generator.directives import MomentMaker
from tests.oracle.generator.inputs import Inputs
from tests.oracle.generator.scopes import Call, Entry, Scope
from tests.oracle.generator.variables import Usage, Writer
from tests.oracle.resolvers.resolvers import SCHEMA

DEPTH = 4
NODE = SCHEMA.type_map["Node"]
RECORD = SCHEMA.type_map["Record"]
RECORDS = SCHEMA.get_possible_types(RECORD)  # type: ignore[arg-type]
CHANGE = SCHEMA.type_map["Change"]
# Types whose lists may be selected only once, also by aliases.
UNALIASED = ("Network", "NetworkEdge", "Path")
# Deeply nested fields with many below them, and their types.
SELDOM = ("supply", "SupplyConcentration")
NODES = (NODE, RECORD, CHANGE, *RECORDS)


@dataclass(frozen=True)
class Question:
    """A document, and the variables of its two runs."""

    document: str
    operation_name: str | None
    variables: tuple[dict[str, Any], dict[str, Any]]


@dataclass(frozen=True)
class Fragment:
    """A named fragment. It may be spread where at most `records_above` records are above it."""

    name: str
    type_name: str
    body: str
    usage: Usage
    scope: Scope
    depth: int
    records_above: int
    cost: int


@dataclass(frozen=True)
class Place:
    """The position of a selection: its type, its scope, its depth, and the records above it."""

    type_: GraphQLNamedType
    scope: Scope
    depth: int
    records_above: int = 1

    def within(self, type_: GraphQLNamedType) -> "Place":
        """Returns the position of the same object, seen as another type."""
        return Place(type_, self.scope, self.depth, self.records_above)


@st.composite
def questions(draw: DrawFn, seed: int) -> Question:
    """Draws a query on the data set of this number."""
    return _Author(Dice(draw), seed).question()


class _Author:
    """Writes one document."""

    def __init__(self, dice: Dice, seed: int) -> None:
        self._dice = dice
        inputs = Inputs(dice, seed)
        self._writer = Writer(dice, inputs)
        self._arguments = ArgumentMaker(dice, inputs, self._writer, seed)
        self._moments = MomentMaker(dice, self._writer, seed)
        self._fragments: dict[str, Fragment] = {}
        self._names = 0
        self._fuel = dice.pick((6, 20, 50, 90))
        self._cost = 0

    def question(self) -> Question:
        """Returns the document: its operations, and the fragments that they use."""
        count = self._dice.pick((1, 1, 1, 2, 3))
        is_named = count > 1 or self._dice.chance(40)
        operations, used = [], Usage()
        for number in range(count):
            self._writer.usage = Usage()
            moment = self._moments.directive() if self._dice.chance(35) else ""
            root = Place(SCHEMA.type_map["Query"], Scope(), DEPTH)
            body = self._selection_set(root)
            usage = self._everything_used(self._writer.usage)
            operations.append(
                self._operation(f" Q{number}" if is_named else "", usage, moment, body)
            )
            used.add(usage)
        fragments = [f"fragment {f.name} on {f.type_name} {f.body}" for f in self._used(used)]
        name = f"Q{self._dice.below(count)}" if is_named else None
        is_told = count > 1 or self._dice.chance(50)
        return Question(
            "\n".join([*operations, *fragments]),
            name if is_told else None,
            (self._writer.values(0), self._writer.values(1)),
        )

    def _operation(self, name: str, usage: Usage, moment: str, body: str) -> str:
        variables = [v for v in self._writer.variables.values() if v.name in usage.variables]
        if not name and not variables and not moment and self._dice.chance(50):
            return body
        definitions = ", ".join(variable.definition for variable in variables)
        return f"query{name}{f'({definitions})' if definitions else ''}{moment} {body}"

    def _used(self, usage: Usage) -> list[Fragment]:
        return [each for name, each in self._fragments.items() if name in usage.fragments]

    def _everything_used(self, usage: Usage) -> Usage:
        """Returns the usage of an operation, also through fragments.

        Later fragments may spread earlier ones, so they are visited in reverse order.
        """
        found = Usage(set(usage.variables), set(usage.fragments))
        for fragment in reversed(self._fragments.values()):
            if fragment.name in found.fragments:
                found.add(fragment.usage)
        return found

    # --- selections -----------------------------------------------------------------------------

    def _selection_set(self, place: Place) -> str:
        most = 1 if self._fuel <= 0 else 7 if _is_flat(place.type_) else 4
        count = 1 + self._dice.below(most)
        return f"{{ {' '.join(self._selection(place) for _ in range(count))} }}"

    def _selection(self, place: Place) -> str:
        self._fuel -= 1
        kind = self._dice.below(100)
        if kind >= 92 and self._fuel > 0:
            return self._spread(place)
        if kind >= 84 and self._fuel > 0:
            return self._inline(place)
        if kind >= 78:
            return self._type_name(place)
        return self._field(place)

    def _type_name(self, place: Place) -> str:
        call, key = Call(), self._dice.pick(("__typename", "__typename", "type", "name"))
        entry = Entry(place.type_.name, "__typename", "String!", call)
        key = self._fitting(place.scope, key, entry)
        return f"{_aliased(key, '__typename')}{self._directives()}"

    def _field(self, place: Place) -> str:
        fields = dict(self._selectable(place))
        if not fields:
            return self._type_name(place)
        repeated = self._repeatable(place, fields)
        if repeated and self._dice.chance(15):
            key, entry = self._dice.pick(repeated)
        else:
            key, entry = self._new_entry(place, fields)
        return self._written(place, key, entry, fields[entry.field])

    def _selectable(self, place: Place) -> Iterator[tuple[str, GraphQLField]]:
        """Yields the selectable fields: either leaves, or fields with selections."""
        assert isinstance(place.type_, GraphQLObjectType) or is_interface_type(place.type_)
        plain, deep = {}, {}
        for name, field in place.type_.fields.items():
            # These need existing data sets or words, and have their own tests.
            if place.type_.name == "Query" and name in ("panel", "search"):
                continue
            if is_leaf_type(get_named_type(field.type)):
                plain[name] = field
            elif self._fuel > 0 and place.depth > _depth_of(field):
                deep[name] = field
        if plain and deep:
            # The history of any record costs as much as seven queries.
            often = 15 if place.type_ is RECORD else 60
            return iter((deep if self._dice.chance(often) else plain).items())
        return iter((deep or plain).items())

    def _repeatable(self, place: Place, fields: dict[str, GraphQLField]) -> list[tuple[str, Entry]]:
        """Returns the selected fields that can be selected again, with other fields below."""
        return [
            (key, entry)
            for key, entries in place.scope.entries.items()
            for entry in entries
            if entry.parent == place.type_.name and entry.field in fields
        ]

    def _new_entry(self, place: Place, fields: dict[str, GraphQLField]) -> tuple[str, Entry]:
        # Connections and positions have the most complex code.
        paged = [
            name
            for name, field in fields.items()
            if {"after", "until"} & field.args.keys() or name in SELDOM
        ]
        name = self._dice.pick(paged if paged and self._dice.chance(50) else list(fields))
        key = name
        if self._dice.chance(25) and place.type_.name not in UNALIASED:
            key = self._dice.pick(("a", "b", "id", "name", "nodes", "key_1", name))
        field = fields[name]
        known = place.scope.entry(key, place.type_.name)
        if known and known.field == name:
            return key, known
        entry = Entry(place.type_.name, name, str(field.type), self._call(place, field))
        return self._fitting(place.scope, key, entry), entry

    def _call(self, place: Place, field: GraphQLField) -> Call:
        if not field.args:
            return Call()
        room = min(PATH_LIMIT, TOTAL_LIMIT - self._cost) // place.records_above
        return self._arguments.call(field, max(room, 1))

    def _fitting(self, scope: Scope, key: str, entry: Entry) -> str:
        """Returns the key, or an unused one if the key is taken by another field."""
        if not scope.fits(key, entry):
            key = self._name("k")
        scope.add(key, entry)
        return key

    def _name(self, prefix: str) -> str:
        self._names += 1
        return f"{prefix}{self._names}"

    def _written(self, place: Place, key: str, entry: Entry, field: GraphQLField) -> str:
        self._writer.usage.add(entry.call.usage)
        text = f"{_aliased(key, entry.field)}{entry.call.text}{self._directives()}"
        named = get_named_type(field.type)
        if is_leaf_type(named):
            return text
        records = place.records_above * max(entry.call.size, 1)
        self._cost += records
        depth = place.depth - _depth_of(field)
        return f"{text} {self._selection_set(Place(named, place.scope.child(key), depth, records))}"

    def _directives(self) -> str:
        texts = [
            f" @{name}(if: {self._writer.flag()})"
            for name in ("include", "skip")
            if self._dice.chance(5)
        ]
        return "".join(texts)

    # --- fragments ------------------------------------------------------------------------------

    def _inline(self, place: Place) -> str:
        type_ = self._condition(place.type_)
        is_named = type_ is not place.type_ or self._dice.chance(50)
        condition = f" on {type_.name}" if is_named else ""
        directives = self._directives()
        return f"...{condition}{directives} {self._selection_set(place.within(type_))}"

    def _condition(self, type_: GraphQLNamedType) -> GraphQLNamedType:
        """Returns a type for a fragment within this type."""
        return self._dice.pick((type_, *_overlapping(type_)))

    def _spread(self, place: Place) -> str:
        known = [each for each in self._fragments.values() if self._may_spread(place, each)]
        if known and self._dice.chance(50):
            fragment = self._dice.pick(known)
            self._cost += fragment.cost
        else:
            fragment = self._new_fragment(place)
        if not place.scope.can_absorb(fragment.scope):
            return self._type_name(place)
        place.scope.absorb(fragment.scope)
        self._writer.usage.fragments.add(fragment.name)
        return f"...{fragment.name}{self._directives()}"

    def _may_spread(self, place: Place, fragment: Fragment) -> bool:
        names = {place.type_.name, *(each.name for each in _overlapping(place.type_))}
        return (
            fragment.type_name in names
            and fragment.depth <= place.depth
            and fragment.records_above >= place.records_above
            and self._cost + fragment.cost <= TOTAL_LIMIT
        )

    def _new_fragment(self, place: Place) -> Fragment:
        """Returns a new fragment with its own scope. It can be spread when it is complete."""
        type_, scope = self._condition(place.type_), Scope()
        outer, self._writer.usage = self._writer.usage, Usage()
        cost = self._cost
        body = self._selection_set(Place(type_, scope, place.depth, place.records_above))
        usage, self._writer.usage = self._writer.usage, outer
        fragment = Fragment(
            self._name("F"),
            type_.name,
            body,
            usage,
            scope,
            place.depth,
            place.records_above,
            self._cost - cost,
        )
        self._fragments[fragment.name] = fragment
        return fragment


def _depth_of(field: GraphQLField) -> int:
    """Returns 1 for fields of records and changes; connections and edges do not count."""
    named = get_named_type(field.type)
    return int(named in NODES or named.name == "SupportKindInfo")


def _overlapping(type_: GraphQLNamedType) -> list[GraphQLNamedType]:
    """Returns the types that overlap with this one through an interface."""
    if type_ not in NODES:
        return []
    return [each for each in NODES if do_types_overlap(SCHEMA, type_, each)]


def _is_flat(type_: GraphQLNamedType) -> bool:
    """Whether a type has only leaves, or little else."""
    if type_.name in SELDOM:
        return True
    fields = getattr(type_, "fields", {}).values()
    return all(is_leaf_type(get_named_type(field.type)) for field in fields)


def _aliased(key: str, field: str) -> str:
    return field if key == field else f"{key}: {field}"
