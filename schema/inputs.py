"""The input objects of writes, derived from the concepts.

GraphQL's input types and REST's request bodies are both derived from these.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from schema.concepts import (
    COLLECTIONS,
    COMPONENTS,
    CONCEPTS,
    Attribute,
    Concept,
    Group,
    Member,
    Owned,
    ToMany,
    ToOne,
)
from schema.nouns import capitalised
from schema.records.columns import Meaning, Scalar
from schema.rules import default_of


@dataclass(frozen=True)
class InputField:
    """One field of an input object. `type` is the meaning of a plain value, or an input's name.

    A field with a `default` may be omitted, but must not be null.
    """

    name: str
    description: str
    type: Meaning | str
    is_list: bool = False
    is_required: bool = False
    default: Any = None


@dataclass(frozen=True)
class Input:
    """An input object. `is_one_of`: exactly one of its fields must be set."""

    name: str
    description: str
    fields: tuple[InputField, ...]
    is_one_of: bool = False


def input_name(verb: str, concept: Concept) -> str:
    """The name of an input type, such as `CreateActorInput`."""
    return f"{verb.capitalize()}{concept.name}Input"


def _inputs() -> Iterator[Input]:
    for concept in COLLECTIONS.values():
        yield from _of_record(concept)
    yield from _joined()
    for concept in _referred():
        name = _reference_name(concept.name)
        description = f"Reference to {concept.indefinite_noun}. Set exactly one field."
        yield Input(name, description, tuple(_ways_to_name(concept)), is_one_of=True)
    for concept in COLLECTIONS.values():
        yield from _plain_objects(concept)
        yield from _identifiers(concept)


# --- records ------------------------------------------------------------------------------------


def _of_record(concept: Concept) -> Iterator[Input]:
    fields = _fields(concept)
    yield Input(
        input_name("create", concept),
        f"Fields of a new {concept.noun}.",
        (*fields, *_components(concept)),
    )
    yield Input(
        input_name("update", concept),
        f"Changes to {concept.indefinite_noun}. An omitted field keeps its value; null clears it.",
        tuple(replace(field, is_required=False, default=None) for field in fields),
    )


def _fields(concept: Concept) -> tuple[InputField, ...]:
    """The fields of a new record."""
    return tuple(field for member in concept.members.values() for field in _field(member))


def _field(member: Member) -> Iterator[InputField]:
    """Yields the field of a member; none for ids and for members written with other records."""
    match member:
        case Attribute(name, _, meaning) if meaning.scalar is not Scalar.ID:
            yield _value(member)
        case Group(name, description, _):
            yield InputField(name, description, f"{member.type_name}Input")
        case ToOne(name, _, target, description):
            reference = _reference_name(target)
            yield InputField(name, description, reference, is_required=not member.nullable)
        case ToMany(name, target, description=description, is_part=True):
            yield InputField(name, description, _reference_name(target), is_list=True)
        case Owned(name, type_name, value=value, description=description):
            item = value.meaning if value else f"{type_name}Input"
            yield InputField(name, description, item, is_list=True)


def _value(attribute: Attribute) -> InputField:
    meaning, default = attribute.meaning, default_of(attribute.column)
    required = not attribute.nullable and default is None
    return InputField(
        attribute.name, meaning.description, meaning, is_required=required, default=default
    )


def _plain_objects(concept: Concept) -> Iterator[Input]:
    """The inputs of the nested objects of a record that have no id."""
    for member in concept.members.values():
        if isinstance(member, Group | Owned) and not getattr(member, "value", None):
            fields = tuple(map(_value, member.attributes.values()))
            description = getattr(member, "item_description", member.description)
            yield Input(f"{member.type_name}Input", description, fields)


# Codes pass from one record to another. Without a date, the current or last holder is meant.
_ON = InputField(
    "on",
    "Date on which the record had the code. Default: the latest date on which any record had it.",
    Meaning(Scalar.DATE, "A date."),
)


# --- references ---------------------------------------------------------------------------------


def _reference_name(concept: str) -> str:
    return f"{concept}Reference"


def _referred() -> Iterable[Concept]:
    """Returns the concepts to which writable records refer, without duplicates."""
    members = (m for concept in COLLECTIONS.values() for m in concept.members.values())
    edges = (m for m in members if isinstance(m, ToOne) or (isinstance(m, ToMany) and m.is_part))
    return [CONCEPTS[target] for target in dict.fromkeys(edge.target for edge in edges)]


def _ways_to_name(concept: Concept) -> Iterator[InputField]:
    yield InputField("id", "Id of the record.", concept.id.meaning)
    for attribute in concept.attributes:
        if attribute.column.unique:
            yield InputField(attribute.name, attribute.meaning.description, attribute.meaning)
    yield from _items(concept)
    description = "Fields of the record. An existing record with the same identity is used, if any."
    yield InputField("new", description, input_name("create", concept))


def _items(concept: Concept) -> Iterator[InputField]:
    """The items of lists that identify a record, such as a code."""
    for owned in concept.unique_lists:
        yield InputField(owned.singular, "Code in an external code scheme.", _item_name(owned))


def _item_name(owned: Owned) -> str:
    return f"{owned.type_name}By"


def identifier_name(concept: Concept) -> str:
    """The name of the input that identifies one record in a query, such as `ActorBy`."""
    return f"{concept.name}By"


def _identifiers(concept: Concept) -> Iterator[Input]:
    """Yields the inputs that identify a record with a slug, and an item such as a code."""
    for owned in concept.unique_lists:
        fields = [
            InputField(a.name, a.meaning.description, a.meaning, is_required=True)
            for a in owned.attributes.values()
            if a.column.name in owned.identified_by
        ]
        if owned.is_dated:
            fields.append(_ON)
        yield Input(_item_name(owned), "Code in an external code scheme.", tuple(fields))
    if concept.has_slug and concept.collection.has_lookup:
        fields = [
            InputField("id", "Id of the record.", concept.id.meaning),
            InputField("slug", "Slug of the record.", concept.attribute("slug").meaning),
            *_items(concept),
        ]
        description = f"Identifies {concept.indefinite_noun}. Set exactly one field."
        yield Input(identifier_name(concept), description, tuple(fields), is_one_of=True)


# --- records that are created within the record that they are part of ---------------------------

_CLAIMS = InputField("claims", "Evidence to create with the statement.", "ClaimInput", is_list=True)


def _components(concept: Concept) -> Iterator[InputField]:
    edge = COMPONENTS.get(concept.name)
    if edge:
        yield InputField(edge.name, edge.description, _component_name(concept, edge), is_list=True)


def _component_name(concept: Concept, edge: ToMany) -> str:
    return f"{concept.name}{edge.target}Input"


def _joined() -> Iterator[Input]:
    for name, edge in COMPONENTS.items():
        target = CONCEPTS[edge.target]
        description = f"{capitalised(target.noun)} to create with a new {CONCEPTS[name].noun}."
        fields = _fields_without(target, target.collection.part_of)
        yield Input(_component_name(CONCEPTS[name], edge), description, fields)
    claim = _fields_without(CONCEPTS["Evidence"], "statement")
    recorded = (*_fields(CONCEPTS["Statement"]), _CLAIMS)
    yield Input("ClaimInput", "Evidence to create with a new statement.", claim)
    yield Input("RecordStatementInput", "Fields of a new statement and its evidence.", recorded)


def _fields_without(concept: Concept, edge: str | None) -> tuple[InputField, ...]:
    return tuple(field for field in _fields(concept) if field.name != edge)


INPUTS: Mapping[str, Input] = MappingProxyType({made.name: made for made in _inputs()})
