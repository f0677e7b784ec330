"""The names that the service is asked by, where an operator has listed them.

A page can have its own name point to any address, and so ask a service in its reader's network as
if it were its own. The name it asks by gives it away.
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
    """The names in a setting. Raises StartError."""
    names = tuple(text.lower().split())
    for name in names:
        if not _NAME.fullmatch(name):
            raise StartError(
                f"ALLYGRAPH_HOSTS: {name!r} is no name of a host; write `example.org`, "
                "`*.example.org` or `[::1]`, without scheme and port."
            )
    return names


class KnownHosts:
    """Answers what is asked by one of these names, and refuses the rest."""

    def __init__(self, app: ASGIApp, names: tuple[str, ...], anyway: frozenset[str]) -> None:
        """`*.example.org` stands for every name below it. `anyway`: paths of which none is asked.

        Starlette's own middleware answers in plain text, and makes a coroutine more a request.
        """
        self._app = app
        self._exact = frozenset(name for name in names if not name.startswith("*."))
        self._endings = tuple(name[1:] for name in names if name.startswith("*."))
        self._anyway = anyway
        self._is_known = lru_cache(maxsize=256)(self._look)

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """One connection, or the lifespan."""
        if scope["type"] == "lifespan" or scope["path"] in self._anyway:
            return self._app(scope, receive, send)
        host = header(scope, b"host")
        if self._is_known(host):
            return self._app(scope, receive, send)
        error = UnknownHost(f"This service is not asked by the name {host!r}.")
        return refuse(error, scope, receive, send)

    def _look(self, host: str) -> bool:
        name = _PORT.sub("", host.lower())
        return name in self._exact or name.endswith(self._endings)
