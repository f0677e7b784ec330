"""What the parts of the OpenAPI document are made of: records, parameters, headers, references."""

from collections.abc import Iterable

from schema.concepts import CONCEPTS, Attribute, Concept, Group, Member, Owned, ToOne
from service.http.openapi.values import CURSOR_PATTERN, MOMENT_PATTERN, Json, value_schema


def parameter(name: str, description: str, schema: Json) -> Json:
    """A parameter of the query string."""
    return {"name": name, "in": "query", "description": description, "schema": schema}


AS_OF = parameter(
    "asOf",
    "Ask about the data as it stood then: a revision's number, or a time that is past (RFC 3339)",
    {"type": "string", "pattern": MOMENT_PATTERN, "examples": ["1", "2026-11-01T00:00:00Z"]},
)

CURSOR: Json = {"type": "string", "pattern": CURSOR_PATTERN}

REVISION_HEADER: Json = {
    "AllyGraph-Revision": {
        "description": "The revision that the answer was read from",
        "required": True,
        "schema": {"type": "integer", "minimum": 0},
    }
}
TAG_HEADER: Json = {
    "ETag": {
        "description": "Give as If-None-Match, to be told whether there is anything new",
        "required": True,
        "schema": {"type": "string"},
    }
}
LINK_HEADER: Json = {
    "Link": {
        "description": "first, next, prev (RFC 8288)",
        "required": True,
        "schema": {"type": "string"},
    }
}
NOT_MODIFIED: Json = {
    "description": "The client has it already",
    "headers": TAG_HEADER | REVISION_HEADER,
}
IF_NONE_MATCH: Json = {
    "name": "If-None-Match",
    "in": "header",
    "description": "ETags of what the client has: where one is still true, the answer is 304.",
    "schema": {"type": "string"},
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
    return [concept.attribute(name) for name in concept.reference]


def reference_to(name: str) -> Json:
    """A schema that is described once for all."""
    return {"$ref": f"#/components/schemas/{name}"}
