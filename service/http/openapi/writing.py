"""Writes in the OpenAPI document. Request bodies are derived from the same inputs as GraphQL's."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from schema.concepts import COLLECTIONS, NODES, Concept
from schema.inputs import INPUTS, Input, InputField, identifier_name, input_name
from schema.rules import Code
from schema.writing.drafts import LIST_MOST, list_tables
from service.engine.rest_writes import KEPT_MOST
from service.http.openapi.components import (
    REVISION_HEADER,
    list_of,
    nullable,
    object_of,
)
from service.http.openapi.links import ITS_OWN, member_links
from service.http.openapi.parameters import member_parameters, refer
from service.http.openapi.problems import (
    INVALID_VALUE,
    REFUSED_WRITE,
    invalid_value,
    refused_write,
    write_may_fail,
)
from service.http.openapi.tokens import NEEDS_TOKEN
from service.http.openapi.values import NAME_SCHEMA, Json, choice, reference_to, written_schema
from service.http.rest.writing import MERGED, PATCH_TYPES
from service.writing.operations.merging import ALLOWED, OTHERS_MOST
from service.writing.references import NEW

_MERGE = "MergeActorsInput"
_KNOWN_ACTOR = "ActorBy"
_DELETED = "DeletedDataset"

_LOCATION = {"description": "URL of the record.", "required": True, "schema": {"type": "string"}}
_TAG = {
    "description": "Entity tag. Send it as If-Match with the next write.",
    "required": True,
    "schema": {"type": "string"},
}


def add_writing_paths(paths: Json) -> None:
    """Adds the methods that write to the paths of the operations that read."""
    for name, concept in COLLECTIONS.items():
        collection = paths.setdefault(f"/api/v1/{name}", {})
        collection["post"] = _create(name, concept)
        member = paths.setdefault(f"/api/v1/{name}/{{key}}", {})
        member |= {"patch": _update(name, concept), "delete": _delete(name, concept)}
    paths[f"/api/v1/actors/{{key}}/{MERGED}"] = {"post": _merge(COLLECTIONS["actors"])}


# --- operations ---------------------------------------------------------------------------------


def created_input(concept: Concept) -> Input:
    """The input of a POST. The input of a statement may include its claims."""
    recorded = INPUTS.get(input_name("record", concept))
    return recorded or INPUTS[input_name("create", concept)]


def _create(name: str, concept: Concept) -> Json:
    made = created_input(concept).name
    created = _record(concept, f"The new {concept.noun}.", {"Location": _LOCATION})
    responses = {"201": created | {"links": member_links(concept, ITS_OWN)}}
    if input_name("record", concept) in INPUTS:
        known = f"The {concept.noun} exists with all that was given, so nothing was written."
        responses["200"] = _record(concept, known, {"Location": _LOCATION})
    return _operation(
        f"create{concept.name}",
        name,
        f"Create {concept.indefinite_noun}",
        f"Creates {concept.indefinite_noun} in a revision of its own, and returns it.",
        responses | write_may_fail("412", "415"),
        parameters=refer("Message", f"{concept.name}Fields", "IdempotencyKey"),
        requestBody=_body(("application/json",), made),
    )


def _update(name: str, concept: Concept) -> Json:
    return _operation(
        f"update{concept.name}",
        name,
        f"Update {concept.indefinite_noun} (JSON Merge Patch, RFC 7396)",
        "Changes the fields that the body has, and clears those that are null there. If that "
        "changes nothing, there is no new revision.",
        {"200": _record(concept, f"The updated {concept.noun}.")}
        | write_may_fail("404", "412", "415"),
        parameters=[
            *member_parameters(concept),
            *refer("Message", "IfMatch", "IfUnmodifiedSince", "IdempotencyKey"),
        ],
        requestBody=_body(PATCH_TYPES, input_name("update", concept)),
    )


def _delete(name: str, concept: Concept) -> Json:
    gone = {"description": f"The {concept.noun} was deleted.", "headers": REVISION_HEADER}
    return _operation(
        f"delete{concept.name}",
        name,
        f"Delete {concept.indefinite_noun} that no other record refers to",
        "Deletes the record. Earlier revisions still have it.",
        {"204": gone} | _kept(concept) | write_may_fail("404", "412"),
        parameters=refer(
            f"{concept.name}Key", "Message", "IfMatch", "IfUnmodifiedSince", "IdempotencyKey"
        ),
    )


def _kept(concept: Concept) -> Json:
    """Returns the response to the deletion of a data set that leaves records.

    The records of a data set are deleted with it, except those that other records refer to.
    """
    if concept.name != "Dataset":
        return {}
    content = {"application/json": {"schema": reference_to(_DELETED)}}
    description = "The data set was deleted; some of its records stay without it."
    return {"200": {"description": description, "headers": REVISION_HEADER, "content": content}}


def _merge(actor: Concept) -> Json:
    return _operation(
        "mergeActors",
        "actors",
        "Merge duplicates of an actor",
        "Moves everything that refers to the duplicates to the actor in the path, and deletes "
        "them. Their ids lead to that actor from then on.",
        {"200": _record(actor, "The actor that was kept.")} | write_may_fail("404", "412", "415"),
        parameters=[
            *member_parameters(actor),
            *refer("Message", "IfMatch", "IfUnmodifiedSince", "IdempotencyKey"),
        ],
        requestBody=_body(("application/json",), _MERGE),
    )


def _operation(
    name: str, tag: str, summary: str, description: str, responses: Json, **more: Any
) -> Json:
    return {
        "operationId": name,
        "tags": [tag],
        "summary": summary,
        "description": description,
        "security": NEEDS_TOKEN,
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


_OWN_ID: Json = {
    "type": "string",
    "description": "Id of the record. Optional; must match the path.",
}

# --- schemas ------------------------------------------------------------------------------------


def writing_schemas() -> Iterator[tuple[str, Json]]:
    """The schemas of request bodies and of rejected writes."""
    # Omits the id, because REST names a record in its URL.
    identifiers = set(map(identifier_name, COLLECTIONS.values()))
    for made in (each for each in INPUTS.values() if each.name not in identifiers):
        yield made.name, _reference(made) if made.is_one_of else input_schema(made)
    for concept in COLLECTIONS.values():
        yield input_name("update", concept), changes_schema(concept, id=_OWN_ID)
    # Omits `new`, because an actor that does not exist cannot be merged.
    actor = INPUTS["ActorReference"]
    ways = tuple(field for field in actor.fields if field.name != NEW)
    yield _KNOWN_ACTOR, _reference(replace(actor, fields=ways))
    others = list_of(reference_to(_KNOWN_ACTOR), OTHERS_MOST, "The duplicates.") | {"minItems": 1}
    allowed = {
        "type": ["boolean", "null"],
        "default": False,
        "description": "Whether actors of other kinds may be merged into the one in the path.",
    }
    merge = object_of(
        {MERGED: others, ALLOWED: allowed}, "Actors to merge into the one in the path."
    )
    yield _MERGE, merge | {"required": [MERGED], "additionalProperties": False}
    kept = list_of({"type": "string"}, KEPT_MOST, "Ids of records that others refer to.")
    deleted = {
        "deletedId": {"type": "string", "description": "Id of the deleted data set."},
        "kept": kept,
        "keptCount": {
            "type": "integer",
            "format": "int64",
            "minimum": 1,
            "maximum": 2**53,
            "description": "How many stay; `kept` may list fewer.",
        },
    }
    yield _DELETED, object_of(deleted, "A data set that was deleted, and what stays without it.")
    yield REFUSED_WRITE, refused_write()
    yield INVALID_VALUE, invalid_value()
    yield (
        "ProblemCode",
        choice("What is wrong with a value.", {code.value: code.description for code in Code}),
    )


def changes_schema(concept: Concept, **more: Json) -> Json:
    """The schema of changes to a record, all optional. `more`: additional properties."""
    new, changes = (INPUTS[input_name(verb, concept)] for verb in ("create", "update"))
    known = {field.name for field in new.fields if not _may_be_null(field)}
    return input_schema(changes, known, **more)


def input_schema(made: Input, known: Collection[str] = (), **more: Json) -> Json:
    """The schema of an input. `known`: fields that may be omitted, but must not be null."""
    required = [field.name for field in made.fields if field.is_required]
    properties = {
        field.name: nullable(_field(field)) if _may_be_null(field, known) else _field(field)
        for field in made.fields
    }
    return object_of(more | properties, made.description) | {
        "required": required,
        "additionalProperties": False,
    }


def _may_be_null(field: InputField, known: Collection[str] = ()) -> bool:
    return not field.is_required and field.default is None and field.name not in known


# The lists that are written whole with their record, and so have a maximum length.
_LISTS = frozenset(name for concept in NODES for name in list_tables(concept.name))


def _field(field: InputField) -> Json:
    """The schema of a field, without null."""
    if isinstance(field.type, str):
        schema = reference_to(field.type)
    else:
        schema = written_schema(field.name, field.type)
    if field.is_list:
        schema = {"type": "array", "items": schema}
        if field.name in _LISTS:
            schema["maxItems"] = LIST_MOST
    if field.default is not None:
        schema["default"] = field.default
    return schema | {"description": field.description}


def _reference(made: Input) -> Json:
    """The schema of a reference: GraphQL's input, or a string, or an object from a response."""
    own = {field.name: _field(field) for field in made.fields}
    known = {name: schema for name, schema in own.items() if name != "id"}
    texts = " or ".join(name for name in own if name in ("id", "slug"))
    one = object_of(known, "Exactly one of these properties.") | {
        "minProperties": 1,
        "maxProperties": 1,
    }
    return {
        "description": made.description,
        "anyOf": [
            NAME_SCHEMA | {"description": f"The {texts} of the record."},
            object_of(
                {"id": NAME_SCHEMA},
                "An object of a response: its id is read, other properties are ignored.",
            ),
            one | {"required": [], "additionalProperties": False},
        ],
    }
