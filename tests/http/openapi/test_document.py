"""The OpenAPI document is valid, committed and correct: its examples work, its schemas match."""

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from schema.concepts import COLLECTIONS
from schema.vocabulary import SUPPORT_KINDS
from service.app import create_app
from service.cli.schema_text import openapi_text
from service.http.openapi.components import all_meanings
from service.http.openapi.document import document
from service.planning.query_string.parameters import OF_PAGES
from service.settings import Settings
from tests.stores import url_of

Send = Callable[..., httpx.Response]
Json = dict[str, Any]

COMMITTED = Path(__file__).parents[3] / "schema" / "openapi.json"


CHANGES = "/api/v1/changes"
METHODS = ("get", "post", "patch", "delete")


def operations() -> Iterator[tuple[str, str, Json]]:
    """Every operation, with its path and its method."""
    for path, item in document()["paths"].items():
        yield from ((path, method, item[method]) for method in METHODS if method in item)


def resolved(given: Json) -> Json:
    """Returns the component of a reference, or the object itself."""
    if "$ref" not in given:
        return given
    _, _, kind, name = given["$ref"].split("/")
    found: Json = document()["components"][kind][name]
    return found


def parameters_of(path: str) -> list[Json]:
    """Returns the parameters of a GET."""
    return [resolved(each) for each in document()["paths"][path]["get"].get("parameters", ())]


def exact(schema: Any) -> Any:
    """Returns the schema with all properties required and no others, as in a default response."""
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
    files = (".csv", ".jsonl", ".parquet")
    ends = ("", "/{key}", *files)
    rest = {f"/api/v1/{name}{end}" for name in COLLECTIONS for end in ends}
    tokens = {"/api/v1/tokens", "/api/v1/tokens/{id}"}
    others = {CHANGES, "/api/v1/actors/{key}/merge", "/api/v1/bulk", "/healthz", "/readyz"}
    reconcile = {f"/api/v1/reconcile{rest}" for rest in ("", "/properties", "/preview")}
    reconcile |= {f"/api/v1/reconcile/suggest/{name}" for name in ("entity", "type", "property")}
    others |= {"/api/v1/cite", *(f"/api/v1/totals{end}" for end in ("", *files))}
    others |= {f"/api/v1/network{end}" for end in ("", ".gexf", ".graphml")}
    others |= {"/api/v1/paths", "/api/v1/actors/{key}/position"}
    others.add("/api/v1/search")
    others |= {f"/api/v1/panel{end}" for end in ("", *files)}
    assert set(document()["paths"]) == rest | tokens | others | reconcile


def sent_as(parameter: Json, value: Any) -> str:
    """Returns a value in the parameter's `style`."""
    if not isinstance(value, list):
        return str(value)
    assert (parameter["style"], parameter["explode"]) == ("form", False)
    return ",".join(value)


def examples_of(path: str) -> dict[str, Json]:
    """Returns the parameters that have an example, by name."""
    return {each["name"]: each for each in parameters_of(path) if "example" in each}


def ask_example(send: Send, path: str, names: list[str]) -> httpx.Response:
    """Sends the examples of these parameters and of all required ones."""
    examples = examples_of(path)
    values = {name: sent_as(each, each["example"]) for name, each in examples.items()}
    required = [each["name"] for each in parameters_of(path) if each.get("required")]
    # The unit of a panel, and its phases, which cannot be combined.
    required += ["codes", "phases"] if path.startswith("/api/v1/panel") else []
    query = {name: values[name] for name in [*required, *names] if examples[name]["in"] == "query"}
    return send("GET", path.format(**values), params=query)


