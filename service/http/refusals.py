"""Responses to requests that are rejected before the application handles them."""

from service.errors import AllyGraphError
from service.http.asgi import (
    Message,
    Receive,
    Scope,
    Send,
    context_headers,
    context_of,
    messages_of,
)
from service.http.error_headers import error_pairs
from service.http.graphql.errors import error_response
from service.http.graphql.requests import JSON
from service.http.problems import MEDIA_TYPE, problem
from service.http.security_headers import ANSWER_PAIRS
from service.observability.counters import REJECTED
from service.request.context import RequestContext

_CLOSE = (b"connection", b"close")


async def refuse(
    error: AllyGraphError, scope: Scope, receive: Receive, send: Send, *, closes: bool = False
) -> None:
    """Rejects a request or a handshake with an error. `closes`: whether to close the connection."""
    start, body = refusal(error, scope["path"], context_of(scope), closes=closes)
    if scope["type"] == "http":
        await send(start)
        await send(body)
        return
    await receive()
    if "websocket.http.response" in scope.get("extensions", {}):
        await send({**start, "type": "websocket.http.response.start"})
        await send({**body, "type": "websocket.http.response.body"})
    else:
        await send({"type": "websocket.close"})


def refusal(
    error: AllyGraphError, path: str, context: RequestContext, *, closes: bool = False
) -> tuple[Message, Message]:
    """Returns the response: a GraphQL error at `/graphql`, else a problem document."""
    REJECTED.refused[error.code] += 1
    if path == "/graphql":
        media_type, body = JSON, error_response(error, context)
    else:
        media_type, body = MEDIA_TYPE, bytes(problem(error, context).body)
    headers = ((b"content-type", media_type.encode()), *ANSWER_PAIRS, *error_pairs(error))
    headers += context_headers(context)
    return messages_of(error.status, body, (*headers, _CLOSE) if closes else headers)
