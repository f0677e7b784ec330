"""The changes, in the OpenAPI document."""

from collections.abc import Iterator

from schema.concepts import CONCEPTS, NODES
from schema.graphql.changes import ChangeAction
from schema.graphql.types import FIRST_DEFAULT, FIRST_MOST
from service.http.openapi_parts import (
    AS_OF,
    REVISION_HEADER,
    Json,
    object_of,
    parameter,
    problem_response,
    record_schema,
    reference_to,
)

_KINDS: Json = {"type": "string", "enum": [concept.name.upper() for concept in NODES]}


def change_paths() -> Json:
    """The address of the changes."""
    page = {"application/json": {"schema": reference_to("ChangePage")}}
    return {
        "/api/v1/changes": {
            "get": {
                "operationId": "list_changes",
                "tags": ["changes"],
                "summary": "What has changed since a revision, in order and without gaps",
                "parameters": list(_parameters()),
                "responses": {
                    "200": {"description": "A page", "headers": REVISION_HEADER, "content": page},
                    "304": {"description": "The client has it already"},
                    "400": problem_response("A bad parameter"),
                },
            }
        }
    }


def _parameters() -> Iterator[Json]:
    known = "The revision that is known already: what came after it; 0 for all"
    since = parameter("since", known, {"type": "integer", "minimum": 0})
    yield since | {"required": True, "example": 0}
    listed = {"style": "form", "explode": False}
    kinds = {"type": "array", "items": _KINDS}
    yield parameter("types", "Records of these kinds; else of all", kinds) | listed
    size = {"type": "integer", "minimum": 1, "maximum": FIRST_MOST}
    most = f"How many: {FIRST_DEFAULT} unless told, {FIRST_MOST} at most"
    yield parameter("first", most, size)
    yield parameter("after", "Begin behind this cursor", {"type": "string"})
    yield AS_OF


def change_schemas() -> Iterator[tuple[str, Json]]:
    """A page of changes, a change, and what it is told with."""
    yield "Revision", record_schema(CONCEPTS["Revision"])
    either = {"type": ["string", "null"]}
    yield (
        "FieldChange",
        object_of(
            {"field": {"type": "string"}, "before": either, "after": either},
            "A field before and after, both as text; null is unknown.",
        ),
    )
    records = [reference_to(concept.name) for concept in NODES]
    yield (
        "Change",
        object_of(
            {
                "revision": reference_to("Revision"),
                "action": {"type": "string", "enum": [action.value for action in ChangeAction]},
                "type": _KINDS,
                "id": {"type": "string"},
                "record": {"anyOf": [*records, {"type": "null"}]},
                "fields": {"type": "array", "items": reference_to("FieldChange")},
            },
            "What one revision did to one record.",
        ),
    )
    yield (
        "ChangePage",
        object_of(
            {
                "data": {"type": "array", "items": reference_to("Change")},
                "page": reference_to("Page"),
                "revision": {"type": "integer", "description": "The state the data is in."},
            },
            "A page of changes, the oldest first.",
        ),
    )
