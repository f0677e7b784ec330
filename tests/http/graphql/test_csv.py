"""A GraphQL query of one connection as CSV."""

import json
from typing import Any

import httpx
import pytest

from tests.http.conftest import Send
from tests.http.rest.exported import table

SUPPORTS = """
query ($first: Int) {
  supports(first: $first, where: {recipient: {slug: {eq: "russia"}}}) {
    totalCount
    nodes {
      what: kind
      startedOn
      quantity { value unit }
      supporter { ...names }
      evidence(first: 1) { nodes { stance } }
    }
  }
}
fragment names on Actor { __typename slug aliases { name } }
"""


def ask(send: Send, document: str, accept: str = "text/csv", **more: Any) -> httpx.Response:
    content = {"query": document} | more
    return send("POST", "/graphql", json=content, headers={"accept": accept})


def test_a_row_has_what_is_selected_of_a_node_by_the_names_of_the_query(send: Send) -> None:
    answer = ask(send, SUPPORTS)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = table(answer.text)
    nodes = ask(send, SUPPORTS, "application/json").json()["data"]["supports"]["nodes"]
    assert len(nodes) > 2
    for node, row in zip(nodes, rows, strict=True):
        assert list(row) == [
            *("what", "startedOn", "quantity.value", "quantity.unit", "supporter.__typename"),
            *("supporter.slug", "supporter.aliases", "evidence"),
        ]
        assert row["what"] == node["what"]
        assert row["startedOn"] == (node["startedOn"] or "")
        assert row["quantity.value"] == ((node["quantity"] or {}).get("value") or "")
        assert row["supporter.slug"] == node["supporter"]["slug"]
        assert json.loads(row["supporter.aliases"] or "[]") == node["supporter"]["aliases"]
        assert json.loads(row["evidence"]) == node["evidence"]


def test_variables_and_the_revision_count(send: Send) -> None:
    answer = ask(send, SUPPORTS, variables={"first": 1})
    assert len(table(answer.text)) == 1
    assert answer.headers["allygraph-revision"] == "1"
    wanted = {"accept": "text/csv", "allygraph-include": "revision"}
    again = send(
        "POST", "/graphql", json={"query": SUPPORTS, "variables": {"first": 1}}, headers=wanted
    )
    assert again.content == answer.content


def test_edges_and_totals_are_tables_too(send: Send) -> None:
    edges = ask(send, "{ actors(first: 2) { edges { cursor node { slug } } } }")
    assert list(table(edges.text)[0]) == ["cursor", "node.slug"]
    totals = ask(send, "{ supportTotals(groupBy: [KIND]) { nodes { kind certain { supports } } } }")
    assert {row["certain.supports"] for row in table(totals.text)} == {"1"}


def test_an_empty_page_has_its_columns(send: Send) -> None:
    answer = ask(send, '{ actors(where: {slug: {eq: "atlantis"}}) { nodes { slug kind } } }')
    assert answer.text == "slug,kind\r\n"


def test_a_table_can_be_asked_for_by_get(send: Send) -> None:
    query = {"query": "{ actors(first: 1) { nodes { slug } } }"}
    answer = send("GET", "/graphql", params=query, headers={"accept": "text/csv"})
    assert answer.text.startswith("slug\r\n")
    headers = {"accept": "text/csv", "if-none-match": answer.headers["etag"]}
    assert send("GET", "/graphql", params=query, headers=headers).status_code == 304


@pytest.mark.parametrize(
    "document",
    [
        '{ actor(by: {slug: "iran"}) { slug } }',
        "{ actors { nodes { slug } } supports { nodes { id } } }",
        "{ actors { totalCount } }",
        "{ actors { nodes { slug } edges { cursor } } }",
        "{ __schema { description } }",
        'mutation { deleteActor(id: "actor_1") { errors { code } } }',
        "subscription { changes { __typename } }",
    ],
)
def test_anything_else_is_no_table(send: Send, document: str) -> None:
    refused = ask(send, document)
    assert refused.status_code == 406
    (error,) = refused.json()["errors"]
    assert error["extensions"]["code"] == "NOT_ACCEPTABLE"


def test_an_error_has_its_status(send: Send) -> None:
    refused = ask(send, "{ actors { nodes { nme } } }")
    assert refused.status_code == 400
    (error,) = refused.json()["errors"]
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
