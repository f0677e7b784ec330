"""The OpenAPI document is valid, committed, and true: its examples work, its schemas fit."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from schema.concepts import COLLECTIONS
from service.cli.schema_text import openapi_text
from service.http.openapi.document import document

Send = Callable[..., httpx.Response]
Json = dict[str, Any]

COMMITTED = Path(__file__).parents[3] / "schema" / "openapi.json"


CHANGES = "/api/v1/changes"


def parameters() -> Iterator[tuple[str, Json]]:
    """Every parameter of every query string, with the address."""
    for path, item in document()["paths"].items():
        for parameter in item.get("get", {}).get("parameters", ()):
            if parameter["in"] == "query":
                yield path, parameter


def exact(schema: Any) -> Any:
    """The schema with every property required and none besides: what is answered unasked."""
    if isinstance(schema, list):
        return [exact(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: exact(value) for name, value in schema.items()}
    if isinstance(schema.get("properties"), dict):
        made |= {"required": list(schema["properties"]), "additionalProperties": False}
    return made


def validator(name: str) -> Draft202012Validator:
    components = exact(document()["components"])
    whole = {"$ref": f"#/components/schemas/{name}", "components": components}
    return Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_document_is_openapi() -> None:
    assert document()["openapi"].startswith("3.1.")
    OpenAPIV31SpecValidator(document()).validate()


def test_document_is_committed() -> None:
    assert COMMITTED.read_text() == openapi_text(), "Run `make schema` and commit its result."


def test_document_is_served(send: Send) -> None:
    assert send("GET", "/openapi.json").json() == document()


def test_every_address_is_described() -> None:
    rest = {f"/api/v1/{name}{rest}" for name in COLLECTIONS for rest in ("", "/{key}")}
    tokens = {"/api/v1/tokens", "/api/v1/tokens/{id}"}
    others = {CHANGES, "/api/v1/actors/{key}/merge", "/healthz", "/readyz"}
    assert set(document()["paths"]) == rest | tokens | others


EXAMPLES = [
    pytest.param(path, parameter, id=f"{path} {parameter['name']}")
    for path, parameter in parameters()
    if "example" in parameter and path != CHANGES
]


@pytest.mark.parametrize(("path", "parameter"), EXAMPLES)
def test_example_of_a_parameter_finds_something(send: Send, path: str, parameter: Json) -> None:
    example = parameter["example"]
    value = ",".join(example) if isinstance(example, list) else example
    collection = path.removesuffix("/{key}")
    first_id = send("GET", f"{collection}?fields=id").json()["data"][0]["id"]
    answer = send("GET", path.format(key=first_id), params={parameter["name"]: value})
    assert answer.status_code == 200
    assert answer.json().get("data", True)


def value_for(parameter: Json) -> str:
    """Something that the parameter's schema allows."""
    schema = parameter["schema"].get("items", parameter["schema"])
    if "enum" in schema or "examples" in schema:
        return str((schema.get("enum") or schema["examples"])[0])
    if parameter["name"] in ("orderBy", "fields"):
        return "id"
    return {"boolean": "true", "integer": "1", "string": "a"}[schema["type"]]


@pytest.mark.parametrize("path", [f"/api/v1/{name}" for name in COLLECTIONS])
def test_every_parameter_is_taken(send: Send, path: str) -> None:
    own = {given["name"]: given for address, given in parameters() if address == path}
    # No text is a cursor that would fit.
    taken = {name: value_for(own[name]) for name in own if name not in ("after", "before")}
    answers = {name: send("GET", path, params={name: value}) for name, value in taken.items()}
    refused = {name: answer.text for name, answer in answers.items() if answer.status_code != 200}
    assert len(taken) > 10
    assert refused == {}


@pytest.mark.parametrize(("name", "concept"), COLLECTIONS.items(), ids=COLLECTIONS)
def test_answers_fit_their_schemas(send: Send, name: str, concept: Any) -> None:
    page = send("GET", f"/api/v1/{name}?first=500").json()
    validator(f"{concept.name}Page").validate(page)
    for record in page["data"]:
        alone = send("GET", f"/api/v1/{name}/{record['id']}").json()
        validator(concept.name).validate(alone)


@pytest.mark.parametrize("path", ["actors?nme=1", "actors/atlantis", "supports?after=garbage"])
def test_problems_fit_their_schema(send: Send, path: str) -> None:
    validator("Problem").validate(send("GET", f"/api/v1/{path}").json())


def test_changes_fit_their_schema(send: Send) -> None:
    page = send("GET", f"{CHANGES}?since=0&first=500").json()
    assert page["data"]
    validator("ChangePage").validate(page)


def test_names_are_ones_that_code_generators_can_use() -> None:
    operations = [
        operation
        for path in document()["paths"].values()
        for method, operation in path.items()
        if method in ("get", "post", "patch", "delete")
    ]
    names = [operation["operationId"] for operation in operations]
    parts = document()["components"]
    names += [name for kind in ("responses", "schemas") for name in parts[kind]]
    assert [name for name in names if not re.fullmatch("[A-Za-z][A-Za-z0-9]*", name)] == []
    ids = [operation["operationId"] for operation in operations]
    assert len(ids) == len(set(ids))
    assert {"listActors", "getActor", "createActor", "updateActor", "deleteActor"} <= set(ids)


def test_every_tag_in_use_is_described() -> None:
    used = {
        tag
        for path in document()["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict)
        for tag in operation.get("tags", ())
    }
    assert used == {tag["name"] for tag in document()["tags"] if tag["description"]}
