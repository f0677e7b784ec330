"""A server starts once, completes requests when it is stopped, and exits with success."""

import json
import signal
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.commands import Serving, serving
from tests.stores import everything, url_of

QUESTION = json.dumps({"query": "{ __typename }"}).encode()
HEAD = b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
# Every statement with all statements that mention the same actors, three levels deep. Within the
# node budget this takes half a second, here a dozen times.
TIED = "mentions { nodes { mentionedIn { nodes { "
SLOW = " ".join(
    f"a{i}: statements {{ nodes {{ {TIED * 3} text {'}}}}' * 3} }} }}" for i in range(12)
)
GENEROUS = {"ALLYGRAPH_NODE_BUDGET": str(10**12)}


def connect(server: Serving) -> socket.socket:
    parts = urlsplit(server.url)
    return socket.create_connection((parts.hostname, parts.port), timeout=20)


def ready(server: Serving) -> None:
    with httpx.Client(transport=httpx.HTTPTransport(retries=20), timeout=20) as client:
        client.get(f"{server.url}/readyz").raise_for_status()


@pytest.fixture
def url(seeded: Path) -> str:
    return url_of(seeded)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_server_that_is_stopped_exits_with_success(url: str, number: signal.Signals) -> None:
    with serving("--database-url", url) as server:
        ready(server)
        server.process.send_signal(number)
        ended = server.end()
    assert ended.status == 0
    assert [line.split()[-1] for line in ended.err.splitlines()] == ["started", "stopped"]


def test_server_prepares_its_database_once(tmp_path: Path) -> None:
    database = tmp_path / "new.db"
    contents = []
    for said in ("Loaded rutte-2024 1.0", "unchanged since the last load"):
        with serving("--prepare", "--database-url", url_of(database)) as server:
            ready(server)
            found = httpx.get(f"{server.url}/api/v1/supports?fields=id").json()
            server.process.terminate()
            ended = server.end()
        assert (ended.status, said in ended.out) == (0, True)
        assert found["page"]["totalCount"] == 9
        contents.append(everything(database))
    assert contents[0] == contents[1]


def asking(body: bytes) -> bytes:
    """Returns the complete request."""
    return HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body


def test_request_that_is_still_coming_in_is_answered(url: str) -> None:
    request = asking(QUESTION)
    with serving("--database-url", url) as server:
        ready(server)
        with connect(server) as client:
            client.sendall(request[:-5])
            time.sleep(0.3)
            server.process.terminate()
            time.sleep(0.3)
            client.sendall(request[-5:])
            answer = client.makefile("rb").read()
        ended = server.end()
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b'{"data":{"__typename":"Query"}}')
    assert ended.status == 0


def test_question_that_takes_long_has_its_time(url: str) -> None:
    with serving("--database-url", url, ALLYGRAPH_SECONDS="1", **GENEROUS) as server:
        ready(server)
        with connect(server) as client:
            client.sendall(asking(json.dumps({"query": f"{{ {SLOW} }}"}).encode()))
            time.sleep(0.3)
            server.process.terminate()
            answer = client.makefile("rb").read()
        ended = server.end()
    assert answer.startswith(b"HTTP/1.1 504 ")
    assert b'"The query took longer than 1 seconds; select less."' in answer
    assert ended.status == 0


def test_quick_questions_do_not_wait_for_a_slow_one(url: str) -> None:
    with (
        serving("--database-url", url, ALLYGRAPH_SECONDS="10", **GENEROUS) as server,
        connect(server) as client,
    ):
        client.sendall(asking(json.dumps({"query": f"{{ {SLOW} }}"}).encode()))
        ready(server)
        client.setblocking(False)
        with pytest.raises(BlockingIOError):
            client.recv(1)
