"""Tokens over HTTP: where one is looked for, and what is told to who has none (RFC 6750).

A token in an address is never read: addresses end up in logs, in histories and in referrers.
"""

from collections.abc import Mapping
from types import MappingProxyType

from fastapi import Request

from service.auth.callers import Caller, Guard, Role, require
from service.errors import AllyGraphError, Forbidden, InvalidToken, Unauthenticated
from service.http.asgi import Scope

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
        return await self._guard.reader(authorization_of(request.scope))

    async def editor(self, request: Request) -> Caller:
        """Whoever may change the data."""
        return await self._with(Role.EDITOR, request)

    async def admin(self, request: Request) -> Caller:
        """Whoever may make and revoke tokens."""
        return await self._with(Role.ADMIN, request)

    async def _with(self, role: Role, request: Request) -> Caller:
        caller = await self._guard.caller(authorization_of(request.scope))
        require(caller, role)
        return caller
