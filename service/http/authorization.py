"""Tokens over HTTP: where one is looked for, and what is told to who has none (RFC 6750).

A token in an address is never read: addresses end up in logs, in histories and in referrers.
"""

from collections.abc import Mapping
from types import MappingProxyType

from fastapi import Request

from service.auth import Caller, Guard, Role, require
from service.errors import AllyGraphError, Forbidden, InvalidToken, Unauthenticated
from service.http.messages import Headers, Scope

AUTHENTICATE = "www-authenticate"

_BEARER = 'Bearer realm="AllyGraph"'
_CHALLENGES: Mapping[type[AllyGraphError], str] = MappingProxyType(
    {
        Unauthenticated: _BEARER,
        InvalidToken: f'{_BEARER}, error="invalid_token"',
        Forbidden: f'{_BEARER}, error="insufficient_scope"',
    }
)


def challenge(error: AllyGraphError) -> dict[str, str]:
    """The headers that an answer with this error has besides its own; mostly none."""
    told = _CHALLENGES.get(type(error))
    return {} if told is None else {AUTHENTICATE: told}


def challenge_pairs(error: AllyGraphError) -> Headers:
    """The same for a bare ASGI application."""
    return tuple((name.encode(), value.encode()) for name, value in challenge(error).items())


def authorization_of(scope: Scope) -> bytes | None:
    """The header Authorization; None where there is none. Two of them are no token."""
    given = [value for name, value in scope["headers"] if name == b"authorization"]
    return b", ".join(given) if given else None


class Authorization:
    """Who asks over REST: each method is a dependency of FastAPI's, and raises an AccessError."""

    def __init__(self, guard: Guard) -> None:
        """`guard` knows the tokens."""
        self._guard = guard

    async def reader(self, request: Request) -> Caller:
        """Whoever may read."""
        return self._guard.reader(authorization_of(request.scope))

    async def editor(self, request: Request) -> Caller:
        """Whoever may change the data."""
        return self._with(Role.EDITOR, request)

    async def admin(self, request: Request) -> Caller:
        """Whoever may make and revoke tokens."""
        return self._with(Role.ADMIN, request)

    def _with(self, role: Role, request: Request) -> Caller:
        caller = self._guard.caller(authorization_of(request.scope))
        require(caller, role)
        return caller


def connecting_caller(guard: Guard, scope: Scope, payload: object) -> Caller:
    """Who opens a WebSocket. A browser can't send the header, and says it in `connection_init`.

    `payload` is that message's: {"authorization": "Bearer ..."}. Raises Unauthenticated.
    """
    said = _said_in(payload)
    return guard.reader(authorization_of(scope) if said is None else said)


def _said_in(payload: object) -> bytes | None:
    if not isinstance(payload, Mapping):
        return None
    said = payload.get("authorization", payload.get("Authorization"))
    if said is None:
        return None
    return said.encode(errors="replace") if isinstance(said, str) else b""
