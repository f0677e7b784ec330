"""The pieces of an ASGI exchange: a body read within bounds, a response sent in one go."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from service.errors import BodyTooLarge

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = tuple[tuple[bytes, bytes], ...]


# No browser sends a longer one, and a header with a million media types would take long to read.
HEADER_MOST = 1_000


class Disconnected(Exception):
    """The client went away before its request was read."""


# The newest revision: of an answer, or of all that a client has seen so far.
REVISION = "allygraph-revision"

# No revision has more digits.
_REVISION_DIGITS = 18


def revision_seen(said: bytes) -> int:
    """The newest revision that a client says it has seen; 0 where it says nothing of the kind."""
    return int(said) if said.isdigit() and len(said) <= _REVISION_DIGITS else 0


def header(scope: Scope, name: bytes) -> str:
    """The beginning of a request header; empty where it is not given. `name` in lower case."""
    for key, value in scope["headers"]:
        if key == name:
            text: str = value[:HEADER_MOST].decode("latin-1")
            return text
    return ""


async def read_body(receive: Receive, most: int) -> bytes:
    """The whole body. Raises BodyTooLarge as soon as it is."""
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body") and message["type"] == "http.request" and len(body) <= most:
        return body
    while message["type"] == "http.request" and message.get("more_body") and len(body) <= most:
        message = await receive()
        body += message.get("body", b"")
    if message["type"] == "http.disconnect":
        raise Disconnected
    if len(body) > most:
        raise BodyTooLarge(f"The body is longer than {most} bytes; send a shorter one.")
    return body


def messages_of(status: int, body: bytes, headers: Headers) -> tuple[Message, Message]:
    """What a whole response consists of."""
    length = (b"content-length", b"%d" % len(body))
    start = {"type": "http.response.start", "status": status, "headers": (*headers, length)}
    return start, {"type": "http.response.body", "body": body}
