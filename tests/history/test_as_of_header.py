"""The header AllyGraph-As-Of selects an earlier state for clients that cannot set `@asOf`."""

import json
from typing import Any

import httpx
import pytest

from tests.history.dated import FIRST, SECOND, THIRD, code_of
from tests.http.editing import Editor

COUNT = "{ revision { number } actors { totalCount } }"
NAMED = {"0": 0, "2": 2, "02": 2, "2025-03-20T12:00:00Z": 2, "2025-03-20T14:00:00+02:00": 2}


def as_of(text: str) -> dict[str, str]:
    return {"allygraph-as-of": text}


def over_graphql(editor: Editor, text: str, document: str = COUNT) -> httpx.Response:
    return editor.send("POST", "/graphql", json={"query": document}, headers=as_of(text))


@pytest.mark.parametrize(("text", "number"), NAMED.items())
def test_graphql_reads_and_reports_the_revision(editor: Editor, text: str, number: int) -> None:
    answer = over_graphql(editor, text)
    by_directive = editor.ask(f"query @asOf(revision: {number}) {COUNT}")
    assert answer.json() == by_directive
    assert answer.headers["allygraph-as-of"] == str(number)
    assert answer.headers["allygraph-revision"] == str(number)


@pytest.mark.parametrize(("text", "number"), NAMED.items())
@pytest.mark.parametrize("path", ["actors?first=500", "changes?since=0"])
def test_rest_reads_and_reports_the_revision(
    editor: Editor, path: str, text: str, number: int
) -> None:
    answer = editor.rest("GET", path, allygraph_as_of=text)
    by_parameter = editor.rest("GET", f"{path}&asOf={number}")
    assert answer.json() == by_parameter.json()
    assert answer.headers["allygraph-as-of"] == str(number)
    assert by_parameter.headers["allygraph-as-of"] == str(number)


def test_record_over_rest_is_the_one_of_that_revision(editor: Editor) -> None:
    answer = editor.rest("GET", "actors/iran?fields=name", allygraph_as_of="1")
    assert answer.json() == {"name": "Iran"}
    assert editor.rest("GET", "actors/iran", allygraph_as_of="0").status_code == 404


def test_response_about_the_newest_data_has_no_such_header(editor: Editor) -> None:
    for answer in (
        editor.send("POST", "/graphql", json={"query": COUNT}),
        editor.rest("GET", "actors"),
    ):
        assert "allygraph-as-of" not in answer.headers


def test_directive_is_reported_by_the_header_too(editor: Editor) -> None:
    document = f"query @asOf(revision: 1) {COUNT}"
    answer = editor.send("POST", "/graphql", json={"query": document})
    assert answer.headers["allygraph-as-of"] == "1"


def test_same_request_is_cached_for_each_state(editor: Editor) -> None:
    def number(**headers: str) -> Any:
        headers = {name.replace("_", "-"): text for name, text in headers.items()}
        parameters = {"query": COUNT}
        answer = editor.send("GET", "/graphql", params=parameters, headers=headers)
        return answer.json()["data"]["revision"]["number"]

    assert [number(), number(allygraph_as_of="1"), number(allygraph_as_of="2")] == [4, 1, 2]
    assert [number(), number(allygraph_as_of="1"), number(allygraph_as_of="2")] == [4, 1, 2]


def test_rest_is_cached_for_each_state(editor: Editor) -> None:
    numbers = [
        editor.rest("GET", "actors?first=7", **headers).json()["revision"]
        for headers in ({}, {"allygraph_as_of": "1"}, {}, {"allygraph_as_of": "1"})
    ]
    assert numbers == [4, 1, 4, 1]


@pytest.mark.parametrize("path", ["/graphql?query={__typename}", "/api/v1/actors"])
def test_caches_on_the_way_keep_states_apart(editor: Editor, path: str) -> None:
    assert "allygraph-as-of" in editor.send("GET", path).headers["vary"].split(", ")


# --- beside the directive or the parameter ------------------------------------------------------


@pytest.mark.parametrize("text", ["2", SECOND, "2025-03-25T00:00:00Z"])
def test_both_may_name_the_same_revision(editor: Editor, text: str) -> None:
    answer = over_graphql(editor, text, f"query @asOf(revision: 2) {COUNT}")
    assert answer.json()["data"]["revision"] == {"number": 2}
    assert editor.rest("GET", "actors?asOf=2", allygraph_as_of=text).json()["revision"] == 2


