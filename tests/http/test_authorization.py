"""Refused clients get the errors that RFC 6750 defines, over REST and GraphQL."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request

from service.auth.callers import Guard, Role
from service.auth.new_token import NewToken
from service.auth.tokens import create_token, token_transaction
from service.errors import (
    AllyGraphError,
    DocumentNotAllowed,
    Forbidden,
    InvalidToken,
    NotFound,
    Unauthenticated,
)
from service.http.authorization import (
    Authorization,
    authorization_of,
    challenge,
)
from service.http.error_headers import error_pairs
from service.http.problems import answer_problems
from tests.guarding import guarding
from tests.stores import copy_of, database_of

NOBODY = 'Bearer realm="AllyGraph"'
WRONG = 'Bearer realm="AllyGraph", error="invalid_token"'
WEAK = 'Bearer realm="AllyGraph", error="insufficient_scope"'

Secrets = dict[Role, str]
Headers = dict[str, str]


@pytest.fixture(scope="module")
def database(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of(empty, tmp_path_factory.mktemp("tokens"))


@pytest.fixture(scope="module")
def secrets(database: Path) -> Secrets:
    """A token of each role, named after it."""
    with token_transaction(database_of(database)) as connection:
        return {role: create_token(connection, NewToken(role, role)).secret for role in Role}


@pytest.fixture(scope="module", params=["open", "token"])
def guard(
    database: Path, runner: asyncio.Runner, request: pytest.FixtureRequest
) -> Iterator[Guard]:
    """Applications where reading is public, and where it needs a token."""
    with guarding(database, runner, read=request.param) as guard:
        yield guard


@pytest.fixture(scope="module")
def get(guard: Guard, runner: asyncio.Runner) -> Iterator[Any]:
    """Sends requests to an application, from one address for each role."""
    authorization, app = Authorization(guard), FastAPI()
    answer_problems(app)

    @app.get("/{name}")
    async def caller(request: Request, name: str) -> Any:
        context = await getattr(authorization, name)(request)
        return {"name": context.caller.name, "role": context.caller.role}

    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://a.test")
    yield lambda path, **options: runner.run(client.get(path, **options))
    runner.run(client.aclose())


def bearer(secret: str) -> Headers:
    return {"authorization": f"Bearer {secret}"}


def test_reading_without_a_token_is_as_it_is_set(guard: Guard, get: Any) -> None:
    answer = get("/reader")
    if guard.public_reads:
        assert answer.json() == {"name": "", "role": "reader"}
    else:
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, NOBODY)
        assert answer.json()["code"] == "UNAUTHENTICATED"


@pytest.mark.parametrize("path", ["/editor", "/admin"])
def test_writing_needs_a_token(get: Any, path: str) -> None:
    answer = get(path)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, NOBODY)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "UNAUTHENTICATED"
    assert f"role {path[1:]}" in answer.json()["detail"]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("path", ["/reader", "/editor", "/admin"])
def test_role_opens_what_it_includes(get: Any, secrets: Secrets, path: str, role: Role) -> None:
    answer = get(path, headers=bearer(secrets[role]))
    if role.includes(Role(path[1:])):
        assert answer.json() == {"name": role, "role": role}
    else:
        assert (answer.status_code, answer.headers["www-authenticate"]) == (403, WEAK)
        assert answer.json()["code"] == "FORBIDDEN"


WRONG_HEADERS = {
    "unknown": "Bearer allygraph_" + "a" * 43,
    "of another service": "Bearer ghp_" + "a" * 36,
    "of another scheme": "Basic YTpi",
    "empty": "",
    "long": "Bearer " + "a" * 100_000,
}


@pytest.mark.parametrize("header", WRONG_HEADERS.values(), ids=WRONG_HEADERS)
@pytest.mark.parametrize("path", ["/reader", "/editor", "/admin"])
def test_wrong_token_is_refused_even_where_none_is_needed(get: Any, path: str, header: str) -> None:
    answer = get(path, headers={"authorization": header})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, WRONG)
    assert answer.json()["code"] == "UNAUTHENTICATED"
    assert "zzzz" not in answer.text


def test_two_tokens_are_none(get: Any, secrets: Secrets) -> None:
    good = ("authorization", f"Bearer {secrets[Role.ADMIN]}")
    assert get("/admin", headers=[good]).status_code == 200
    assert get("/admin", headers=[good, good]).status_code == 401


@pytest.mark.parametrize("name", ["access_token", "token", "authorization", "Authorization"])
def test_token_in_an_address_is_not_read(get: Any, secrets: Secrets, name: str) -> None:
    for value in (secrets[Role.ADMIN], f"Bearer {secrets[Role.ADMIN]}"):
        answer = get("/admin", params={name: value})
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, NOBODY)


# --- GraphQL ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "told"),
    [(Unauthenticated(""), NOBODY), (InvalidToken(""), WRONG), (Forbidden(""), WEAK)],
)
def test_both_doors_tell_the_same(error: AllyGraphError, told: str) -> None:
    assert challenge(error) == {"www-authenticate": told}
    assert error_pairs(error) == ((b"www-authenticate", told.encode()),)


@pytest.mark.parametrize("error", [NotFound(""), DocumentNotAllowed("")])
def test_no_token_is_asked_for_where_none_would_help(error: AllyGraphError) -> None:
    assert challenge(error) == {}
    assert error_pairs(error) == ()


def test_header_is_found_among_others() -> None:
    others = [(b"host", b"a"), (b"x-authorization", b"no")]
    assert authorization_of({"headers": others}) is None
    assert authorization_of({"headers": [*others, (b"authorization", b"b")]}) == b"b"
    assert authorization_of({"headers": [(b"authorization", b"")]}) == b""
