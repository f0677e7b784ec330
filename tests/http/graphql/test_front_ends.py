"""Apollo Client and urql with their caches, as front ends use them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType

from schema.graphql.schema import graphql_schema
from tests.commands import serving
from tests.history.dated import make_dated
from tests.node import install_packages, run
from tests.stores import url_of

FRONT_ENDS = Path(__file__).parent / "front_ends"
PAGE = Path(__file__).parents[3] / "docs" / "front-ends.md"


def named_on_the_page(constant: str) -> list[str]:
    """The texts in a list of the page's examples."""
    listed = PAGE.read_text().split(f"const {constant} = [")[1].split("]")[0]
    return re.findall(r'"(\w+)"', listed)


EMBEDDED = named_on_the_page("embedded")
# urql's cache has its own keys for these.
PAGES = re.compile(r"__|PageInfo|\w+(Connection|Edge)$|Query$|Mutation$|Subscription$")

HISTORY = '{ actor(by: {slug: "iran"}) { id history { nodes { id recordId action } } } }'
COUNT = "{ revision { number } actors { totalCount } }"
WIDE = """{
  supports { nodes { id quantity { value } assessment { asserting } history { nodes {
    id revision { number } fields { field after } record { id } } } } }
  actors { edges { cursor node { id codes { scheme } } } pageInfo { hasNextPage } }
  supportKinds { kind children { kind } }
}"""

every_client = pytest.mark.parametrize("client", ["apollo", "urql"])


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on a database where one actor has two changes."""
    database = make_dated(tmp_path_factory.mktemp("front_ends") / "allygraph.db")
    with serving("--database-url", url_of(database)) as server:
        yield f"{server.url}/graphql"


def asked(client: str, url: str, *documents: str, **more: Any) -> Any:
    """Returns the client's cache of each document, and the requests that it sent."""
    install_packages(FRONT_ENDS)
    given = {"url": url, "documents": documents, "embedded": EMBEDDED} | more
    return json.loads(run(FRONT_ENDS, "node", f"{client}.mjs", json.dumps(given)))


def sent(answer: Any) -> list[tuple[bool, bool, int]]:
    """Returns, for each request, whether it had the document and the digest, and the status."""
    return [(each["has_query"], each["has_hash"], each["status"]) for each in answer["requests"]]


def new_document() -> str:
    """A document that no client has registered yet."""
    return f"{{ name_{uuid4().hex}: __typename revision {{ number }} }}"


@every_client
@pytest.mark.parametrize("get", [False, True])
def test_automatic_persisted_query_is_registered_once(client: str, url: str, get: bool) -> None:
    document = new_document()
    answer = asked(client, url, document, document, persisted=True, get=get)
    assert sent(answer) == [(False, True, 400), (True, True, 200), (False, True, 200)]
    assert [each["revision"]["number"] for each in answer["results"]] == [4, 4]
    # The document is registered for other clients too.
    assert sent(asked(client, url, document, persisted=True, get=get)) == [(False, True, 200)]


def test_client_of_another_version_falls_back_to_whole_documents(url: str) -> None:
    document = new_document()
    answer = asked("apollo", url, document, document, persisted=True, version=2)
    assert sent(answer) == [(False, True, 400), (True, False, 200), (True, False, 200)]
    assert [each["revision"]["number"] for each in answer["results"]] == [4, 4]


@every_client
def test_cache_keeps_the_changes_of_a_record_apart(client: str, url: str) -> None:
    (found,) = asked(client, url, HISTORY)["results"]
    changes = found["actor"]["history"]["nodes"]
    assert [(each["id"], each["recordId"], each["action"]) for each in changes] == [
        ("change_2_actor_1", "actor_1", "UPDATED"),
        ("change_1_actor_1", "actor_1", "CREATED"),
    ]


@every_client
def test_client_of_an_earlier_revision(client: str, url: str) -> None:
    answer = asked(client, url, COUNT, headers={"AllyGraph-As-Of": "2025-03-20T12:00:00Z"})
    (found,) = answer["results"]
    assert (found["revision"]["number"], found["actors"]["totalCount"]) == (2, 5)
    assert [each["as_of"] for each in answer["requests"]] == ["2"]


def test_page_names_all_types_without_an_id() -> None:
    without = {
        name
        for name, type_ in graphql_schema().type_map.items()
        if isinstance(type_, GraphQLObjectType)
        and "id" not in type_.fields
        and not PAGES.match(name)
    }
    assert sorted(EMBEDDED) == sorted(without)


def test_page_names_all_types_of_records() -> None:
    schema = graphql_schema()
    record = cast(GraphQLInterfaceType, schema.type_map["Record"])
    types = {type_.name for type_ in schema.get_possible_types(record)}
    assert sorted(named_on_the_page("records")) == sorted(types)


def test_urql_has_a_key_for_every_object_by_the_list_of_the_page(url: str) -> None:
    assert asked("urql", url, WIDE)["warnings"] == []
    assert "`Revision`" in asked("urql", url, COUNT, embedded=[])["warnings"][0]