def found_something(answer: httpx.Response) -> bool:
    """A page for a frame is not JSON, and neither is a file."""
    media_type = answer.headers["content-type"].partition(";")[0]
    if media_type == "text/html":
        return "<h1" in answer.text
    if media_type in ("application/gexf+xml", "application/graphml+xml"):
        return "<edge " in answer.text
    if media_type == "application/vnd.apache.parquet":
        return answer.content.startswith(b"PAR1")
    if media_type in ("application/x-bibtex", "text/plain"):
        return "asOf=" in answer.text
    if media_type in ("text/csv", "application/jsonl"):
        return answer.text.count("\n") > (media_type == "text/csv")
    content = answer.json()
    return bool(content.get("data", True)) and content.get("result", True) != []


# Record types that the bundled data set lacks, so that their examples match nothing.
EMPTY = ("successions", "coverage")
NOT_ASKED = ("tokens", *EMPTY)
READS = [
    path
    for path, method, _ in operations()
    if method == "get" and not path.startswith(tuple(f"/api/v1/{name}" for name in NOT_ASKED))
]
EXAMPLES = [
    pytest.param(path, name, id=f"{path} {name}") for path in READS for name in examples_of(path)
]


@pytest.mark.parametrize(("path", "name"), EXAMPLES)
def test_example_of_a_parameter_finds_something(send: Send, path: str, name: str) -> None:
    answer = ask_example(send, path, [name])
    assert answer.status_code == 200, answer.text
    assert found_something(answer)


@pytest.mark.parametrize("name", EMPTY)
def test_only_a_type_without_records_has_examples_that_find_nothing(send: Send, name: str) -> None:
    assert send("GET", f"/api/v1/{name}").json()["page"]["totalCount"] == 0


@pytest.mark.parametrize("path", READS)
def test_all_examples_of_an_operation_together_find_something(send: Send, path: str) -> None:
    answer = ask_example(send, path, list(examples_of(path)))
    assert answer.status_code == 200, answer.text
    assert found_something(answer)


def test_every_collection_has_examples() -> None:
    for name in COLLECTIONS:
        collection = examples_of(f"/api/v1/{name}")
        assert len(collection) > 2
        assert {"fields", "orderBy"} < collection.keys()
        assert {"key", "fields"} == examples_of(f"/api/v1/{name}/{{key}}").keys()


def test_examples_fit_their_schemas() -> None:
    given = document()["components"]
    for parameter in given["parameters"].values():
        if "example" in parameter:
            whole = Draft202012Validator(parameter["schema"] | {"components": given})
            whole.validate(parameter["example"])


def value_for(parameter: Json) -> str:
    """Returns a value that the parameter's schema allows."""
    schema = resolved(parameter["schema"].get("items", parameter["schema"]))
    if "enum" in schema or "examples" in schema:
        return str((schema.get("enum") or schema["examples"])[0])
    if parameter["name"] == "fields":
        return "id"
    if parameter["name"] == "asOf":
        return "1"
    return {"boolean": "true", "integer": "1", "string": "a"}[schema["type"]]


@pytest.mark.parametrize("path", [f"/api/v1/{name}" for name in COLLECTIONS])
def test_every_parameter_is_taken(send: Send, path: str) -> None:
    own = {each["name"]: each for each in parameters_of(path) if each["in"] == "query"}
    # No other text is a valid cursor.
    taken = {name: value_for(own[name]) for name in own if name not in ("after", "before")}
    answers = {name: send("GET", path, params={name: value}) for name, value in taken.items()}
    refused = {name: answer.text for name, answer in answers.items() if answer.status_code != 200}
    assert len(taken) > 10
    assert refused == {}


@pytest.mark.parametrize("name", COLLECTIONS)
@pytest.mark.parametrize("extension", ["csv", "jsonl", "parquet"])
def test_an_export_takes_what_its_collection_takes_but_paging(name: str, extension: str) -> None:
    of_page, of_export = (
        [each["name"] for each in parameters_of(path)]
        for path in (f"/api/v1/{name}", f"/api/v1/{name}.{extension}")
    )
    assert of_export == [each for each in of_page if each not in OF_PAGES]


