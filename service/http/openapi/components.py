"""The components of the OpenAPI document: records, parameters, headers, references."""

from collections.abc import Iterable

from schema.concepts import CONCEPTS, Attribute, Concept, Group, Member, Owned, ToOne
from service.http.openapi.values import CURSOR_PATTERN, MOMENT_PATTERN, Json, value_schema


def parameter(name: str, description: str, schema: Json) -> Json:
    """A parameter of the query string."""
    return {"name": name, "in": "query", "description": description, "schema": schema}


AS_OF = parameter(
    "asOf",
    "Read the data as of an earlier revision: its number, or a time in the past (RFC 3339).",
    {"type": "string", "pattern": MOMENT_PATTERN, "examples": ["1", "2026-11-01T00:00:00Z"]},
)

AS_OF_HEADER: Json = {
    "name": "AllyGraph-As-Of",
    "in": "header",
    "description": "The same as `asOf`, for clients that set it for all requests. If a request has "
    "both, they must name the same revision.",
    "schema": AS_OF["schema"],
}

REVISION: Json = {
    "type": "integer",
    "description": "Number of the revision that the response was read from.",
}

CURSOR: Json = {"type": "string", "pattern": CURSOR_PATTERN}

REVISION_HEADER: Json = {
    "AllyGraph-Revision": {
        "description": "Number of the revision that the response was read from.",
        "required": True,
        "schema": {"type": "integer", "minimum": 0},
    }
}
READ_HEADERS: Json = REVISION_HEADER | {
    "AllyGraph-As-Of": {
        "description": "Number of the revision that the request named by `asOf` or by the header "
        "AllyGraph-As-Of. Omitted if it named none.",
        "required": False,
        "schema": {"type": "integer", "minimum": 0},
    }
}
TAG_HEADER: Json = {
    "ETag": {
        "description": "Entity tag. Send it as If-None-Match to revalidate a cached copy.",
        "required": True,
        "schema": {"type": "string"},
    }
}
LINK_HEADER: Json = {
    "Link": {
        "description": "Links to the first, next and previous page (RFC 8288).",
        "required": True,
        "schema": {"type": "string"},
    }
}
NOT_MODIFIED: Json = {
    "description": "Not modified: the cached copy of the client is current.",
    "headers": TAG_HEADER | READ_HEADERS,
}
IF_NONE_MATCH: Json = {
    "name": "If-None-Match",
    "in": "header",
    "description": "Entity tags of cached responses. If one of them is current, the status is 304.",
    "schema": {"type": "string"},
}


def record_schema(concept: Concept) -> Json:
    """The schema of a record, with the fields that a response has by default."""
    own = (m for m in concept.members.values() if isinstance(m, Attribute | Group | Owned | ToOne))
    # `fields` can omit any of them.
    return object_of({m.name: _schema(m) for m in own}, concept.description) | {"required": []}


def _schema(member: Member) -> Json:
    match member:
        case Attribute():
            return _attribute(member)
        case Group(attributes=attributes):
            return nullable(_attributes(attributes.values(), member.description))
        case Owned(attributes=attributes, value=value):
            item = (
                _attribute(value)
                if value
                else _attributes(attributes.values(), member.item_description)
            )
            return {"type": "array", "items": item, "description": member.description}
        case ToOne(target=target):
            end = _attributes(reference_attributes(CONCEPTS[target]), member.description)
            return nullable(end) if member.nullable else end
    raise TypeError(f"{member.name} is not part of a response by default.")


def _attributes(attributes: Iterable[Attribute], description: str) -> Json:
    return object_of({a.name: _attribute(a) for a in attributes}, description) | {"required": []}


def _attribute(attribute: Attribute) -> Json:
    schema = value_schema(attribute.meaning) | {"description": attribute.meaning.description}
    return nullable(schema) if attribute.nullable else schema


def nullable(schema: Json) -> Json:
    """The same schema, or null."""
    made = schema | {"type": [schema["type"], "null"]}
    return made | {"enum": [*schema["enum"], None]} if "enum" in schema else made


def object_of(properties: Json, description: str) -> Json:
    """The schema of an object that has all of these properties."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
    }


def reference_attributes(concept: Concept) -> list[Attribute]:
    """The attributes that a response has of a referenced record."""
    return [concept.attribute(name) for name in concept.reference]


def reference_to(name: str) -> Json:
    """A reference to a shared schema."""
    return {"$ref": f"#/components/schemas/{name}"}
