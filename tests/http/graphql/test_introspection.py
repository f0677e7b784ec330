"""Introspection is turned off: which queries are refused, and which still work."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.http.application import Service, code_of, service
from tests.http.refused_queries import GRAPHQL_RESPONSE, JSON

ASKING = {
    "the whole schema": "{ __schema { types { name } } }",
    "one type": '{ __type(name: "Actor") { name } }',
    "under another name": "{ a: __schema { queryType { name } } }",
    "within a fragment": "{ ...f } fragment f on Query { __schema { queryType { name } } }",
    "beside a good question": "{ revision { number } __schema { queryType { name } } }",
    "in an operation that is not asked": (
        "query a { __typename } query b { __schema { queryType { name } } }"
    ),
}


@pytest.fixture(scope="module")
def silent(seeded: Path, runner: asyncio.Runner) -> Iterator[Service]:
    with service(seeded, runner, introspection=False) as running:
        yield running


@pytest.mark.parametrize("accept", [JSON, GRAPHQL_RESPONSE])
@pytest.mark.parametrize("document", ASKING.values(), ids=ASKING)
def test_schema_is_not_shown(silent: Service, document: str, accept: str) -> None:
    question = {"query": document, "operationName": "a" if "query a" in document else None}
    answer = silent.send("POST", "/graphql", json=question, headers={"accept": accept})
    assert answer.status_code == (200 if accept == JSON else 400)
    assert code_of(answer) == "INTROSPECTION_DISABLED"


def test_schema_is_shown_by_default(seeded: Path, runner: asyncio.Runner) -> None:
    with service(seeded, runner) as running:
        answer = running.send("POST", "/graphql", json={"query": ASKING["one type"]})
    assert answer.json() == {"data": {"__type": {"name": "Actor"}}}


def test_type_names_are_returned_anyway(silent: Service) -> None:
    question = {"query": '{ __typename actor(by: {slug: "iran"}) { __typename } }'}
    answer = silent.send("POST", "/graphql", json=question)
    assert answer.json() == {"data": {"__typename": "Query", "actor": {"__typename": "Actor"}}}


def test_other_questions_are_answered(silent: Service) -> None:
    assert silent.is_well()


@pytest.mark.parametrize(
    "document",
    [
        "{ actr }",
        '{ actor(by: {slg: "iran"}) { name } }',
        "{ supports(where: {kind: {eq: DRONE}}) { totalCount } }",
    ],
)
def test_errors_do_not_guess_what_was_meant(silent: Service, document: str) -> None:
    answer = silent.send("POST", "/graphql", json={"query": document})
    assert code_of(answer) == "GRAPHQL_VALIDATION_FAILED"
    assert "Did you mean" not in answer.text
