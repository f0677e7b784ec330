"""The components of the OpenAPI document: records, the objects within them, headers."""

from collections.abc import Iterable, Iterator

from schema.concepts import CONCEPTS, Attribute, Concept, Group, Member, Owned, ToOne
from schema.nouns import capitalised
from schema.records.columns import Meaning
from schema.writing.drafts import LIST_MOST
from service.http.openapi.values import COUNT, Json, reference_to, value_schema


def count(description: str) -> Json:
    """The schema of a number of records, or of the number of a revision."""
    return COUNT | {"description": description}


REVISION = count("Number of the revision that the response was read from.")

REVISION_HEADER: Json = {
    "AllyGraph-Revision": {
        "description": "Number of the revision that the response was read from.",
        "required": True,
        "schema": COUNT,
    }
}
READ_HEADERS: Json = REVISION_HEADER | {
    "AllyGraph-As-Of": {
        "description": "Number of the revision that the request named by `asOf` or by the header "
        "AllyGraph-As-Of. Omitted if it named none.",
        "required": False,
        "schema": COUNT,
    }
}
TAG_HEADER: Json = {
    "ETag": {
        "description": "Entity tag. Send it as If-None-Match to revalidate a cached copy.",
        "required": True,
        "schema": {"type": "string"},
    }
}


def _link_header(description: str, *, is_required: bool = True) -> Json:
    text = {"type": "string"}
    return {"Link": {"description": description, "required": is_required, "schema": text}}


_PAGES = "Links to the first, next and previous page (RFC 8288)"
_CITING = "`cite-as`: the address that gives the same again (RFC 8574); `describedby`: its citation"
_SHORT = "Omitted for long addresses"
LINK_HEADER = _link_header(f"{_PAGES}.")
CITED_LINK_HEADER = _link_header(f"{_PAGES}; {_CITING}. {_SHORT}: the last two.")
CITATION_HEADER = _link_header(f"{_CITING}. {_SHORT}.", is_required=False)
FILE_HEADERS: Json = _link_header(f"{_CITING}.") | {
    "Content-Disposition": {
        "description": "Name of the file.",
        "required": True,
        "schema": {"type": "string"},
    },
}
NOT_MODIFIED: Json = {
    "description": "Not modified: the cached copy of the client is current.",
    "headers": TAG_HEADER | READ_HEADERS,
}


def record_schema(concept: Concept) -> Json:
    """The schema of a record, with the fields that a response has by default."""
    own = (m for m in concept.members.values() if isinstance(m, Attribute | Group | Owned | ToOne))
    # No property is required, because `fields` can omit any of them.
    return object_of({m.name: _schema(m) for m in own}, concept.description) | {"required": []}


def _schema(member: Member) -> Json:
    match member:
        case Attribute():
            return _attribute(member)
        case Group(type_name=name, description=description):
            return nullable(reference_to(name) | {"description": description})
        case Owned(type_name=name, value=value, description=description):
            item = _attribute(value) if value else reference_to(name)
            return list_of(item, LIST_MOST, description)
        case ToOne(target=target, description=description):
            end = reference_to(linked_name(CONCEPTS[target])) | {"description": description}
            return nullable(end) if member.nullable else end
    raise TypeError(f"{member.name} is not part of a response by default.")


def linked_name(concept: Concept) -> str:
    """The name of the schema of a concept's records at the other end of a relation."""
    return f"Linked{concept.name}"


def nested_schemas() -> Iterator[tuple[str, Json]]:
    """The schemas of the objects within records, and of records at the end of a relation."""
    for concept in CONCEPTS.values():
        for member in concept.members.values():
            match member:
                case Group(type_name=name, attributes=attributes, description=description):
                    yield name, _attributes(attributes.values(), description)
                case Owned(type_name=name, attributes=attributes, value=None):
                    yield name, _attributes(attributes.values(), member.item_description)
                case ToOne(target=target):
                    yield linked_name(CONCEPTS[target]), _linked(CONCEPTS[target])


def _linked(concept: Concept) -> Json:
    text = f"{capitalised(concept.indefinite_noun)} that a record refers to."
    return _attributes(reference_attributes(concept), text)


def all_meanings() -> Iterator[Meaning]:
    """The description of every value that a response can have."""
    for concept in CONCEPTS.values():
        for member in concept.members.values():
            match member:
                case Attribute(meaning=meaning):
                    yield meaning
                case Group(attributes=attributes) | Owned(attributes=attributes):
                    yield from (attribute.meaning for attribute in attributes.values())


def _attributes(attributes: Iterable[Attribute], description: str) -> Json:
    return object_of({a.name: _attribute(a) for a in attributes}, description) | {"required": []}


def _attribute(attribute: Attribute) -> Json:
    schema = value_schema(attribute.meaning) | {"description": attribute.meaning.description}
    return nullable(schema) if attribute.nullable else schema


def nullable(schema: Json) -> Json:
    """The schema, or null."""
    if "$ref" not in schema:
        return schema | {"type": [schema["type"], "null"]}
    others = {name: value for name, value in schema.items() if name != "$ref"}
    return {"anyOf": [{"$ref": schema["$ref"]}, {"type": "null"}]} | others


def list_of(item: Json, most: int, description: str) -> Json:
    """The schema of a list with a maximum number of items."""
    return {"type": "array", "items": item, "maxItems": most, "description": description}


def object_of(properties: Json, description: str) -> Json:
    """The schema of an object that requires all of these properties."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
    }


def reference_attributes(concept: Concept) -> list[Attribute]:
    """The attributes of a referenced record in a response."""
    return [concept.attribute(name) for name in concept.reference]
