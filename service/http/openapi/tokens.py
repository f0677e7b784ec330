"""Tokens in the OpenAPI document: how one is sent, and where administrators keep them."""

from typing import Any

from service.auth.callers import Role
from service.auth.new_token import NAME_MOST
from service.auth.tokens import TokenState
from service.http.openapi.components import object_of, reference_to
from service.http.openapi.links import ITS_OWN
from service.http.openapi.problems import may_fail, write_may_fail
from service.http.openapi.values import LINES_PATTERN, Json

_ADMIN: list[Json] = [{"token": []}]

_ROLE = {"type": "string", "enum": [role.value for role in Role]}
_TIME = {"type": "string", "format": "date-time"}
_TIME_OR_NONE = {"type": ["string", "null"], "format": "date-time"}

SECURITY_SCHEMES: Json = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token that `allygraph token create` has made.",
    }
}


def token_paths() -> Json:
    """Both addresses."""
    return {
        "/api/v1/tokens": {"get": _LIST, "post": _CREATE},
        "/api/v1/tokens/{id}": {"delete": _REVOKE},
    }


def _operation(name: str, summary: str, responses: Json, **more: Any) -> Json:
    return {
        "operationId": name,
        "tags": ["tokens"],
        "summary": summary,
        "security": _ADMIN,
        "responses": responses,
    } | more


def _answer(description: str, schema: Json) -> Json:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


_KEPT: Json = {
    "id": {"type": "integer"},
    "name": {"type": "string", "description": "The author of what is written with it."},
    "role": _ROLE,
    "createdAt": _TIME,
    "expiresAt": _TIME_OR_NONE,
    "revokedAt": _TIME_OR_NONE,
    "state": {"type": "string", "enum": [state.value for state in TokenState]},
}
_SECRET = {"type": "string", "description": "The token itself, told this once."}
_GIVEN: Json = {
    "name": {
        "type": "string",
        "pattern": LINES_PATTERN,
        "maxLength": NAME_MOST,
        "description": "Who or what will use it, in one line.",
    },
    "role": _ROLE,
    "expires": {
        "type": ["string", "null"],
        "pattern": r"^([1-9][0-9]{0,4}[hdw]|[0-9]{4}-[0-9]{2}-[0-9]{2})$",
        "description": "After how many hours, days or weeks, or with which day. Else: never.",
        "examples": ["12h", "90d", "4w", "2027-12-31"],
    },
}

TOKEN_SCHEMAS: Json = {
    "Token": object_of(_KEPT, "What is kept of a token."),
    "NewToken": object_of(_GIVEN, "A token to be made.")
    | {"required": ["name", "role"], "additionalProperties": False},
    "CreatedToken": object_of(_KEPT | {"token": _SECRET}, "A token that was just made."),
}

_LINKS = {"revoke": {"operationId": "revoke_token", "parameters": {"id": ITS_OWN}}}
_TOKENS = {"type": "array", "items": reference_to("Token")}
_LIST = _operation(
    "list_tokens",
    "Every token, the revoked ones too",
    {"200": _answer("The tokens", object_of({"data": _TOKENS}, "The oldest first."))}
    | may_fail("403"),
)
_CREATE = _operation(
    "create_token",
    "Make a token",
    {"201": _answer("Made", reference_to("CreatedToken")) | {"links": _LINKS}}
    | write_may_fail("415"),
    requestBody={
        "required": True,
        "content": {"application/json": {"schema": reference_to("NewToken")}},
    },
)
_REVOKE = _operation(
    "revoke_token",
    "Revoke a token, from now on and for good",
    {"204": {"description": "It is revoked"}} | may_fail("403", "404"),
    parameters=[{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
)
