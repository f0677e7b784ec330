"""The changes in the OpenAPI document."""

from collections.abc import Iterator

from schema.concepts import CONCEPTS, NODES
from schema.graphql.changes import ChangeAction
from schema.graphql.types import FIRST_DEFAULT, FIRST_MOST
from service.http.openapi.components import (
    AS_OF,
    AS_OF_HEADER,
    CURSOR,
    IF_NONE_MATCH,
    LINK_HEADER,
    NOT_MODIFIED,
    READ_HEADERS,
    REVISION,
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
    """The path of the changes."""
    page = {
        "description": "A page of changes.",
        "headers": LINK_HEADER | TAG_HEADER | READ_HEADERS,
        "content": {"application/json": {"schema": reference_to("ChangePage")}},
    }
    return {
        "/api/v1/changes": {
            "get": {
                "operationId": "listChanges",
                "tags": ["changes"],
                "summary": "List changes since a revision, oldest first and without gaps",
                "parameters": list(_parameters()),
                "responses": {"200": page, "304": NOT_MODIFIED} | may_fail("400"),
            }
        }
    }


def _parameters() -> Iterator[Json]:
    known = "Return the changes after this revision; 0 for all."
    number = {"type": "integer", "minimum": 0, "maximum": MOST_IN_ADDRESS}
    since = parameter("since", known, number)
    yield since | {"required": True, "example": 0}
    listed = {"style": "form", "explode": False}
    kinds = {"type": "array", "items": _KINDS, "minItems": 1}
    yield (
        parameter(
            "types", "Return only changes of records of these types. Default: all types.", kinds
        )
        | listed
    )
    size = {"type": "integer", "minimum": 1, "maximum": FIRST_MOST}
    most = f"Number of changes to return. Default: {FIRST_DEFAULT}. Maximum: {FIRST_MOST}."
    yield parameter("first", most, size)
    yield parameter("after", "Return the changes after this cursor.", CURSOR)
    yield AS_OF
    yield AS_OF_HEADER
    yield IF_NONE_MATCH


def change_schemas() -> Iterator[tuple[str, Json]]:
    """The schemas of a page of changes, a change, its revision and its fields."""
    yield "Revision", record_schema(CONCEPTS["Revision"])
    either = {"type": ["string", "null"]}
    yield (
        "FieldChange",
        object_of(
            {
                "field": {
                    "type": "string",
                    "description": "Name of the field, or its path, such as `quantity.value`.",
                },
                "before": either | {"description": "Value before the change."},
                "after": either | {"description": "Value after the change."},
            },
            "A field before and after a change. Both values are strings; a list is JSON.",
        ),
    )
    records = [reference_to(concept.name) for concept in NODES]
    yield (
        "Change",
        object_of(
            {
                "id": {"type": "string", "description": "Id of the change."},
                "revision": reference_to("Revision"),
                "action": {
                    "type": "string",
                    "enum": [action.value for action in ChangeAction],
                    "description": "What the revision did to the record.",
                },
                "type": _KINDS | {"description": "Type of the record."},
                "recordId": {"type": "string", "description": "Id of the record."},
                "record": {
                    "anyOf": [*records, {"type": "null"}],
                    "description": "The record as of the revision; null if it was deleted.",
                },
                "fields": {
                    "type": "array",
                    "items": reference_to("FieldChange"),
                    "description": "Fields that changed.",
                },
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
                "revision": REVISION,
            },
            "A page of changes, oldest first.",
        ),
    )
