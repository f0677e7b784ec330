"""The start pages, for a client that knows no address."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from schema.graphql.schema import sdl
from tests.http.editing import Editor
from tests.stores import copy_of

Send = Callable[..., httpx.Response]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_a_browser_gets_a_page_that_leads_on(send: Send) -> None:
    answer = send("GET", "/", headers={"accept": BROWSER})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src" in answer.headers["content-security-policy"]
    for address in ("/graphql", "/docs/", "/schema.graphql", "/openapi.json", "/healthz"):
        assert f'href="{address}"' in answer.text
        found = send("GET", address, headers={"accept": "*/*"})
        assert found.status_code == (400 if address == "/graphql" else 200)


@pytest.mark.parametrize("accept", ["application/json", "application/json, text/html;q=0.5"])
def test_a_program_gets_the_same_addresses_as_json(send: Send, accept: str) -> None:
    answer = send("GET", "/", headers={"accept": accept})
    assert answer.json()["graphql"] == "/graphql"
    assert answer.headers["vary"] == "accept"


def test_the_schema_is_a_document(send: Send) -> None:
    answer = send("GET", "/schema.graphql")
    assert answer.text == sdl()
    assert answer.headers["content-type"] == "application/graphql; charset=utf-8"
    assert send("HEAD", "/schema.graphql").content == b""


def test_the_icon_is_found_where_browsers_look_for_it(send: Send) -> None:
    answer = send("GET", "/favicon.ico")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<svg")


def test_no_schema_where_introspection_is_disabled(
    seeded: Path, tmp_path: Path, runner: asyncio.Runner
) -> None:
    closed = Editor(copy_of(seeded, tmp_path), runner, introspection=False)
    answer = closed.send("GET", "/schema.graphql")
    closed.close()
    assert (answer.status_code, answer.json()["code"]) == (400, "INTROSPECTION_DISABLED")


def test_a_slash_at_the_end_leads_to_the_address_without_it(send: Send) -> None:
    answer = send("GET", "/api/v1/actors/?first=1&fields=slug", headers={"host": "evil.example"})
    assert answer.status_code == 307
    assert answer.headers["location"] == "../actors?first=1&fields=slug"
    assert answer.url.join(answer.headers["location"]).path == "/api/v1/actors"


def test_without_a_slash_the_page_is_found_as_well(send: Send) -> None:
    answer = send("GET", "/docs")
    assert (answer.status_code, answer.headers["location"]) == (307, "docs/")
    assert answer.url.join("docs/").path == "/docs/"