@pytest.mark.parametrize("text", ["1", FIRST, THIRD])
def test_both_must_not_name_different_revisions(editor: Editor, text: str) -> None:
    answer = over_graphql(editor, text, f"query @asOf(revision: 2) {COUNT}")
    assert code_of(answer) == "AS_OF_CONFLICT"
    over_rest = editor.rest("GET", "actors?asOf=2", allygraph_as_of=text)
    assert (over_rest.status_code, code_of(over_rest)) == (400, "AS_OF_CONFLICT")


# --- every kind of query ------------------------------------------------------------------------


def test_query_without_records_reports_it_too(editor: Editor) -> None:
    answer = over_graphql(editor, "1", "{ __typename }")
    assert answer.headers["allygraph-as-of"] == answer.headers["allygraph-revision"] == "1"


def test_query_with_introspection_reads_it(editor: Editor) -> None:
    document = '{ revision { number } __type(name: "Actor") { name } }'
    assert over_graphql(editor, "1", document).json()["data"]["revision"] == {"number": 1}


def test_query_with_variables_reads_it_each_time(editor: Editor) -> None:
    document = "query ($first: Int) { actors(first: $first) { nodes { id } totalCount } }"
    for first in (1, 2):
        question = {"query": document, "variables": {"first": first}}
        answer = editor.send("POST", "/graphql", json=question, headers=as_of("2"))
        page = answer.json()["data"]["actors"]
        assert (len(page["nodes"]), page["totalCount"]) == (first, 5)


# --- refused ------------------------------------------------------------------------------------

WRONG = {
    "yesterday": "BAD_USER_INPUT",
    "": "BAD_USER_INPUT",
    "-1": "BAD_USER_INPUT",
    "1, 2": "BAD_USER_INPUT",
    "2025-03-20": "BAD_USER_INPUT",
    "x" * 900: "BAD_USER_INPUT",
    "5": "UNKNOWN_REVISION",
    "9" * 30: "UNKNOWN_REVISION",
    "2999-01-01T00:00:00Z": "UNKNOWN_REVISION",
}


@pytest.mark.parametrize(("text", "code"), WRONG.items(), ids=range(len(WRONG)))
def test_header_that_names_no_revision(editor: Editor, text: str, code: str) -> None:
    answer = over_graphql(editor, text)
    assert code_of(answer) == code
    assert len(answer.content) < 700
    assert code_of(editor.rest("GET", "actors", allygraph_as_of=text)) == code


def test_two_headers_name_no_revision(editor: Editor) -> None:
    token = f"Bearer {editor.token('twice')}"
    headers: Any = [
        ("allygraph-as-of", "1"),
        ("allygraph-as-of", "1"),
        ("authorization", token),
    ]
    answer = editor.send_as(headers, "POST", "/graphql", json={"query": COUNT})
    assert code_of(answer) == "BAD_USER_INPUT"


def test_mutation_with_the_header_writes_nothing(writing_editor: Editor) -> None:
    document = 'mutation { updateActor(id: "actor_1", input: {name: "X"}) { revision { number } } }'
    assert code_of(over_graphql(writing_editor, "4", document)) == "BAD_USER_INPUT"
    assert writing_editor.rest("GET", "actors").json()["revision"] == 4


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "actors", {"slug": "x", "name": "X", "kind": "STATE"}),
        ("PATCH", "actors/iran", {"name": "X"}),
        ("DELETE", "actors/iran", None),
        ("POST", "actors/iran/merge", {"merge": ["russia"]}),
    ],
)
def test_write_over_rest_with_the_header_writes_nothing(
    writing_editor: Editor, method: str, path: str, body: Any
) -> None:
    answer = writing_editor.rest(method, path, body, allygraph_as_of="4")
    assert (answer.status_code, code_of(answer)) == (400, "BAD_USER_INPUT")
    assert writing_editor.rest("GET", "actors").json()["revision"] == 4


# --- streams ------------------------------------------------------------------------------------


def streamed(editor: Editor, document: str) -> Any:
    """The data of the first event of a stream."""
    headers = as_of("1") | {"accept": "text/event-stream"}
    answer = editor.send("POST", "/graphql", json={"query": document}, headers=headers)
    event = next(line for line in answer.text.splitlines() if line.startswith("data: {"))
    return json.loads(event.removeprefix("data: "))


def test_stream_of_a_query_reports_it_in_the_result(editor: Editor) -> None:
    assert streamed(editor, COUNT) == {
        "data": {"revision": {"number": 1}, "actors": {"totalCount": 4}},
        "extensions": {"asOf": 1},
    }


def test_subscription_with_the_header_is_refused(editor: Editor) -> None:
    (error,) = streamed(editor, "subscription { changes { totalCount } }")["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
