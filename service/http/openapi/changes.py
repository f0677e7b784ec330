"""The changes, in the OpenAPI document."""

from collections.abc import Iterator

from schema.concepts import CONCEPTS, NODES
from schema.graphql.changes import ChangeAction
from schema.graphql.types import FIRST_DEFAULT, FIRST_MOST
from service.http.openapi.components import (
    AS_OF,
    CURSOR,
    IF_NONE_MATCH,
    LINK_HEADER,
    NOT_MODIFIED,
    REVISION_HEADER,
    TAG_HEADER,
    object_of,
    parameter,
    record_schema,
    reference_to,
)
from service.http.openapi.problems import may_fail
from service.http.openapi.values import MOST_IN_ADDRESS, Json

_KINDS: Json = {"type": "string", "enum": [concept.record_type for concept in NODES]}


def change_paths() -> Json:
    """The address of the changes."""
    page = {
        "description": "A page",
        "headers": LINK_HEADER | TAG_HEADER | REVISION_HEADER,
        "content": {"application/json": {"schema": reference_to("ChangePage")}},
    }
    return {
        "/api/v1/changes": {
            "get": {
                "operationId": "list_changes",
                "tags": ["changes"],
                "summary": "What has changed since a revision, in order and without gaps",
                "parameters": list(_parameters()),
                "responses": {"200": page, "304": NOT_MODIFIED} | may_fail("400"),
            }
        }
    }


def _parameters() -> Iterator[Json]:
    known = "The revision that is known already: what came after it; 0 for all"
    number = {"type": "integer", "minimum": 0, "maximum": MOST_IN_ADDRESS}
    since = parameter("since", known, number)
    yield since | {"required": True, "example": 0}
    listed = {"style": "form", "explode": False}
    kinds = {"type": "array", "items": _KINDS, "minItems": 1}
    yield parameter("types", "Records of these kinds; else of all", kinds) | listed
    size = {"type": "integer", "minimum": 1, "maximum": FIRST_MOST}
    most = f"How many: {FIRST_DEFAULT} unless told, {FIRST_MOST} at most"
    yield parameter("first", most, size)
    yield parameter("after", "Begin behind this cursor", CURSOR)
    yield AS_OF
    yield IF_NONE_MATCH


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
