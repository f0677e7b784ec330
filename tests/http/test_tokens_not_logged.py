"""No part of a token is ever logged."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from service.auth.callers import Role
from service.auth.new_token import NewToken
from service.auth.tokens import create_token, token_transaction
from service.database import database_at
from tests.commands import ROOT, serving
from tests.stores import copy_of, url_of

WRONG = "allygraph_" + "wrong" * 8 + "abc"


@pytest.mark.parametrize("log_format", ["human", "json"])
def test_no_token_is_in_the_log_of_requests(seeded: Path, tmp_path: Path, log_format: str) -> None:
    url = url_of(copy_of(seeded, tmp_path))
    with token_transaction(database_at(url)) as connection:
        secret = create_token(connection, NewToken("newsroom", Role.ADMIN)).secret
    settings = {
        "ALLYGRAPH_LOG_REQUESTS": "true",
        "ALLYGRAPH_LOG_LEVEL": "debug",
        "ALLYGRAPH_LOG_FORMAT": log_format,
    }
    with serving("--database-url", url, **settings) as server:
        transport = httpx.HTTPTransport(retries=20)
        with httpx.Client(transport=transport, base_url=server.url, timeout=20) as client:
            statuses = {
                client.request(method, path, headers=headers, json=body).status_code
                for shown in (secret, WRONG)
                for headers in ({"authorization": f"Bearer {shown}"}, {})
                for method, path, body in requests_with(shown)
            }
            made = client.post(
                "/api/v1/tokens",
                headers={"authorization": f"Bearer {secret}"},
                json={"name": "second", "role": "reader"},
            ).json()["token"]
        server.process.terminate()
        ended = server.end()
    assert {200, 401} <= statuses
    assert "/api/v1/actors" in ended.err
    for shown in (secret, WRONG, made):
        assert shown.removeprefix("allygraph_")[:20] not in ended.out + ended.err


def requests_with(shown: str) -> list[tuple[str, str, object]]:
    """Sends the token also in wrong places."""
    return [
        ("GET", "/api/v1/actors", None),
        ("GET", f"/api/v1/actors?access_token={shown}", None),
        ("POST", "/graphql", {"query": "{ __typename }", "variables": {"token": shown}}),
        ("GET", f"/graphql?query={{__typename}}&access_token={shown}", None),
        ("POST", "/api/v1/tokens", {"name": 7, "token": shown}),
    ]


FAULT = """
import sys
from service.observability.log import Event, log, configure_log
from service.settings import Settings

def answer(scope):
    return scope["no such key"]

log_format, secret = sys.argv[1:]
configure_log(Settings(log_format=log_format))
try:
    answer({"headers": [(b"authorization", f"Bearer {secret}".encode())]})
except KeyError as error:
    log.exception(Event.FAULT, path="/")
    log.error(Event.FAULT, path="/", exc_info=error)
"""


@pytest.mark.parametrize("log_format", ["human", "json"])
def test_fault_is_reported_without_the_values_of_variables(log_format: str) -> None:
    # Not a part of the script: Python 3.13 shows the lines of one in tracebacks.
    command = [sys.executable, "-c", FAULT, log_format, WRONG]
    ended = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    assert ended.stderr.count("no such key") >= 2
    assert ended.stderr.count("answer") >= 2
    assert WRONG not in ended.stderr
