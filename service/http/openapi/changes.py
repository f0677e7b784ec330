"""The changes in the OpenAPI document."""

from collections.abc import Iterator
from typing import cast

from graphql import GraphQLEnumType

from schema.concepts import CONCEPTS, NODES
from schema.graphql.schema import graphql_schema
from schema.graphql.types import FIRST_DEFAULT, FIRST_MOST
from service.http.openapi.components import (
    LINK_HEADER,
    REVISION,
    list_of,
    object_of,
    record_schema,
)
from service.http.openapi.parameters import parameter, refer, size
from service.http.openapi.reading import json_answer, read_operation
from service.http.openapi.values import MOST_IN_ADDRESS, Json, choice, integer, reference_to


def change_paths() -> Json:
    """The path of the changes."""
    ok = json_answer("A page of changes.", "ChangePage", LINK_HEADER)
    return {
        "/api/v1/changes": {
            "get": read_operation(
                "listChanges",
                "changes",
                summary="List changes since a revision, oldest first and without gaps",
                description="Returns a page of changes. To follow the data, repeat the request "
                "with the last revision that you have.",
                parameters=refer(
                    *change_parameters(), "After", "AsOf", "AsOfHeader", "IfNoneMatch"
                ),
                ok=ok,
                errors=("400", "406"),
            )
        }
    }


def change_parameters() -> Json:
    """The parameters that only changes have, as components."""
    known = "Return the changes after this revision; 0 for all."
    number = integer(0, MOST_IN_ADDRESS)
    kinds = {"type": "array", "items": reference_to("RecordType"), "minItems": 1}
    return {
        "ChangeSince": parameter("since", known, number) | {"required": True, "example": 0},
        "ChangeTypes": parameter(
            "types", "Return only changes of records of these types. Default: all types.", kinds
        ),
        "ChangeFirst": size(f"Number of changes to return. Default: {FIRST_DEFAULT}."),
    }


def change_schemas() -> Iterator[tuple[str, Json]]:
    """The schemas of a page of changes, a change, its revision and its fields."""
    actions = cast(GraphQLEnumType, graphql_schema().type_map["ChangeAction"])
    described = {name: value.description or "" for name, value in actions.values.items()}
    yield actions.name, choice(actions.description or "", described)
    yield (
        "RecordType",
        choice("Type of a record.", {concept.record_type: concept.summary for concept in NODES}),
    )
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
                "action": reference_to("ChangeAction")
                | {"description": "What the revision did to the record."},
                "type": reference_to("RecordType") | {"description": "Type of the record."},
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
                "data": list_of(reference_to("Change"), FIRST_MOST, "The changes."),
                "page": reference_to("Page"),
                "revision": REVISION,
            },
            "A page of changes, oldest first.",
        ),
    )
