"""Writes in the OpenAPI document: what they take is derived from the inputs GraphQL has too."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from schema.concepts import COLLECTIONS, CONCEPTS, WRITABLE_COLLECTIONS, Concept
from schema.inputs import INPUTS, Input, InputField, input_name
from service.http.openapi.components import (
    REVISION_HEADER,
    nullable,
    object_of,
    parameter,
    record_schema,
    reference_to,
)
from service.http.openapi.links import ITS_OWN, member_links
from service.http.openapi.problems import REFUSED_WRITE, refused_write, write_may_fail
from service.http.openapi.values import NAME_SCHEMA, Json, written_schema
from service.http.rest.writing import MERGED, PATCH_TYPES
from service.writing.references import NEW

_MERGE = "MergeActorsInput"
_KNOWN_ACTOR = "ActorBy"
_EDITOR: list[Json] = [{"token": []}]

_LOCATION = {"description": "Where it is now", "required": True, "schema": {"type": "string"}}
_TAG = {"description": "Give as If-Match", "required": True, "schema": {"type": "string"}}

_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "description": "The ETag of the record as it was read: refused if it has changed since.",
    "schema": {"type": "string"},
}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "A text of your own: a write that comes again with it is not done again.",
    # Printable ASCII, and no blank at an end, where none is told from the header's own.
    "schema": {"type": "string", "pattern": "^[!-~]([ -~]{0,198}[!-~])?$"},
}


def add_writing_paths(paths: Json) -> None:
    """Puts the methods that write beside those that read."""
    for name, concept in WRITABLE_COLLECTIONS.items():
        collection = paths.setdefault(f"/api/v1/{name}", {})
        collection["post"] = _create(name, concept)
        member = paths.setdefault(f"/api/v1/{name}/{{key}}", {})
        member |= {"patch": _update(name, concept), "delete": _delete(name, concept)}
    paths[f"/api/v1/actors/{{key}}/{MERGED}"] = {"post": _merge(WRITABLE_COLLECTIONS["actors"])}


# --- operations ---------------------------------------------------------------------------------


def _create(name: str, concept: Concept) -> Json:
    recorded = input_name("record", concept)
    made = recorded if recorded in INPUTS else input_name("create", concept)
    created = _record(concept, "Created", {"Location": _LOCATION})
    return _operation(
        f"create_{name}",
        name,
        f"Create a {concept.name}",
        {"201": created | {"links": member_links(name, concept, ITS_OWN)}} | write_may_fail("415"),
        parameters=[_MESSAGE, _FIELDS, _IDEMPOTENCY_KEY],
        requestBody=_body(("application/json",), made),
    )


def _update(name: str, concept: Concept) -> Json:
    return _operation(
        f"update_{name}",
        name,
        f"Change a {concept.name}: only the fields that are given (RFC 7396)",
        {"200": _record(concept, "Changed")} | write_may_fail("404", "412", "415"),
        parameters=[_key(concept), _MESSAGE, _FIELDS, _IF_MATCH, _IDEMPOTENCY_KEY],
        requestBody=_body(PATCH_TYPES, input_name("update", concept)),
    )


def _delete(name: str, concept: Concept) -> Json:
    gone = {"description": "Removed", "headers": REVISION_HEADER}
    return _operation(
        f"delete_{name}",
        name,
        f"Remove a {concept.name} that nothing refers to",
        {"204": gone} | write_may_fail("404", "412"),
        parameters=[_key(concept), _MESSAGE, _IF_MATCH, _IDEMPOTENCY_KEY],
    )


def _merge(actor: Concept) -> Json:
    return _operation(
        "merge_actors",
        "actors",
        "Make one actor of several that are the same",
        {"200": _record(actor, "The actor that all of them are now")}
        | write_may_fail("404", "415"),
        parameters=[_key(actor), _MESSAGE, _FIELDS, _IDEMPOTENCY_KEY],
        requestBody=_body(("application/json",), _MERGE),
    )


def _operation(name: str, tag: str, summary: str, responses: Json, **more: Any) -> Json:
    return {
        "operationId": name,
        "tags": [tag],
        "summary": summary,
        "security": _EDITOR,
        "responses": responses,
    } | more


def _record(concept: Concept, description: str, headers: Json | None = None) -> Json:
    return {
        "description": description,
        "headers": REVISION_HEADER | {"ETag": _TAG} | (headers or {}),
        "content": {"application/json": {"schema": reference_to(concept.name)}},
    }


def _body(media_types: tuple[str, ...], schema: str) -> Json:
    content = {each: {"schema": reference_to(schema)} for each in media_types}
    return {"required": True, "content": content}


def _key(concept: Concept) -> Json:
    how = "id or slug" if concept.has_slug else "id"
    key = {"name": "key", "in": "path", "required": True, "description": f"Its {how}"}
    return key | {"schema": {"type": "string"}}


_OWN_ID: Json = {"type": "string", "description": "If it is there, the record's own id."}
_MESSAGE = parameter(
    "message",
    "What the revision changes, in a sentence",
    written_schema("message", CONCEPTS["Revision"].attribute("message").meaning),
)
_FIELDS = parameter("fields", "The fields to answer with, as for GET", {"type": "string"})


# --- schemas ------------------------------------------------------------------------------------


def writing_schemas() -> Iterator[tuple[str, Json]]:
    """Every object that is sent; the records without a collection; and why a write is refused."""
    for concept in WRITABLE_COLLECTIONS.values():
        if concept not in COLLECTIONS.values():
            yield concept.name, record_schema(concept)
    for made in INPUTS.values():
        yield made.name, _reference(made) if made.is_one_of else _input(made)
    for concept in WRITABLE_COLLECTIONS.values():
        new, changes = (INPUTS[input_name(verb, concept)] for verb in ("create", "update"))
        known = {field.name for field in new.fields if not _may_be_null(field)}
        yield changes.name, _input(changes, known, id=_OWN_ID)
    # A new one is nothing to be merged.
    actor = INPUTS["ActorReference"]
    ways = tuple(field for field in actor.fields if field.name != NEW)
    yield _KNOWN_ACTOR, _reference(replace(actor, fields=ways))
    others = {"type": "array", "items": reference_to(_KNOWN_ACTOR), "minItems": 1}
    merge = object_of({MERGED: others}, "The actors that become part of the one addressed.")
    yield _MERGE, merge | {"additionalProperties": False}
    yield REFUSED_WRITE, refused_write()


def _input(made: Input, known: Collection[str] = (), **more: Json) -> Json:
    """`known`: fields that may be left out, but are never null."""
    required = [field.name for field in made.fields if field.is_required]
    properties = {
        field.name: _or_null(_field(field)) if _may_be_null(field, known) else _field(field)
        for field in made.fields
    }
    return object_of(more | properties, made.description) | {
        "required": required,
        "additionalProperties": False,
    }


def _may_be_null(field: InputField, known: Collection[str] = ()) -> bool:
    return not field.is_required and field.default is None and field.name not in known


def _field(field: InputField) -> Json:
    """What it may be, unless it is null."""
    if isinstance(field.type, str):
        schema = reference_to(field.type)
    else:
        schema = written_schema(field.name, field.type)
    if field.is_list:
        schema = {"type": "array", "items": schema}
    if field.default is not None:
        schema["default"] = field.default
    return schema | {"description": field.description}


def _or_null(schema: Json) -> Json:
    if "$ref" not in schema:
        return nullable(schema)
    told = {"description": schema["description"]}
    return {"anyOf": [{"$ref": schema["$ref"]}, {"type": "null"}]} | told


def _reference(made: Input) -> Json:
    """As GraphQL takes it, or shorter: as a text, or as answers tell of a record."""
    own = {field.name: _field(field) for field in made.fields}
    known = {name: schema for name, schema in own.items() if name != "id"}
    texts = " or ".join(name for name in own if name in ("id", "slug"))
    one = object_of(known, "Exactly one of these.") | {"minProperties": 1, "maxProperties": 1}
    return {
        "description": made.description,
        "anyOf": [
            NAME_SCHEMA | {"description": f"Its {texts}."},
            object_of({"id": NAME_SCHEMA}, "Its id; whatever else is there is not read."),
            one | {"required": [], "additionalProperties": False},
        ],
    }
