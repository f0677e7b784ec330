"""Tokens over HTTP: the header that has one, and the challenge without one (RFC 6750).

A token in an address is never read, because addresses are stored in logs, in histories and in
referrers.
"""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from starlette.requests import Request

from service.auth.callers import Guard, require
from service.engine.as_of import refused_as_of
from service.errors import AllyGraphError, Forbidden, InvalidToken, Unauthenticated
from service.http.asgi import REVISION, Scope, context_of, revision_seen, until_closed
from service.request.caller import Caller, Role
from service.request.context import RequestContext

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
    """Returns the header that names the authentication scheme, if this error needs one."""
    scheme = _CHALLENGES.get(type(error))
    return {} if scheme is None else {AUTHENTICATE: scheme}


def authorization_of(scope: Scope) -> bytes | None:
    """Returns the header Authorization, or None.

    Two such headers are joined, and so have no token.
    """
    given = [value for name, value in scope["headers"] if name == b"authorization"]
    return b", ".join(given) if given else None


class Authorization:
    """Authenticates requests to REST routes. Each route first calls one of these methods.

    The methods return the context of the request with its caller, and raise AccessError.
    """

    def __init__(self, guard: Guard) -> None:
        """`guard`: checks the tokens."""
        self._guard = guard

    async def reader(self, request: Request) -> RequestContext:
        """Authenticates a request that reads data."""
        context = context_of(request.scope)
        context.caller = await self._guard.reader(authorization_of(request.scope))
        context.seen = revision_seen(request.headers.get(REVISION, "").encode("latin-1"))
        context.until_closed = until_closed(request.receive)
        return context

    def again(self, request: Request) -> Callable[[], Awaitable[Caller]] | None:
        """Returns what authenticates a reader with a token again; None for one without a token."""
        given = authorization_of(request.scope)
        return None if given is None else lambda: self._guard.reader(given)

    async def editor(self, request: Request) -> RequestContext:
        """Authenticates a request that writes data.

        Raises BadInput if the request has the header AllyGraph-As-Of.
        """
        context = await self._with_role(Role.EDITOR, request)
        if context.as_of is not None:
            raise refused_as_of()
        return context

    async def admin(self, request: Request) -> RequestContext:
        """Authenticates a request that manages tokens."""
        return await self._with_role(Role.ADMIN, request)

    async def _with_role(self, role: Role, request: Request) -> RequestContext:
        context = context_of(request.scope)
        context.caller = await self._guard.caller(authorization_of(request.scope))
        require(context.caller, role)
        return context
