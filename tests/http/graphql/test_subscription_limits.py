"""The maximum number of a client's subscriptions, and its rate limit over a socket."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.commands import serving
from tests.stores import url_of
from tests.subscriptions.talking import talking

CHANGES = "subscription { changes { nodes { id } } }"
QUERY = "{ __typename }"


@pytest.fixture(scope="module")
def url(seeded: Path) -> Iterator[str]:
    settings = {"ALLYGRAPH_CLIENT_SUBSCRIPTIONS": "2", "ALLYGRAPH_TRUSTED_PROXIES": "127.0.0.1"}
    with serving("--database-url", url_of(seeded), **settings) as server:
        yield server.url


@contextmanager
def stream(url: str, client: str) -> Iterator[httpx.Response]:
    headers = {"accept": "text/event-stream", "x-forwarded-for": client}
    question = {"query": CHANGES}
    with httpx.stream("POST", f"{url}/graphql", json=question, headers=headers) as response:
        yield response


def test_client_has_so_many_streams_and_no_more(url: str) -> None:
    with stream(url, "192.0.2.1") as first, stream(url, "192.0.2.1") as second:
        assert (first.status_code, second.status_code) == (200, 200)
        with stream(url, "192.0.2.1") as third:
            assert third.status_code == 503
            assert "TOO_MANY_SUBSCRIPTIONS" in third.read().decode()
            assert "retry-after" in third.headers


def test_other_clients_have_as_many(url: str) -> None:
    with ExitStack() as open_streams:
        for client in ("192.0.2.3", "192.0.2.4"):
            for _ in range(2):
                response = open_streams.enter_context(stream(url, client))
                assert response.status_code == 200


def test_client_has_so_many_operations_and_no_more_however_many_sockets(url: str) -> None:
    with talking(url) as one, talking(url) as other:
        one.begin().ask("a", CHANGES)
        other.begin().ask("b", CHANGES)
        for talk in (one, other):
            talk.say("ping")
            assert talk.hear() == {"type": "pong"}
        one.ask("c", CHANGES)
        assert one.code() == "TOO_MANY_SUBSCRIPTIONS"


def test_what_is_asked_over_a_socket_is_counted(seeded: Path) -> None:
    settings = {"ALLYGRAPH_REQUESTS_PER_MINUTE": "20"}
    with serving("--database-url", url_of(seeded), **settings) as server:
        with talking(server.url) as talk:
            talk.begin()
            told: list[str] = []
            # The start of a new minute does not double the limit.
            for number in range(40):
                talk.ask(str(number), QUERY)
                told.append(talk.hear()["type"])
                if told[-1] == "next":
                    assert talk.hear()["type"] == "complete"
                else:
                    break
            assert told[-1] == "error"
            talk.ask("last", QUERY)
            assert talk.code() == "TOO_MANY_REQUESTS"
        assert httpx.get(f"{server.url}/healthz").status_code == 200
