"""Pages of other sites cannot read or write, unless their origin is allowed."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.http.application import DOORS, Service, code_of, service
from tests.http.editing import Editor

OURS, FRIEND, STRANGER = "http://a.test", "https://friend.example", "https://stranger.example"

# The content types that a form, or a script without permission, can send to another site.
SIMPLE_TYPES = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=a",
    "text/plain",
)
CREATE = 'mutation { createActor(input: {slug: "a", name: "A", kind: STATE}) { actor { id } } }'
MUTATION = json.dumps({"query": CREATE})
ACTOR = '{"slug": "a", "name": "A", "kind": "STATE"}'
# Every address at which a POST changes data, with a valid body.
WRITING = {
    "GraphQL": ("/graphql", MUTATION),
    "REST": ("/api/v1/actors", ACTOR),
    "merging": ("/api/v1/actors/iran/merge", '{"merge": ["russia"]}'),
    "tokens": ("/api/v1/tokens", '{"name": "b", "role": "admin"}'),
}


@pytest.fixture
def friendly(seeded: Path, runner: asyncio.Runner) -> Iterator[Service]:
    with service(seeded, runner, cors_origins=f"{FRIEND} https://other.example:8443") as running:
        yield running


def cors_headers(answer: httpx.Response) -> dict[str, str]:
    return {k: v for k, v in answer.headers.items() if k.startswith("access-control-")}


class TestForms:
    """Sends a simple cross-site request, for which a browser sends no preflight."""

    @pytest.mark.parametrize("media_type", [*SIMPLE_TYPES, ""])
    @pytest.mark.parametrize("door", ["GraphQL", "REST", "merging"])
    def test_simple_post_is_refused_even_with_a_token(
        self, editor: Editor, door: str, media_type: str
    ) -> None:
        path, body = WRITING[door]
        before = editor.send("GET", "/api/v1/actors?first=500").json()["revision"]
        answer = editor.send("POST", path, content=body, headers={"content-type": media_type})
        assert (answer.status_code, code_of(answer)) == (415, "UNSUPPORTED_MEDIA_TYPE")
        assert editor.send("GET", "/api/v1/actors?first=500").json()["revision"] == before

    @pytest.mark.parametrize("media_type", SIMPLE_TYPES)
    @pytest.mark.parametrize("path", [path for path, _ in WRITING.values()])
    def test_simple_post_without_a_token_changes_nothing(
        self, editor: Editor, path: str, media_type: str
    ) -> None:
        answer = editor.send_as({"content-type": media_type}, "POST", path, content=ACTOR)
        assert answer.status_code in (401, 415)

    @pytest.mark.parametrize("accept", ["*/*", "application/json", "text/event-stream"])
    def test_address_changes_nothing(self, editor: Editor, accept: str) -> None:
        answer = editor.send(
            "GET", "/graphql", params={"query": CREATE}, headers={"accept": accept}
        )
        assert "METHOD_NOT_ALLOWED" in answer.text
        assert editor.send("GET", "/api/v1/actors/a").status_code == 404

    @pytest.mark.parametrize("method", ["PATCH", "DELETE"])
    def test_methods_that_change_are_asked_about_first_and_refused(
        self, editor: Editor, method: str
    ) -> None:
        asked = {"origin": STRANGER, "access-control-request-method": method}
        answer = editor.send_as(asked, "OPTIONS", "/api/v1/actors/iran")
        assert not answer.is_success
        assert cors_headers(answer) == {}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
class TestReading:
    """The headers by which a browser shows the response to the page, or does not."""

    def test_other_origins_are_refused_by_default(
        self, seeded: Path, runner: asyncio.Runner, door: dict[str, Any]
    ) -> None:
        with service(seeded, runner) as running:
            answer = running.send(**door, headers={"origin": STRANGER})
        assert cors_headers(answer) == {}

    def test_named_site_may_read(self, friendly: Service, door: dict[str, Any]) -> None:
        answer = friendly.send(**door, headers={"origin": FRIEND})
        assert answer.headers["access-control-allow-origin"] == FRIEND
        assert "origin" in answer.headers["vary"].lower()

    def test_other_site_may_not(self, friendly: Service, door: dict[str, Any]) -> None:
        for origin in (STRANGER, "null", f"{FRIEND}.evil.example", "https://other.example"):
            answer = friendly.send(**door, headers={"origin": origin})
            assert "access-control-allow-origin" not in answer.headers

    def test_credentials_are_never_asked_for(self, friendly: Service, door: dict[str, Any]) -> None:
        answer = friendly.send(**door, headers={"origin": FRIEND})
        assert "access-control-allow-credentials" not in answer.headers

    def test_a_cached_response_names_only_the_requesting_origin(
        self, friendly: Service, door: dict[str, Any]
    ) -> None:
        first = friendly.send(**door, headers={"origin": FRIEND})
        again = friendly.send(**door, headers={"origin": "https://other.example:8443"})
        nobody = friendly.send(**door)
        assert again.headers["access-control-allow-origin"] == "https://other.example:8443"
        assert again.headers["vary"] == first.headers["vary"]
        assert "access-control-allow-origin" not in nobody.headers

    def test_leave_is_given_before_a_request(self, friendly: Service, door: dict[str, Any]) -> None:
        asked = {
            "origin": FRIEND,
            "access-control-request-method": door["method"],
            "access-control-request-headers": "authorization,content-type",
        }
        assert friendly.send("OPTIONS", door["path"], headers=asked).is_success
        refused = friendly.send("OPTIONS", door["path"], headers=asked | {"origin": STRANGER})
        assert refused.status_code == 400

    def test_page_may_name_an_earlier_revision_and_read_which_it_was(
        self, friendly: Service, door: dict[str, Any]
    ) -> None:
        asked = {
            "origin": FRIEND,
            "access-control-request-method": door["method"],
            "access-control-request-headers": "allygraph-as-of,content-type",
        }
        assert friendly.send("OPTIONS", door["path"], headers=asked).is_success
        answer = friendly.send(**door, headers={"origin": FRIEND, "allygraph-as-of": "1"})
        exposed = answer.headers["access-control-expose-headers"].lower().split(", ")
        assert answer.headers["allygraph-as-of"] == "1"
        assert "allygraph-as-of" in exposed

    def test_page_reads_that_it_asks_too_often(
        self, seeded: Path, runner: asyncio.Runner, door: dict[str, Any]
    ) -> None:
        with service(seeded, runner, cors_origins=FRIEND, requests_per_minute=1) as running:
            answers = [running.send(**door, headers={"origin": FRIEND}) for _ in range(3)]
        assert answers[-1].status_code == 429
        assert answers[-1].headers["access-control-allow-origin"] == FRIEND

    def test_any_site_may_read_where_all_are_named(
        self, seeded: Path, runner: asyncio.Runner, door: dict[str, Any]
    ) -> None:
        with service(seeded, runner, cors_origins="*") as running:
            answer = running.send(**door, headers={"origin": STRANGER})
        assert answer.headers["access-control-allow-origin"] == "*"


class TestSockets:
    """A browser lets any page open a socket, and sends the page's origin.

    It has no cookies to send here. Without a check, any page could read data that is public within
    its reader's network.
    """

    def outcome(self, running: Service, origin: str | None) -> str:
        """Returns the application's response to a handshake."""
        told: list[str] = []

        async def converse() -> None:
            incoming = iter(({"type": "websocket.connect"}, {"type": "websocket.disconnect"}))
            headers = [(b"host", b"a.test")]
            headers += [(b"origin", origin.encode())] if origin is not None else []
            scope = {"type": "websocket", "path": "/graphql", "headers": headers}
            scope |= {"subprotocols": ["graphql-transport-ws"], "client": ("192.0.2.1", 1)}

            async def receive() -> Any:
                return next(incoming)

            async def send(message: Any) -> None:
                told.append(message["type"])

            await running.app.edge(scope, receive, send)

        running.runner.run(converse())
        return told[0]

    @pytest.mark.parametrize("origin", [None, OURS, OURS.upper(), FRIEND])
    def test_own_pages_and_named_sites_are_let_in(
        self, friendly: Service, origin: str | None
    ) -> None:
        assert self.outcome(friendly, origin) == "websocket.accept"

    @pytest.mark.parametrize("origin", [STRANGER, "null", "http://a.test.evil.example", "a.test"])
    def test_others_are_not(self, friendly: Service, origin: str) -> None:
        assert self.outcome(friendly, origin) == "websocket.close"

    def test_without_the_setting_no_other_site_is(
        self, seeded: Path, runner: asyncio.Runner
    ) -> None:
        with service(seeded, runner) as running:
            assert self.outcome(running, FRIEND) == "websocket.close"
            assert self.outcome(running, OURS) == "websocket.accept"


@pytest.mark.parametrize(
    "path", ["/graphql?query={__typename}", "/api/v1/actors", "/api/v1/nothing"]
)
def test_no_page_may_embed_an_answer_or_take_it_for_another_type(
    friendly: Service, path: str
) -> None:
    answer = friendly.send("GET", path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
