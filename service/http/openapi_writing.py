"""Writes in the OpenAPI document: what they take is derived from the inputs GraphQL has too."""

from collections.abc import Iterator
from typing import Any

from schema.concepts import COLLECTIONS, WRITABLE_COLLECTIONS, Concept
from schema.inputs import INPUTS, Input, InputField, input_name
from schema.rules import Code
from service.http.openapi_parts import (
    Json,
    nullable,
    object_of,
    parameter,
    record_schema,
    reference_to,
    value_schema,
)
from service.http.problems import MEDIA_TYPE, WITH_ERRORS
from service.http.rest_writing import MERGED, PATCH_TYPES

_MERGE = "MergeActorsInput"
_REFUSED = "RefusedWrite"
_EDITOR: list[Json] = [{"token": []}]

_REVISION = {"description": "The revision that holds it", "schema": {"type": "integer"}}
_LOCATION = {"description": "Where it is now", "schema": {"type": "string"}}
_TAG = {"description": "Give as If-Match", "schema": {"type": "string"}}

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
    "schema": {"type": "string"},
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
    made = "RecordStatementInput" if concept.name == "Statement" else input_name("create", concept)
    created = _record(concept, "Created", {"Location": _LOCATION})
    return _operation(
        f"create_{name}",
        name,
        f"Create a {concept.name}",
        {"201": created, "415": _problem("Not application/json")},
        parameters=[_MESSAGE, _FIELDS, _IDEMPOTENCY_KEY],
        requestBody=_body(("application/json",), made),
    )


def _update(name: str, concept: Concept) -> Json:
    return _operation(
        f"update_{name}",
        name,
        f"Change a {concept.name}: only the fields that are given (RFC 7396)",
        {
            "200": _record(concept, "Changed"),
            "404": _problem("There is none"),
            "412": _refused("It has changed meanwhile"),
            "415": _problem(f"Neither {' nor '.join(PATCH_TYPES)}"),
        },
        parameters=[_key(concept), _MESSAGE, _FIELDS, _IF_MATCH, _IDEMPOTENCY_KEY],
        requestBody=_body(PATCH_TYPES, input_name("update", concept)),
    )


def _delete(name: str, concept: Concept) -> Json:
    gone = {"description": "Removed", "headers": {"AllyGraph-Revision": _REVISION}}
    return _operation(
        f"delete_{name}",
        name,
        f"Remove a {concept.name} that nothing refers to",
        {
            "204": gone,
            "404": _problem("There is none"),
            "412": _refused("It has changed meanwhile"),
        },
        parameters=[_key(concept), _MESSAGE, _IF_MATCH, _IDEMPOTENCY_KEY],
    )


def _merge(actor: Concept) -> Json:
    return _operation(
        "merge_actors",
        "actors",
        "Make one actor of several that are the same",
        {
            "200": _record(actor, "The actor that all of them are now"),
            "404": _problem("There is none"),
            "415": _problem("Not application/json"),
        },
        parameters=[_key(actor), _MESSAGE, _FIELDS, _IDEMPOTENCY_KEY],
        requestBody=_body(("application/json",), _MERGE),
    )


def _operation(name: str, tag: str, summary: str, responses: Json, **more: Any) -> Json:
    every = {
        "400": _problem("Not JSON, or a bad parameter"),
        "401": _problem("No valid token"),
        "403": _problem("Not an editor's token"),
        "413": _problem("The body is too long"),
        "422": _refused("Not a record that can be kept"),
    }
    return {
        "operationId": name,
        "tags": [tag],
        "summary": summary,
        "security": _EDITOR,
        "responses": dict(sorted((responses | every).items())),
    } | more


def _record(concept: Concept, description: str, headers: Json | None = None) -> Json:
    return {
        "description": description,
        "headers": {"AllyGraph-Revision": _REVISION, "ETag": _TAG} | (headers or {}),
        "content": {"application/json": {"schema": reference_to(concept.name)}},
    }


def _problem(description: str, schema: str = "Problem") -> Json:
    return {"description": description, "content": {MEDIA_TYPE: {"schema": reference_to(schema)}}}


def _refused(description: str) -> Json:
    return _problem(description, _REFUSED)


def _body(media_types: tuple[str, ...], schema: str) -> Json:
    content = {each: {"schema": reference_to(schema)} for each in media_types}
    return {"required": True, "content": content}


def _key(concept: Concept) -> Json:
    how = "id or slug" if "slug" in concept.members else "id"
    key = {"name": "key", "in": "path", "required": True, "description": f"Its {how}"}
    return key | {"schema": {"type": "string"}}


_OWN_ID: Json = {"type": "string", "description": "If it is there, the record's own id."}
_MESSAGE = parameter("message", "What the revision changes, in a sentence", {"type": "string"})
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
        changes = INPUTS[input_name("update", concept)]
        yield changes.name, _input(changes, id=_OWN_ID)
    others = {"type": "array", "items": reference_to("ActorReference"), "minItems": 1}
    yield _MERGE, object_of({MERGED: others}, "The actors that become part of the one addressed.")
    yield _REFUSED, _refused_write()


def _input(made: Input, **more: Json) -> Json:
    required = [field.name for field in made.fields if field.is_required]
    properties = {field.name: _field(field) for field in made.fields}
    return object_of(more | properties, made.description) | {
        "required": required,
        "additionalProperties": False,
    }


def _field(field: InputField) -> Json:
    if isinstance(field.type, str):
        schema = reference_to(field.type)
    else:
        schema = value_schema(field.type)
        if field.type.limit is not None:
            schema["maxLength"] = field.type.limit
    if field.is_list:
        schema = {"type": "array", "items": schema}
    if field.default is not None:
        schema["default"] = field.default
    elif not field.is_required:
        schema = _or_null(schema)
    return schema | {"description": field.description}


def _or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]} if "$ref" in schema else nullable(schema)


def _reference(made: Input) -> Json:
    """As GraphQL takes it, or shorter: as a text, or as answers tell of a record."""
    own = {field.name: _field(field) for field in made.fields}
    known = {name: schema for name, schema in own.items() if name != "id"}
    texts = " or ".join(name for name in own if name in ("id", "slug"))
    one = object_of(known, "Exactly one of these.") | {"minProperties": 1, "maxProperties": 1}
    return {
        "description": made.description,
        "anyOf": [
            {"type": "string", "description": f"Its {texts}."},
            object_of({"id": {"type": "string"}}, "Its id; whatever else is there is not read."),
            one | {"required": [], "additionalProperties": False},
        ],
    }


def _refused_write() -> Json:
    error = object_of(
        {
            "path": {"type": "array", "items": {"type": "string"}},
            "code": {"type": "string", "enum": [code.value for code in Code]},
            "message": {"type": "string"},
        },
        "One thing wrong with what was sent, and where in it.",
    )
    errors = object_of({WITH_ERRORS: {"type": "array", "items": error}}, "What can be mended.")
    return {"description": "A refused write.", "allOf": [reference_to("Problem"), errors]}
