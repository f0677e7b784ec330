"""The `Host` header: rejects names that the operator has not listed.

With DNS rebinding, the name of a malicious website leads to an address within the private network
of its visitor, so that the website's pages may read the service there. The `Host` header still has
the name of the website.
"""

import re
from collections.abc import Awaitable
from functools import lru_cache

from starlette.types import ASGIApp

from service.errors import StartError, UnknownHost
from service.http.asgi import Receive, Scope, Send, header
from service.http.refusals import refuse

_NAME = re.compile(r"(\*\.)?[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\]")
_PORT = re.compile(r":\d*$")


def read_hosts(text: str) -> tuple[str, ...]:
    """Reads the names in `ALLYGRAPH_HOSTS`. Raises StartError."""
    names = tuple(text.lower().split())
    for name in names:
        if not _NAME.fullmatch(name):
            raise StartError(
                f"ALLYGRAPH_HOSTS: {name!r} is not a host name; write `example.org`, "
                "`*.example.org` or `[::1]`, without scheme and port."
            )
    return names


class AllowedHosts:
    """Rejects requests for other hosts."""

    def __init__(self, app: ASGIApp, names: tuple[str, ...], exempt: frozenset[str]) -> None:
        """`*.example.org` matches every subdomain. `exempt`: paths that any host may request.

        Starlette's own middleware responds in plain text, and costs one more coroutine a request.
        """
        self._app = app
        self._exact = frozenset(name for name in names if not name.startswith("*."))
        self._suffixes = tuple(name[1:] for name in names if name.startswith("*."))
        self._exempt = exempt
        self._is_allowed = lru_cache(maxsize=256)(self._matches)

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Handles one connection, or the lifespan."""
        if scope["type"] == "lifespan" or scope["path"] in self._exempt:
            return self._app(scope, receive, send)
        host = header(scope, b"host")
        if self._is_allowed(host):
            return self._app(scope, receive, send)
        error = UnknownHost(f"Unknown host {host!r}: it is not one of this service.")
        return refuse(error, scope, receive, send)

    def _matches(self, host: str) -> bool:
        name = _PORT.sub("", host.lower())
        return name in self._exact or name.endswith(self._suffixes)
