"""What the OpenAPI document tells of writes is true."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from schema.concepts import WRITABLE_COLLECTIONS
from service.http.openapi import document
from tests.http.editing import Editor
from tests.http.test_refused_rest_writes import REFUSED, Refused
from tests.http.test_rest_writing import NEW

METHODS = ("get", "post", "patch", "delete")


def validator(schema: Any) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": document()["components"]})


def body_schema(path: str, method: str) -> Any:
    """What the body of a request is like; the same in each media type that is taken."""
    content = document()["paths"][path][method]["requestBody"]["content"]
    (schema,) = {str(each["schema"]): each["schema"] for each in content.values()}.values()
    return schema


@pytest.mark.parametrize("path", document()["paths"])
def test_the_methods_described_are_those_that_are_taken(editor: Editor, path: str) -> None:
    described = {method.upper() for method in METHODS if method in document()["paths"][path]}
    allowed = editor.send("PUT", path.format(key="x", id="1")).headers["allow"].split(", ")
    assert described == set(allowed) - {"HEAD"}


@pytest.mark.parametrize("collection", WRITABLE_COLLECTIONS)
def test_what_can_be_created_fits_its_schema(collection: str) -> None:
    validator(body_schema(f"/api/v1/{collection}", "post")).validate(NEW[collection])


@pytest.mark.parametrize("collection", WRITABLE_COLLECTIONS)
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
