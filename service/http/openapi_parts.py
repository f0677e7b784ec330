"""What the parts of the OpenAPI document are made of: values, records, references, problems."""

from collections.abc import Iterable, Mapping
from typing import Any

from schema.concepts import CONCEPTS, Attribute, Concept, Group, Member, Owned, ToOne
from schema.records.columns import Meaning, Scalar
from service.http.problems import MEDIA_TYPE
from service.planning.resource import REFERENCE

Json = dict[str, Any]

_TYPES: Mapping[Scalar, Json] = {
    Scalar.INTEGER: {"type": "integer"},
    Scalar.BOOLEAN: {"type": "boolean"},
    Scalar.DATE: {"type": "string", "examples": ["2024", "2024-10", "2024-10-28"]},
    Scalar.DECIMAL: {"type": "string", "examples": ["40000000000", "12.5"]},
    Scalar.TIME: {"type": "string", "format": "date-time"},
}


def problem_response(description: str) -> Json:
    """An answer that is a problem document."""
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {"description": description, "content": {MEDIA_TYPE: problem}}


def parameter(name: str, description: str, schema: Json) -> Json:
    """A parameter of the query string."""
    return {"name": name, "in": "query", "description": description, "schema": schema}


AS_OF = parameter(
    "asOf",
    "Ask about the data as it stood then: a revision's number, or a time that is past (RFC 3339)",
    {"type": "string", "examples": ["1", "2026-11-01T00:00:00Z"]},
)

REVISION_HEADER: Json = {
    "AllyGraph-Revision": {
        "description": "The revision that the answer was read from",
        "schema": {"type": "integer"},
    }
}


def record_schema(concept: Concept) -> Json:
    """A record as it is answered unasked."""
    own = (m for m in concept.members.values() if isinstance(m, Attribute | Group | Owned | ToOne))
    # `fields` may leave any of them out.
    return object_of({m.name: _schema(m) for m in own}, concept.description) | {"required": []}


def _schema(member: Member) -> Json:
    match member:
        case Attribute():
            return _attribute(member)
        case Group(attributes=attributes):
            return nullable(_attributes(attributes.values(), member.description))
        case Owned(attributes=attributes, value=value):
            item = _attribute(value) if value else _attributes(attributes.values(), "")
            return {"type": "array", "items": item, "description": member.description}
        case ToOne(target=target):
            end = _attributes(reference_attributes(CONCEPTS[target]), member.description)
            return nullable(end) if member.nullable else end
    raise TypeError(f"{member.name} is not told by default.")


def _attributes(attributes: Iterable[Attribute], description: str) -> Json:
    return object_of({a.name: _attribute(a) for a in attributes}, description) | {"required": []}


def _attribute(attribute: Attribute) -> Json:
    schema = value_schema(attribute.meaning) | {"description": attribute.meaning.description}
    return nullable(schema) if attribute.nullable else schema


def value_schema(meaning: Meaning) -> Json:
    """A plain value."""
    if meaning.vocabulary:
        return {"type": "string", "enum": list(meaning.vocabulary.codes)}
    return dict(_TYPES.get(meaning.scalar, {"type": "string"}))


def nullable(schema: Json) -> Json:
    """The same, which can be unknown."""
    made = schema | {"type": [schema["type"], "null"]}
    return made | {"enum": [*schema["enum"], None]} if "enum" in schema else made


def object_of(properties: Json, description: str) -> Json:
    """An object with all of these properties."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
    }


def reference_attributes(concept: Concept) -> list[Attribute]:
    """What is told of a record that another one refers to."""
    return [attribute for attribute in concept.attributes if attribute.name in REFERENCE]


def reference_to(name: str) -> Json:
    """A schema that is described once for all."""
    return {"$ref": f"#/components/schemas/{name}"}
