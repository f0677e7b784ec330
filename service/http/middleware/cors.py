"""Cross-origin requests: the websites whose pages may call this service from a browser."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Send

from service.errors import StartError
from service.http.asgi import Scope, header

ANY = "*"

# Browsers send international names in ASCII (Punycode).
_ORIGIN = re.compile(r"(https?)://((?:\[[0-9a-f:.]+\]|[a-z0-9._-]+))(?::([0-9]{1,5}))?")
# Browsers omit the default ports.
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_METHODS = ("GET", "HEAD", "POST", "PATCH", "DELETE")
_ALLOWED_HEADERS = (
    "authorization",
    "content-encoding",
    "content-type",
    "idempotency-key",
    "if-match",
    "if-none-match",
    "if-unmodified-since",
    "allygraph-as-of",
    "allygraph-include",
    "allygraph-revision",
    "last-event-id",
    # Those that assistants in a browser send.
    "mcp-method",
    "mcp-name",
    "mcp-protocol-version",
    "traceparent",
    "tracestate",
    "x-request-id",
)
_EXPOSED_HEADERS = (
    "allygraph-as-of",
    "allygraph-revision",
    "content-disposition",
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
    """Reads the origins in `ALLYGRAPH_CORS_ORIGINS`, in the form of browsers. Raises StartError."""
    return frozenset(map(_origin, text.lower().split()))


def _origin(text: str) -> str:
    read = _ORIGIN.fullmatch(text)
    if read is None:
        if text == ANY:
            return ANY
        raise StartError(
            f"ALLYGRAPH_CORS_ORIGINS: {text!r} is not an origin; write it as "
            "`https://example.org`, without a path."
        )
    scheme, host, port = read.groups()
    is_default = port in (None, _DEFAULT_PORTS[scheme])
    return f"{scheme}://{host}" if is_default else f"{scheme}://{host}:{port}"


def is_foreign(scope: Scope, origins: Iterable[str]) -> bool:
    """Whether a WebSocket comes from a page that may not read responses over HTTP.

    Browsers let any page open a WebSocket to any address, and send the page's origin. Without this
    check every page could read public data in the private network of a person who visits the page.
    The check ignores the scheme of the service's own pages, which is unknown behind a proxy.
    """
    origin = header(scope, b"origin").lower()
    if not origin or origin in origins or ANY in origins:
        return False
    return urlsplit(origin).netloc != header(scope, b"host").lower()


class AllowedOrigins(CORSMiddleware):
    """Sends browsers the origins that may read responses.

    Credentials are not allowed: there are no cookies, and a page with a token sends the token
    itself.
    """

    def __init__(self, app: ASGIApp, origins: frozenset[str]) -> None:
        """`origins`: may contain `*`."""
        super().__init__(
            app,
            allow_origins=origins,
            allow_methods=_METHODS,
            allow_headers=_ALLOWED_HEADERS,
            expose_headers=_EXPOSED_HEADERS,
        )

    async def send(self, message: Message, send: Send, request_headers: Headers) -> None:
        """Adds headers to a copy of the message: a cached response is sent to other clients too."""
        await super().send({**message}, send, request_headers)
