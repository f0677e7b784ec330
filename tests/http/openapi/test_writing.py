"""The OpenAPI document describes writes correctly."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from schema.concepts import COLLECTIONS
from service.http.openapi.document import document
from tests.http.editing import Editor
from tests.http.rest.test_refused_writes import REFUSED, Refused
from tests.http.rest.test_writing import NEW

METHODS = ("get", "post", "patch", "delete")


def validator(schema: Any) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": document()["components"]})


def body_schema(path: str, method: str) -> Any:
    """Returns the schema of a request body, which is the same in each media type."""
    content = document()["paths"][path][method]["requestBody"]["content"]
    (schema,) = {str(each["schema"]): each["schema"] for each in content.values()}.values()
    return schema


@pytest.mark.parametrize("path", document()["paths"])
def test_the_methods_described_are_those_that_are_taken(editor: Editor, path: str) -> None:
    described = {method.upper() for method in METHODS if method in document()["paths"][path]}
    allowed = editor.send("PUT", path.format(key="x", id="1")).headers["allow"].split(", ")
    assert described == set(allowed) - {"HEAD"}


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_what_can_be_created_fits_its_schema(collection: str) -> None:
    validator(body_schema(f"/api/v1/{collection}", "post")).validate(NEW[collection])


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_what_get_answers_fits_what_patch_takes(editor: Editor, collection: str) -> None:
    record = editor.rest("POST", collection, NEW[collection]).json()
    validator(body_schema(f"/api/v1/{collection}/{{key}}", "patch")).validate(record)


@pytest.mark.parametrize(
    "reference",
    [
        "iran",
        {"id": "actor_4"},
        {"id": "actor_4", "slug": "iran", "name": "Iran"},
        {"slug": "iran"},
        {"code": {"scheme": "COW", "value": "630"}},
        {"new": {"slug": "a", "name": "A", "kind": "STATE"}},
    ],
)
def test_each_way_to_name_a_record_fits_the_schema(reference: Any) -> None:
    assert validator({"$ref": "#/components/schemas/ActorReference"}).is_valid(reference)


@pytest.mark.parametrize("reference", [4, {}, {"nme": "a"}, {"slug": "a", "code": {}}, {"new": {}}])
def test_what_names_nothing_does_not_fit(reference: Any) -> None:
    assert not validator({"$ref": "#/components/schemas/ActorReference"}).is_valid(reference)


@pytest.mark.parametrize("refused", REFUSED.values(), ids=list(REFUSED))
def test_a_refusal_fits_its_schema(editor: Editor, refused: Refused) -> None:
    answer = editor.rest(refused.method, refused.path, refused.body)
    validator({"$ref": "#/components/schemas/RefusedWrite"}).validate(answer.json())


@pytest.mark.parametrize("changed", [{"description": None}, {"aliases": None}, {"name": "Iran"}])
def test_what_may_be_unknown_may_be_null(changed: Any) -> None:
    assert validator(body_schema("/api/v1/actors/{key}", "patch")).is_valid(changed)


@pytest.mark.parametrize("changed", [{"name": None}, {"kind": None}, {"name": " "}, {"slug": "A"}])
def test_what_can_not_be_kept_does_not_fit(changed: Any) -> None:
    assert not validator(body_schema("/api/v1/actors/{key}", "patch")).is_valid(changed)


def test_only_actors_that_there_are_can_be_merged() -> None:
    merge = validator(body_schema("/api/v1/actors/{key}/merge", "post"))
    new = {"slug": "a", "name": "A", "kind": "STATE"}
    assert merge.is_valid({"merge": ["iran", {"slug": "iran"}]})
    assert not merge.is_valid({"merge": [{"new": new}]})


def test_a_key_of_another_write_gets_the_documented_422(editor: Editor) -> None:
    editor.rest("POST", "actors", NEW["actors"], idempotency_key="1")
    refused = editor.rest("POST", "sources", NEW["sources"], idempotency_key="1")
    assert refused.status_code == 422
    told = document()["components"]["responses"]["UnprocessableContent"]["content"][
        "application/problem+json"
    ]
    validator(told["schema"]).validate(refused.json())


@pytest.mark.parametrize("path", document()["paths"])
def test_every_operation_documents_the_common_responses(path: str) -> None:
    for operation in document()["paths"][path].values():
        assert {"408", "431", "500", "503", "504"} <= operation["responses"].keys()
        is_watched = operation["tags"] == ["health"]
        assert {"401", "421", "429"}.isdisjoint(operation["responses"]) is is_watched
