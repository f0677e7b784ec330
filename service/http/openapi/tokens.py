"""Tokens in the OpenAPI document: authentication, and the paths that manage tokens."""

from typing import Any

from service.auth.callers import Role
from service.auth.new_token import NAME_MOST
from service.auth.tokens import TokenState
from service.http.openapi.components import nullable, object_of
from service.http.openapi.links import ITS_OWN
from service.http.openapi.parameters import refer
from service.http.openapi.problems import may_fail, write_may_fail
from service.http.openapi.values import LINES_PATTERN, Json, choice, reference_to

NEEDS_TOKEN: list[Json] = [{"token": []}]

_ROLES = {
    Role.READER.value: "Reads.",
    Role.EDITOR.value: "Reads and writes.",
    Role.ADMIN.value: "Reads, writes, and manages tokens.",
}
_STATES = {
    TokenState.ACTIVE.value: "Valid.",
    TokenState.EXPIRED.value: "No longer valid: it has expired.",
    TokenState.REVOKED.value: "No longer valid: it was revoked.",
}
# The maximum number of digits in the key of a row.
_ID = {"type": "integer", "format": "int64", "minimum": 1, "maximum": 10**18 - 1}
_ROLE = reference_to("TokenRole")
_TIME = reference_to("DateTime")

SECURITY_SCHEMES: Json = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "API token from `allygraph token create` or `POST /api/v1/tokens`.",
    }
}


def token_paths() -> Json:
    """The paths of tokens."""
    return {
        "/api/v1/tokens": {"get": _LIST, "post": _CREATE},
        "/api/v1/tokens/{id}": {"delete": _REVOKE},
    }


def _operation(name: str, summary: str, description: str, responses: Json, **more: Any) -> Json:
    return {
        "operationId": name,
        "tags": ["tokens"],
        "summary": summary,
        "description": description,
        "security": NEEDS_TOKEN,
        "responses": responses,
    } | more


def _answer(description: str, schema: Json) -> Json:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


_KEPT: Json = {
    "id": _ID,
    "name": {
        "type": "string",
        "description": "Name of the token: the author of revisions that are written with it.",
    },
    "role": _ROLE,
    "createdAt": _TIME,
    "expiresAt": nullable(_TIME),
    "revokedAt": nullable(_TIME),
    "state": reference_to("TokenState"),
}
_SECRET = {
    "type": "string",
    "description": "The secret of the token. No other response contains it.",
}
_GIVEN: Json = {
    "name": {
        "type": "string",
        "pattern": LINES_PATTERN,
        "maxLength": NAME_MOST,
        "description": "Name of the person or program that uses the token, in one line.",
    },
    "role": _ROLE,
    "expires": {
        "type": ["string", "null"],
        "pattern": r"^([1-9][0-9]{0,4}[hdw]|[0-9]{4}-[0-9]{2}-[0-9]{2})$",
        "description": "Expiry: a number of hours, days or weeks, or a last day. Default: never.",
        "examples": ["12h", "90d", "4w", "2027-12-31"],
    },
}

TOKEN_SCHEMAS: Json = {
    "TokenRole": choice("What a token permits.", _ROLES),
    "TokenState": choice("Whether a token is valid.", _STATES),
    "Token": object_of(_KEPT, "A token without its secret."),
    "NewToken": object_of(_GIVEN, "Fields of a new token.")
    | {"required": ["name", "role"], "additionalProperties": False},
    "CreatedToken": object_of(_KEPT | {"token": _SECRET}, "A new token with its secret."),
}

# The parameters that only tokens have, as components.
_KEY = "TokenId"
TOKEN_PARAMETERS: Json = {
    _KEY: {
        "name": "id",
        "in": "path",
        "required": True,
        "description": "The id of the token.",
        "schema": _ID,
    }
}

_LINKS = {"revoke": {"operationId": "revokeToken", "parameters": {"id": ITS_OWN}}}
_TOKENS = {"type": "array", "items": reference_to("Token")}
_LIST = _operation(
    "listTokens",
    "List tokens, including revoked ones",
    "Returns all tokens, without their secrets, oldest first.",
    {"200": _answer("All tokens.", object_of({"data": _TOKENS}, "Tokens, oldest first."))}
    | may_fail("403"),
)
_CREATE = _operation(
    "createToken",
    "Create a token",
    "Creates a token and returns its secret, which no other response contains.",
    {"201": _answer("The token was created.", reference_to("CreatedToken")) | {"links": _LINKS}}
    | write_may_fail("412", "415"),
    requestBody={
        "required": True,
        "content": {"application/json": {"schema": reference_to("NewToken")}},
    },
)
_REVOKE = _operation(
    "revokeToken",
    "Revoke a token, immediately and permanently",
    "Ends the token's access, and the streams that were opened with it.",
    {"204": {"description": "The token was revoked."}} | may_fail("403", "404", "412"),
    parameters=refer(_KEY),
)