@pytest.mark.parametrize(("name", "concept"), COLLECTIONS.items(), ids=COLLECTIONS)
def test_every_sort_key_is_taken(send: Send, name: str, concept: Any) -> None:
    keys = document()["components"]["schemas"][f"{concept.name}Order"]
    assert len(set(keys["x-enum-varnames"])) == len(keys["enum"])
    refused = {
        key: answer.text
        for key in keys["enum"]
        for answer in [send("GET", f"/api/v1/{name}?first=1&fields=id&orderBy={key}")]
        if answer.status_code != 200
    }
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
    ids = [operation["operationId"] for _, _, operation in operations()]
    parts = document()["components"]
    names = ids + [name for part in parts.values() for name in part]
    assert [name for name in names if not re.fullmatch("[A-Za-z][A-Za-z0-9]*", name)] == []
    assert len(ids) == len(set(ids))
    assert {"listActors", "getActor", "createActor", "updateActor", "deleteActor"} <= set(ids)


def enums_in(given: Any, at: str = "#") -> Iterator[str]:
    """Yields the places where a schema lists its values."""
    if isinstance(given, dict):
        if "enum" in given:
            yield at
        for name, value in given.items():
            yield from enums_in(value, f"{at}/{name}")
    elif isinstance(given, list):
        for value in given:
            yield from enums_in(value, at)


def test_every_enum_and_every_nested_object_has_a_name() -> None:
    schemas = document()["components"]["schemas"]
    assert {at.rpartition("/")[0] for at in enums_in(document())} == {"#/components/schemas"}
    unnamed = [
        f"{name}.{field}"
        for name in (*(concept.name for concept in COLLECTIONS.values()), "Change")
        for field, schema in schemas[name]["properties"].items()
        if "properties" in schema or "properties" in schema.get("items", {})
    ]
    assert unnamed == []
    vocabularies = {meaning.vocabulary.name for meaning in all_meanings() if meaning.vocabulary}
    assert vocabularies <= schemas.keys()
    assert schemas["SupportKind"]["enum"] == list(SUPPORT_KINDS.codes)


def test_every_component_is_used() -> None:
    parts = document()["components"]
    defined = {f"#/components/{kind}/{name}" for kind in parts for name in parts[kind]}
    schemes = {name for name in defined if name.startswith("#/components/securitySchemes/")}
    used = set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(document())))
    assert defined - schemes == used


def test_only_what_needs_a_token_says_so(send: Send) -> None:
    assert document()["security"] == []
    for path, method, operation in operations():
        needs_token = bool(operation.get("security", document()["security"]))
        address = path.format(key="x", id="1")
        answer = send(method.upper(), address, params={"since": 0} if path == CHANGES else {})
        assert (answer.status_code == 401) is needs_token, f"{method} {path}: {answer.text}"


def test_reads_need_a_token_where_the_operator_says_so(seeded: Path) -> None:
    app = create_app(Settings(database_url=url_of(seeded), read="token"))
    with asyncio.Runner() as runner:
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://allygraph.test"
        )
        served = runner.run(client.get("/openapi.json")).json()
        runner.run(client.aclose())
        runner.run(app.close())
    assert served["security"] == [{"token": []}]
    assert served == document(reads_need_token=True)


def test_every_tag_in_use_is_described() -> None:
    used = {tag for _, _, operation in operations() for tag in operation["tags"]}
    assert used == {tag["name"] for tag in document()["tags"] if tag["description"]}


def test_limits_of_lists_are_those_of_the_service(send: Send) -> None:
    for name, text in (("fields", "id"), ("orderBy", "kind")):
        (parameter,) = (each for each in parameters_of("/api/v1/supports") if each["name"] == name)
        most = parameter["schema"]["maxItems"]
        statuses = [
            send("GET", "/api/v1/supports", params={name: ",".join([text] * count)}).status_code
            for count in (most, most + 1)
        ]
        assert statuses == [200, 400], name
