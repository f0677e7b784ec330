"""What the ASGI applications share: the context of a request, headers and body, messages."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from functools import lru_cache
from typing import Any

from service.request.connection import UntilClosed
from service.request.context import RequestContext, set_current_context

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = tuple[tuple[bytes, bytes], ...]


# Longer header values are cut off, because parsing a header with a million media types takes long.
HEADER_MOST = 1_000

REQUEST_ID = b"x-request-id"
SERVER_TIMING = b"server-timing"
# Lists the parts of a response that are left out by default: `revision`, `timing`.
INCLUDE = b"allygraph-include"
# In a response, the revision that was read; in a request, the newest revision that the client has
# seen.
REVISION = "allygraph-revision"

# In a request, the revision or time to read; in a response, the revision that the request named.
AS_OF = "allygraph-as-of"
_AS_OF = AS_OF.encode()

# The maximum number of digits of a revision.
_REVISION_DIGITS = 18

# The key of the context in the scope, which all ASGI middleware shares.
CONTEXT = "allygraph.context"


def context_of(scope: Scope, headers: Mapping[bytes, bytes] | None = None) -> RequestContext:
    """Returns the context of the request, and makes it on the first call.

    Makes it the current context of the task. The scope does not leave `service/http/`. `headers`:
    those of the scope, if the caller has them by name.
    """
    known: RequestContext | None = scope.get(CONTEXT)
    if known is None:
        headers = headers or dict(scope["headers"])
        known = scope[CONTEXT] = RequestContext(given_id=headers.get(REQUEST_ID))
        if _AS_OF in headers:
            known.as_of = as_of_named(scope)
        if INCLUDE in headers and b"timing" in included_parts(headers[INCLUDE]):
            known.reports_timing = True
            known.observe()
        set_current_context(known)
    return known


def until_closed(receive: Receive) -> UntilClosed:
    """Returns a function that waits until the client closes the connection.

    The body of the request must have been read.
    """

    async def closed() -> None:
        while (await receive())["type"] != "http.disconnect":
            # Skips the message for the empty body of a request without a body.
            pass

    return closed


def as_of_named(scope: Scope) -> str:
    """Returns the header AllyGraph-As-Of. Two such headers are joined, and so name no revision."""
    return header_list(scope["headers"], _AS_OF)


@lru_cache(maxsize=64)
def included_parts(header: bytes) -> frozenset[bytes]:
    """Returns the parts that the header AllyGraph-Include lists."""
    return frozenset(part.strip().lower() for part in header[:HEADER_MOST].split(b","))


def revision_seen(header: bytes) -> int:
    """Returns the newest revision that the client has seen; 0 if the header is not a number."""
    return int(header) if header.isdigit() and len(header) <= _REVISION_DIGITS else 0


def context_headers(context: RequestContext) -> Headers:
    """Returns the headers of this request alone, which are never cached with a response."""
    headers: Headers = ()
    if context.has_given_id or context.code:
        headers += ((REQUEST_ID, context.request_id.encode()),)
    if context.reports_timing:
        headers += ((SERVER_TIMING, server_timing(context)),)
    return headers


def server_timing(context: RequestContext) -> bytes:
    """Returns the header Server-Timing: the stages in order of their beginning, in milliseconds."""
    metrics = ['cache;desc="hit"'] if context.is_from_cache else []
    seconds: dict[str, float] = {}
    for name, begun, ended in context.stages or ():
        seconds[name] = seconds.get(name, 0.0) + ended - begun
    seconds["total"] = context.seconds
    metrics += [f"{name};dur={took * 1000:.3f}" for name, took in seconds.items()]
    return ", ".join(metrics).encode()


def header(scope: Scope, name: bytes) -> str:
    """Returns the beginning of a request header; empty without one. `name`: in lower case."""
    for key, value in scope["headers"]:
        if key == name:
            text: str = value[:HEADER_MOST].decode("latin-1")
            return text
    return ""


def header_list(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str:
    """Returns the beginning of a list header, whose lines form one list (RFC 9110, 5.3)."""
    lines = [value for key, value in headers if key == name]
    return b", ".join(lines)[:HEADER_MOST].decode("latin-1")


def messages_of(status: int, body: bytes, headers: Headers) -> tuple[Message, Message]:
    """Returns the messages of a complete response."""
    length = (b"content-length", b"%d" % len(body))
    start = {"type": "http.response.start", "status": status, "headers": (*headers, length)}
    return start, {"type": "http.response.body", "body": body}
