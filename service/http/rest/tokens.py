"""Tokens over REST, for administrators: creates, lists and revokes them."""

import re
from collections.abc import Iterator
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from service.auth.new_token import NewToken, read_new_token
from service.auth.tokens import (
    CreatedToken,
    KeptToken,
    create_token,
    list_tokens,
    revoke_token,
    token_transaction,
)
from service.database import Database
from service.errors import NotFound
from service.http.authorization import Authorization
from service.http.rest.json_body import read_json_object
from service.http.rest.preconditions import refuse_conditions
from service.http.route import Route
from service.http.security_headers import ANSWER_HEADERS
from service.settings import Settings

PATH = "/api/v1/tokens"

# The maximum number of digits in the key of a row.
_ID = re.compile("[0-9]{1,18}")
# Responses with secrets must not be cached.
_NO_TAG = "tokens have no entity tags, so leave it out."
_NOT_KEPT = {"cache-control": "no-store", **ANSWER_HEADERS}


def token_routes(
    settings: Settings, database: Database, authorization: Authorization
) -> Iterator[Route]:
    """The routes of tokens, described in `openapi/tokens.py`."""
    table = _TokenTable(database)

    async def listed(request: Request) -> Response:
        await authorization.admin(request)
        kept = await run_in_threadpool(table.listed)
        return JSONResponse({"data": [shown(token) for token in kept]}, headers=_NOT_KEPT)

    async def made(request: Request) -> Response:
        await authorization.admin(request)
        refuse_conditions(request, _NO_TAG)
        new = read_new_token(await read_json_object(request, settings.body_bytes))
        created = await run_in_threadpool(table.create, new)
        content = shown(created.kept) | {"token": created.secret}
        return JSONResponse(content, 201, _NOT_KEPT)

    async def revoked(request: Request) -> Response:
        await authorization.admin(request)
        id = request.path_params["id"]
        if not _ID.fullmatch(id):
            raise NotFound(f"There is no token {id!r}.")
        refuse_conditions(request, _NO_TAG)
        await run_in_threadpool(table.revoke, int(id))
        return Response(status_code=204)

    yield Route(PATH, listed, methods=["GET"])
    yield Route(PATH, made, methods=["POST"])
    yield Route(f"{PATH}/{{id}}", revoked, methods=["DELETE"])


def shown(token: KeptToken) -> dict[str, Any]:
    """Returns a token as a JSON object, without the secret."""
    return {
        "id": token.id,
        "name": token.name,
        "role": token.role,
        "createdAt": token.created_at,
        "expiresAt": token.expires_at,
        "revokedAt": token.revoked_at,
        "state": token.state,
    }


class _TokenTable:
    """The table of tokens. Each method is one transaction, and must be called in a thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def listed(self) -> list[KeptToken]:
        with token_transaction(self._database) as connection:
            return list_tokens(connection)

    def create(self, new: NewToken) -> CreatedToken:
        with token_transaction(self._database) as connection:
            return create_token(connection, new)

    def revoke(self, id: int) -> KeptToken:
        with token_transaction(self._database) as connection:
            return revoke_token(connection, id)
