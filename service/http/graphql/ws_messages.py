"""The messages of graphql-transport-ws: reads them, checking their form, and writes them.

The protocol: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
"""

from enum import IntEnum
from typing import Any, NamedTuple

import orjson

from service.documents.documents import GraphQLRequest
from service.errors import AllyGraphError, MalformedBody
from service.http.graphql.errors import errors_of
from service.http.graphql.requests import request_in_object
from service.request.context import RequestContext

SUBPROTOCOL = "graphql-transport-ws"

ACKNOWLEDGED = b'{"type":"connection_ack"}'
PING = b'{"type":"ping"}'
# The maximum length of the reason in a close frame (RFC 6455).
_REASON_BYTES = 123


class CloseCode(IntEnum):
    """The codes for closing a socket.

    Codes up to 1999 are those of RFC 6455 and its registry, the others those of
    graphql-transport-ws.
    """

    GOING_AWAY = 1001
    INTERNAL_ERROR = 1011
    TRY_AGAIN_LATER = 1013
    BAD_REQUEST = 4400
    UNAUTHORIZED = 4401
    FORBIDDEN = 4403
    SUBPROTOCOL_NOT_ACCEPTABLE = 4406
    INITIALISATION_TIMEOUT = 4408
    SUBSCRIBER_EXISTS = 4409
    TOO_MANY_INITIALISATIONS = 4429


class Closed(Exception):
    """Raised to close the socket."""

    def __init__(self, code: CloseCode, reason: str) -> None:
        """`reason`: sent to the client, cut to the maximum length of a close frame."""
        super().__init__(reason)
        self.code = code
        self.reason = reason.encode()[:_REASON_BYTES].decode(errors="ignore")


class ConnectionInit(NamedTuple):
    """The first message of a client; `payload` may have a token."""

    payload: dict[str, Any]


class Ping(NamedTuple):
    """A check by the client whether the server is alive."""

    payload: dict[str, Any] | None


class Pong(NamedTuple):
    """A reply to a ping."""


class Subscribe(NamedTuple):
    """The beginning of an operation: a query, a mutation or a subscription."""

    id: str
    request: GraphQLRequest


class Complete(NamedTuple):
    """The end of an operation, by the client."""

    id: str


Message = ConnectionInit | Ping | Pong | Subscribe | Complete


def read_message(text: str | None) -> Message:
    """Reads a message of a client; None stands for a binary message. Raises Closed."""
    try:
        content = orjson.loads(text or b"")
    except orjson.JSONDecodeError:
        raise _bad("A message is a JSON object, sent as text.") from None
    if not isinstance(content, dict):
        raise _bad("A message is a JSON object, sent as text.")
    match content.get("type"):
        case "connection_init":
            return ConnectionInit(_payload(content) or {})
        case "ping":
            return Ping(_payload(content))
        case "pong":
            _payload(content)
            return Pong()
        case "subscribe":
            return Subscribe(_id(content), _request(content))
        case "complete":
            return Complete(_id(content))
    raise _bad("`type` is not a message type that a client may send.")


def _payload(content: dict[str, Any]) -> dict[str, Any] | None:
    payload = content.get("payload")
    if payload is not None and not isinstance(payload, dict):
        raise _bad("`payload` is not an object.")
    return payload


def _id(content: dict[str, Any]) -> str:
    identifier = content.get("id")
    if not isinstance(identifier, str) or not identifier:
        raise _bad("`id` is missing, or is not text.")
    return identifier


def _request(content: dict[str, Any]) -> GraphQLRequest:
    try:
        return request_in_object(content.get("payload"))
    except MalformedBody as error:
        raise _bad(f"`payload`: {error.message}") from None


def _bad(reason: str) -> Closed:
    return Closed(CloseCode.BAD_REQUEST, reason)


def pong(payload: dict[str, Any] | None) -> bytes:
    """Returns the reply to a ping."""
    return orjson.dumps({"type": "pong"} | ({"payload": payload} if payload else {}))


def begin_next(identifier: str) -> bytes:
    """Returns the beginning of a message with a result; END_NEXT ends it."""
    return b'{"id":%s,"type":"next","payload":' % orjson.dumps(identifier)


END_NEXT = b"}"


def failed(identifier: str, error: AllyGraphError, context: RequestContext) -> bytes:
    """Returns the message that ends an operation with an error."""
    payload = errors_of(error, context)
    return orjson.dumps({"id": identifier, "type": "error", "payload": payload})


def completed(identifier: str) -> bytes:
    """Returns the message that completes an operation."""
    return orjson.dumps({"id": identifier, "type": "complete"})
