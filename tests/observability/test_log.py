"""The content and the form of the log."""

import json
import signal
import socket
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.commands import run, serving
from tests.stores import url_of

SETTINGS = {"ALLYGRAPH_LOG_FORMAT": "json", "ALLYGRAPH_LOG_REQUESTS": "true"}


@pytest.fixture
def lines(seeded: Path) -> list[dict[str, Any]]:
    """Returns the log lines of several requests, each parsed as JSON."""
    with serving("--database-url", url_of(seeded), **SETTINGS) as server:
        with httpx.Client(base_url=server.url) as client:
            client.post("/graphql", json={"query": "query Named { revision { number } }"})
            client.post("/graphql", json={"query": "query Wrong { no }"})
            client.get("/api/v1/actors?no=1")
        address = httpx.URL(server.url)
        with socket.create_connection((address.host, address.port or 80)) as connection:
            connection.sendall(b"good morning\r\n\r\n")
            connection.recv(1_000)
        server.process.send_signal(signal.SIGTERM)
        ended = server.end()
    return [json.loads(line) for line in (ended.out + ended.err).splitlines()]


def test_every_line_is_json_also_the_first_and_those_of_the_server(
    lines: list[dict[str, Any]],
) -> None:
    assert {"listening", "started", "request", "stopped"} <= {line["event"] for line in lines}
    assert any("Invalid HTTP request" in line["event"] for line in lines)


def test_what_is_done_before_it_serves_and_why_it_does_not_are_json_too(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    options = ("--prepare", "--database-url", f"sqlite:///{database}")
    with serving(*options, **SETTINGS) as server:
        server.process.send_signal(signal.SIGTERM)
        ended = server.end()
    lines = [json.loads(line) for line in (ended.out + ended.err).splitlines()]
    said = [line["message"] for line in lines if line["event"] == "output"]
    assert said[0].startswith(f"Migrating {database} from none to ")
    assert said[1].startswith("rutte-2024: Loaded rutte-2024 1.0: 14 actors, ")
    for wrong in ({"ALLYGRAPH_HOSTS": "https://a"}, {"ALLYGRAPH_PORT": "x"}, {"ALLYGRAPH_A": "1"}):
        refused = run("serve", *options[1:], **SETTINGS, **wrong)
        assert (refused.status, refused.out) == (1, "")
        (line,) = map(json.loads, refused.err.splitlines())
        assert line["event"] == "output"
        assert line["message"].startswith("allygraph: ")


def test_a_line_of_a_request_has_its_client_operation_and_code(
    lines: list[dict[str, Any]],
) -> None:
    requests = [line for line in lines if line["event"] == "request"]
    found = [(line["client"], line["operation"], line["code"]) for line in requests]
    assert found == [
        ("127.0.0.1", "Named", None),
        ("127.0.0.1", None, "GRAPHQL_VALIDATION_FAILED"),
        ("127.0.0.1", "GET /api/v1/actors", "BAD_USER_INPUT"),
    ]
