"""A request has an id, of the client or the service, in every error and log line."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.commands import ROOT, Serving, serving
from tests.http.conftest import Send
from tests.stores import url_of
from tests.subscriptions.talking import talking

GOOD = ["1", "3f2a9c1e-7b2d-4f5e-9a51-0c1d2e3f4a5b", "Root=1-67891233-abcdef01", "a" * 128]
BAD = ["", "a" * 129, "two words", "-", "a\tb", "a;b", "{}", "Ünï", f"allygraph_{'a' * 43}"]


@pytest.mark.parametrize("given", GOOD)
def test_id_of_the_client_is_answered_and_told_in_errors(send: Send, given: str) -> None:
    headers = {"x-request-id": given}
    good = send("GET", "/api/v1/actors/russia", headers=headers)
    rest = send("GET", "/api/v1/nothing", headers=headers)
    graphql = send("POST", "/graphql", json={"query": "{ no }"}, headers=headers)
    assert rest.json()["requestId"] == given
    assert graphql.json()["errors"][0]["extensions"]["requestId"] == given
    assert {each.headers["x-request-id"] for each in (good, rest, graphql)} == {given}


@pytest.mark.parametrize("given", BAD, ids=lambda given: given[:12])
def test_what_is_no_id_is_replaced(send: Send, given: str) -> None:
    headers = {"x-request-id": given.encode("latin-1")}
    answer = send("POST", "/graphql", json={"query": "{ __typename }"}, headers=headers)
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["x-request-id"])


def test_each_error_has_an_id_of_its_own_that_is_in_its_header_too(send: Send) -> None:
    answers = [send("POST", "/graphql", json={"query": "{ no }"}) for _ in range(2)]
    answers += [send("GET", "/api/v1/actors?no=1") for _ in range(2)]
    told = [
        content.get("requestId") or content["errors"][0]["extensions"]["requestId"]
        for content in (answer.json() for answer in answers)
    ]
    assert told == [answer.headers["x-request-id"] for answer in answers]
    assert len(set(told)) == 4


def test_a_response_needs_no_id_that_is_not_selected(send: Send) -> None:
    for answer in (
        send("POST", "/graphql", json={"query": "{ __typename }"}),
        send("GET", "/api/v1/actors/russia"),
    ):
        assert "x-request-id" not in answer.headers


def test_id_is_not_kept_with_the_answer(send: Send) -> None:
    question = {"query": "query Kept { __typename }"}
    for given in ("first", "second"):
        answer = send("POST", "/graphql", json=question, headers={"x-request-id": given})
        assert answer.headers.get_list("x-request-id") == [given]


@pytest.fixture(scope="module")
def server(seeded: Path) -> Iterator[Serving]:
    settings = {"ALLYGRAPH_LOG_REQUESTS": "true", "ALLYGRAPH_LOG_FORMAT": "json"}
    with serving("--database-url", url_of(seeded), **settings) as server:
        with httpx.Client(transport=httpx.HTTPTransport(retries=20)) as client:
            client.get(f"{server.url}/readyz").raise_for_status()
        yield server


def test_errors_on_a_websocket_have_the_id_of_its_handshake(server: Serving) -> None:
    named = {"x-request-id": "socket-1"}
    with talking(server.url, additional_headers=named) as talk:
        assert talk.socket.response
        assert talk.socket.response.headers["x-request-id"] == "socket-1"
        talk.begin().ask("1", "{ no }")
        assert talk.hear()["payload"][0]["extensions"] == {
            "code": "GRAPHQL_VALIDATION_FAILED",
            "requestId": "socket-1",
        }


def test_errors_on_an_event_stream_have_the_id_of_its_request(server: Serving) -> None:
    headers = {"accept": "text/event-stream", "x-request-id": "stream-1"}
    answer = httpx.post(f"{server.url}/graphql", json={"query": "{ no }"}, headers=headers)
    assert answer.headers["x-request-id"] == "stream-1"
    assert '"requestId":"stream-1"' in answer.text


def test_the_log_has_a_request_under_the_id_of_its_client(seeded: Path) -> None:
    settings = {"ALLYGRAPH_LOG_REQUESTS": "true", "ALLYGRAPH_LOG_FORMAT": "json"}
    with serving("--database-url", url_of(seeded), **settings) as server:
        with httpx.Client(transport=httpx.HTTPTransport(retries=20)) as client:
            made = client.get(f"{server.url}/nothing").json()["requestId"]
            client.get(f"{server.url}/healthz", headers={"x-request-id": "given"})
            client.post(f"{server.url}/graphql", json={"query": "{ __typename }"})
        server.process.terminate()
        lines = [json.loads(line) for line in server.end().err.splitlines()]
    named = {line["path"]: line["request_id"] for line in lines if line["event"] == "request"}
    assert (named["/nothing"], named["/healthz"]) == (made, "given")
    assert re.fullmatch("[0-9a-f]{32}", named["/graphql"])
    assert all("request_id" not in line for line in lines if line["event"] != "request")


WITHIN = """
from service.observability.log import Event, log, configure_log
from service.request.context import RequestContext, set_current_context
from service.settings import Settings

configure_log(Settings(log_format="json"))
log.info(Event.STARTED)
set_current_context(RequestContext(given_id=b"abc"))
log.error(Event.FAULT)
"""


def test_every_line_that_is_written_within_a_request_has_its_id() -> None:
    command = [sys.executable, "-c", WITHIN]
    ended = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    before, within = map(json.loads, ended.stderr.splitlines())
    assert ("request_id" in before, within["request_id"]) == (False, "abc")
