"""Whose pages may ask: those of this service, and those of the sites that an operator names."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Send

from service.errors import StartError
from service.http.asgi import Scope, header

ANY = "*"

_ORIGIN = re.compile(r"https?://[^\s/?#@*]+")
_METHODS = ("GET", "HEAD", "POST", "PATCH", "DELETE")
_SENT = (
    "authorization",
    "content-type",
    "idempotency-key",
    "if-match",
    "if-none-match",
    "allygraph-include",
    "allygraph-revision",
    "last-event-id",
    "x-request-id",
)
_TOLD = (
    "allygraph-revision",
    "etag",
    "link",
    "location",
    "ratelimit",
    "ratelimit-policy",
    "retry-after",
    "server-timing",
    "x-request-id",
)


def read_origins(text: str) -> frozenset[str]:
    """The origins in a setting, as browsers write them. Raises StartError."""
    origins = frozenset(origin.lower() for origin in text.split())
    for origin in sorted(origins):
        if origin != ANY and not _ORIGIN.fullmatch(origin):
            raise StartError(
                f"ALLYGRAPH_CORS_ORIGINS: {origin!r} is no origin; write `https://example.org`, "
                "without a path."
            )
    return origins


def is_foreign(scope: Scope, origins: Iterable[str]) -> bool:
    """Whether a page asks that may not read an answer over HTTP either.

    A browser says whose page it is, and lets any page open a socket to any address it can reach.
    Without this, every page could read what is open to anybody in its reader's own network. The
    scheme of our own pages is left out: behind a proxy it is not known here.
    """
    origin = header(scope, b"origin").lower()
    if not origin or origin in origins or ANY in origins:
        return False
    return urlsplit(origin).netloc != header(scope, b"host").lower()


class CrossOrigin(CORSMiddleware):
    """Tells browsers that the pages of some sites may read what is answered.

    Credentials are none of it: there are no cookies here, and a page that has a token sends it.
    """

    def __init__(self, app: ASGIApp, origins: frozenset[str]) -> None:
        """`origins` may be `*`."""
        super().__init__(
            app,
            allow_origins=origins,
            allow_methods=_METHODS,
            allow_headers=_SENT,
            expose_headers=_TOLD,
        )

    async def send(self, message: Message, send: Send, request_headers: Headers) -> None:
        """Its headers go into a copy: an answer that is kept is sent to others too."""
        await super().send({**message}, send, request_headers)
