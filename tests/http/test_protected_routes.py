"""Every route to the data needs a token if reading does, and no other route does."""

import asyncio
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.app import create_app
from service.auth.callers import Role
from service.auth.new_token import NewToken
from service.auth.tokens import create_token, revoke_token, token_transaction
from service.database import database_at
from service.settings import Settings
from tests.stores import copy_of, url_of

QUESTION = {"query": '{ actor(by: {slug: "iran"}) { name } }'}

Ask = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def url(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    return url_of(copy_of(seeded, tmp_path_factory.mktemp("doors")))


@pytest.fixture(scope="module")
def ask(url: str, runner: asyncio.Runner) -> Iterator[Ask]:
    """Sends requests to the complete application, in which reading needs a token."""
    app = create_app(Settings(database_url=url, read="token"))
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://a.test")

    def ask(door: dict[str, Any], secret: str | None = None) -> httpx.Response:
        shown = [] if secret is None else [("authorization", f"Bearer {secret}")]
        headers = [*httpx.Headers(door.get("headers")).multi_items(), *shown]
        return runner.run(client.request(**{**door, "headers": headers}))

    yield ask
    runner.run(client.aclose())
    runner.run(app.close())


def new_token(url: str, name: str, role: Role = Role.READER) -> tuple[int, str]:
    with token_transaction(database_at(url)) as connection:
        kept, secret = create_token(connection, NewToken(name, role))
    return kept.id, secret


@cache
def made_once(url: str) -> str:
    """The secret of a token that several tests use."""
    return new_token(url, "shown twice")[1]


def get(path: str, **params: str) -> dict[str, Any]:
    return {"method": "GET", "url": path, "params": params}


DOORS = {
    "GraphQL by POST": {"method": "POST", "url": "/graphql", "json": QUESTION},
    "GraphQL by GET": get("/graphql", **QUESTION),
    "GraphQL's schema": get("/graphql", query="{ __schema { queryType { name } } }"),
    "a collection": get("/api/v1/actors"),
    "a record": get("/api/v1/actors/iran"),
    "the reconciliation service": get("/api/v1/reconcile"),
    "a suggestion": get("/api/v1/reconcile/suggest/entity", prefix="iran"),
    "a suggested type": get("/api/v1/reconcile/suggest/type", prefix="s"),
    "a suggested property": get("/api/v1/reconcile/suggest/property", prefix="c"),
    "proposed properties": get("/api/v1/reconcile/properties"),
    "a preview": get("/api/v1/reconcile/preview", id="actor_1"),
    "reconciliation by POST": {
        "method": "POST",
        "url": "/api/v1/reconcile",
        "data": {"queries": "{}"},
    },
}
OPEN = ["/healthz", "/readyz", "/openapi.json", "/docs/"]


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_data_is_sent_to_clients_with_a_token(url: str, ask: Ask, door: dict[str, Any]) -> None:
    refused = ask(door)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == 'Bearer realm="AllyGraph"'
    assert "UNAUTHENTICATED" in refused.text
    id, secret = new_token(url, "a reader")
    assert ask(door, secret).status_code == 200
    with token_transaction(database_at(url)) as connection:
        revoke_token(connection, id)
    # The response is cached by now, but not sent without a token.
    revoked = ask(door, secret)
    assert revoked.status_code == 401
    assert revoked.headers["www-authenticate"].endswith('error="invalid_token"')


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_two_tokens_open_no_door(url: str, ask: Ask, door: dict[str, Any]) -> None:
    secret = made_once(url)
    shown = [("authorization", f"Bearer {secret}")]
    assert ask({**door, "headers": shown}).status_code == 200
    assert ask({**door, "headers": shown * 2}).status_code == 401


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_token_in_an_address_opens_no_door(url: str, ask: Ask, door: dict[str, Any]) -> None:
    id, secret = new_token(url, "in an address")
    try:
        for name in ("access_token", "authorization"):
            params = {**door.get("params", {}), name: secret}
            assert ask({**door, "params": params}).status_code == 401
    finally:
        with token_transaction(database_at(url)) as connection:
            revoke_token(connection, id)


@pytest.mark.parametrize("path", OPEN)
def test_routes_without_data_need_no_token(ask: Ask, path: str) -> None:
    assert ask(get(path)).status_code == 200


def test_graphiql_needs_no_token(ask: Ask) -> None:
    page = ask(get("/graphql") | {"headers": {"accept": "text/html"}})
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")


def test_reader_may_not_keep_tokens(url: str, ask: Ask) -> None:
    _, secret = new_token(url, "only a reader")
    assert ask(get("/api/v1/tokens"), secret).status_code == 403
    _, secret = new_token(url, "an administrator", Role.ADMIN)
    assert ask(get("/api/v1/tokens"), secret).status_code == 200
