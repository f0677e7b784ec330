"""Admins create, list and revoke tokens over REST; other roles cannot."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from jsonschema import Draft202012Validator

from service.auth.callers import Role
from service.auth.new_token import NewToken
from service.auth.tokens import create_token, token_transaction
from service.http.authorization import Authorization
from service.http.openapi.document import document
from service.http.problems import answer_problems
from service.http.rest.tokens import token_routes
from service.settings import Settings
from tests.guarding import guarding
from tests.stores import copy_of, database_of, rows

PATH = "/api/v1/tokens"
CI = {"name": "ci", "role": "editor"}

Ask = Callable[..., httpx.Response]


@pytest.fixture
def database(empty: Path, tmp_path: Path) -> Path:
    return copy_of(empty, tmp_path)


@pytest.fixture
def ask_as(database: Path, runner: asyncio.Runner) -> Iterator[Callable[[str | None], Ask]]:
    """Sends a request to an application on that database, with or without a token."""
    with guarding(database, runner) as guard:
        settings, authorization = Settings(body_bytes=1_000), Authorization(guard)
        app = FastAPI(routes=list(token_routes(settings, database_of(database), authorization)))
        answer_problems(app)
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://a.test")

        def ask_as(secret: str | None) -> Ask:
            headers = {} if secret is None else {"authorization": f"Bearer {secret}"}

            def ask(method: str, path: str = "", **options: Any) -> httpx.Response:
                options["headers"] = headers | options.get("headers", {})
                return runner.run(client.request(method, PATH + path, **options))

            return ask

        yield ask_as
        runner.run(client.aclose())


def token_of(database: Path, role: Role) -> str:
    with token_transaction(database_of(database)) as connection:
        return create_token(connection, NewToken(f"the {role}", role)).secret


@pytest.fixture
def admin(database: Path, ask_as: Callable[[str | None], Ask]) -> Ask:
    return ask_as(token_of(database, Role.ADMIN))


def fits(name: str, content: Any) -> None:
    whole = {"$ref": f"#/components/schemas/{name}", "components": document()["components"]}
    Draft202012Validator(whole).validate(content)


def test_token_is_created_and_shown_once(admin: Ask, ask_as: Callable[[str | None], Ask]) -> None:
    made = admin("POST", json=CI | {"expires": "2999-12-31"})
    assert (made.status_code, made.headers["cache-control"]) == (201, "no-store")
    content = made.json()
    fits("CreatedToken", content)
    assert content["name"] == "ci"
    assert content["expiresAt"] == "2999-12-31T23:59:59Z"
    secret = content["token"]
    assert ask_as(secret)("GET").status_code == 403
    assert secret not in admin("GET").text


def test_tokens_are_listed(admin: Ask) -> None:
    made = admin("POST", json=CI).json()
    listed = admin("GET")
    assert (listed.status_code, listed.headers["cache-control"]) == (200, "no-store")
    first, second = listed.json()["data"]
    fits("Token", second)
    assert (first["name"], first["role"], first["state"]) == ("the admin", "admin", "active")
    assert second == {name: value for name, value in made.items() if name != "token"}


def test_revoked_token_opens_nothing_any_more(
    admin: Ask, ask_as: Callable[[str | None], Ask]
) -> None:
    made = admin("POST", json={"name": "second", "role": "admin"}).json()
    second = ask_as(made["token"])
    assert second("GET").status_code == 200
    revoked = admin("DELETE", f"/{made['id']}")
    assert (revoked.status_code, revoked.content) == (204, b"")
    assert second("GET").status_code == 401
    (_, kept) = admin("GET").json()["data"]
    assert (kept["state"], kept["revokedAt"] is None) == ("revoked", False)


def test_token_may_be_revoked_twice(admin: Ask) -> None:
    id = admin("POST", json=CI).json()["id"]
    assert admin("DELETE", f"/{id}").status_code == 204
    assert admin("DELETE", f"/{id}").status_code == 204


@pytest.mark.parametrize("id", ["99", "0", "-1", "x", "1.0", "9" * 18, "9" * 19, "9" * 9_000])
def test_unknown_token_is_not_found(admin: Ask, id: str) -> None:
    answer = admin("DELETE", f"/{id}")
    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")


def test_name_of_a_living_token_is_taken(admin: Ask) -> None:
    admin("POST", json=CI)
    answer = admin("POST", json=CI)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "INVALID_RECORD"
    (error,) = answer.json()["errors"]
    assert (error["path"], error["code"]) == (["name"], "DUPLICATE")
    assert "An active token has the name 'ci'" in error["message"]


BAD = {
    "no role": {"name": "ci"},
    "unknown role": CI | {"role": "owner"},
    "bad end": CI | {"expires": "soon"},
    "unknown field": CI | {"admin": True},
}


@pytest.mark.parametrize("given", BAD.values(), ids=BAD)
def test_bad_token_is_refused_with_a_reason(admin: Ask, given: Any) -> None:
    answer = admin("POST", json=given)
    assert (answer.status_code, answer.json()["code"]) == (422, "INVALID_RECORD")
    assert len(admin("GET").json()["data"]) == 1


NO_OBJECTS = {
    "text": (b"name=ci", "application/json", 400, "BAD_REQUEST"),
    "list": (b"[1]", "application/json", 400, "BAD_REQUEST"),
    "nothing": (b"", "application/json", 400, "BAD_REQUEST"),
    "not UTF-8": (b'{"name": "\xff"}', "application/json", 400, "BAD_REQUEST"),
    "a form": (b"name=ci", "application/x-www-form-urlencoded", 415, "UNSUPPORTED_MEDIA_TYPE"),
    "long": (b" " * 1_001, "application/json; charset=utf-8", 413, "BODY_TOO_LARGE"),
}


@pytest.mark.parametrize(
    ("body", "media_type", "status", "code"), NO_OBJECTS.values(), ids=NO_OBJECTS
)
def test_what_is_no_object_is_refused(
    admin: Ask, body: bytes, media_type: str, status: int, code: str
) -> None:
    answer = admin("POST", content=body, headers={"content-type": media_type})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


REQUESTS = [("GET", ""), ("HEAD", ""), ("POST", ""), ("DELETE", "/1")]


@pytest.mark.parametrize(("method", "path"), REQUESTS)
@pytest.mark.parametrize("role", [None, Role.READER, Role.EDITOR])
def test_other_roles_may_not(
    database: Path,
    ask_as: Callable[[str | None], Ask],
    role: Role | None,
    method: str,
    path: str,
) -> None:
    secret = token_of(database, role) if role else None
    # The body is invalid too, which a client without permission must not learn.
    answer = ask_as(secret)(method, path, json=[])
    assert answer.status_code == (403 if role else 401)
    assert answer.headers["www-authenticate"].startswith('Bearer realm="AllyGraph"')
    ((revoked, made),) = rows(database, "SELECT count(revoked_at), count(*) FROM token")
    assert (revoked, made) == (0, 1 if role else 0)
