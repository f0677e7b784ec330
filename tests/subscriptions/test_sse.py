"""GraphQL over Server-Sent Events, in distinct connections mode."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from service.http.graphql.event_size import MAX_EVENT_BYTES
from tests.subscriptions.services import Service, fake_service, wait_until
from tests.subscriptions.talking import SUBSCRIPTION

ACCEPT = {"accept": "text/event-stream"}
EDITOR = "Bearer editor"


class Stream:
    """A response, event by event."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.lines = response.iter_lines()

    def block(self) -> list[str]:
        """Returns the lines up to the next empty one; [] at the end."""
        lines: list[str] = []
        for line in self.lines:
            if not line:
                break
            lines.append(line)
        return lines

    def next(self) -> Any:
        """Returns the next result."""
        event, data = self.block()
        assert event == "event: next"
        return json.loads(data.removeprefix("data: "))

    def revision(self) -> int:
        revision: int = self.next()["data"]["changes"]["revision"]
        return revision

    def is_completed(self) -> bool:
        return [self.block(), self.block()] == [["event: complete", "data: "], []]


@contextmanager
def stream(
    service: Service, document: str, method: str = "POST", **variables: object
) -> Iterator[Stream]:
    question: dict[str, Any] = {"query": document}
    if method == "POST":
        options: dict[str, Any] = {"json": question | {"variables": variables}}
    else:
        options = {"params": question | {"variables": json.dumps(variables)}}
    with httpx.stream(method, f"{service.url}/graphql", headers=ACCEPT, **options) as response:
        yield Stream(response)


def test_the_response_is_an_event_stream_without_caching_or_buffering(service: Service) -> None:
    with stream(service, "{ caller }") as told:
        headers = told.response.headers
    assert told.response.status_code == 200
    assert headers["content-type"] == "text/event-stream; charset=utf-8"
    assert headers["cache-control"] == "no-store"
    assert headers["x-accel-buffering"] == "no"
    assert "content-length" not in headers


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_query_is_answered_and_completed(service: Service, method: str) -> None:
    with stream(service, "{ caller }", method) as told:
        assert told.next() == {"data": {"caller": ""}}
        assert told.is_completed()


def test_question_that_can_not_be_asked_is_reported_in_the_stream(service: Service) -> None:
    with stream(service, "{ nothing }") as told:
        (error,) = told.next()["errors"]
        assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
        assert told.is_completed()


def test_internal_error_is_reported_in_the_stream(service: Service) -> None:
    with stream(service, "{ fault }") as told:
        (error,) = told.next()["errors"]
        assert error["message"] == "Internal error. The log of the service has the details."
        assert told.is_completed()


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_each_revision_is_an_event(service: Service, method: str) -> None:
    with stream(service, SUBSCRIPTION, method) as told:
        wait_until(lambda: service.open_operations() == 1)
        service.write(1, 2)
        first = told.revision()
        assert told.revision() == first + 1


def test_events_after_a_revision_come_first(service: Service) -> None:
    service.write(1, 2, 3)
    with stream(service, SUBSCRIPTION, since=0) as told:
        assert [told.revision() for _ in range(3)] == [1, 2, 3]


def test_long_event_comes_whole(service: Service) -> None:
    with stream(service, SUBSCRIPTION) as told:
        wait_until(lambda: service.open_operations() == 1)
        service.write(900_000)
        assert told.next()["data"]["changes"]["text"] == "x" * 900_000


def test_event_that_exceeds_the_limit_ends_the_stream_with_an_error() -> None:
    with fake_service() as service, stream(service, SUBSCRIPTION, since=0) as told:
        service.write(1, MAX_EVENT_BYTES)
        assert told.revision() == 1
        (error,) = told.next()["errors"]
        assert error["extensions"]["code"] == "EVENT_TOO_LARGE"
        assert "the limit is 1,000,000. Select fewer fields" in error["message"]
        assert told.is_completed()


def test_subscription_that_fails_says_what_came_before(service: Service) -> None:
    service.write(1, 1)
    with stream(service, SUBSCRIPTION, since=0, failsAt=2) as told:
        assert told.revision() == 1
        (error,) = told.next()["errors"]
        assert error["extensions"]["code"] == "BAD_USER_INPUT"
        assert told.is_completed()


def test_client_that_goes_is_let_go(service: Service) -> None:
    with stream(service, SUBSCRIPTION):
        wait_until(lambda: service.open_operations() == 1)
    wait_until(lambda: service.open_operations() == 0)


def test_connection_is_used_again_after_a_stream(service: Service) -> None:
    with httpx.Client(base_url=service.url, headers=ACCEPT) as client:
        answers = [client.post("/graphql", json={"query": "{ caller }"}) for _ in range(2)]
        ports = {
            answer.extensions["network_stream"].get_extra_info("client_addr") for answer in answers
        }
    assert [answer.text for answer in answers] == [
        'event: next\ndata: {"data":{"caller":""}}\n\nevent: complete\ndata: \n\n'
    ] * 2
    assert len(ports) == 1


def test_quiet_stream_gets_heartbeats() -> None:
    with (
        fake_service(ALLYGRAPH_HEARTBEAT_SECONDS="0.1") as service,
        stream(service, SUBSCRIPTION) as told,
    ):
        assert [told.block(), told.block()] == [[":"]] * 2


def test_subscription_too_many_is_refused_before_the_stream() -> None:
    with fake_service(ALLYGRAPH_SUBSCRIPTIONS="1") as service, stream(service, SUBSCRIPTION):
        wait_until(lambda: service.open_operations() == 1)
        with stream(service, SUBSCRIPTION) as refused:
            (error,) = json.loads(refused.response.read())["errors"]
    assert refused.response.status_code == 503
    assert error["extensions"]["code"] == "TOO_MANY_SUBSCRIPTIONS"


def test_stream_of_a_token_that_is_revoked_ends_while_nothing_happens() -> None:
    headers = ACCEPT | {"authorization": EDITOR}
    with (
        fake_service() as service,
        httpx.stream(
            "POST", f"{service.url}/graphql", headers=headers, json={"query": SUBSCRIPTION}
        ) as response,
    ):
        stream = Stream(response)
        service.post("/revoke")
        assert stream.next()["errors"][0]["message"] == "This token is not known here."
        assert stream.is_completed()
