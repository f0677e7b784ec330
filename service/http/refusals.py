"""Answers to what is refused before anybody has looked at what is asked."""

from service.engine.queries import error_answer
from service.errors import AllyGraphError
from service.http.asgi import Message, Receive, Scope, Send, messages_of
from service.http.error_headers import error_pairs
from service.http.graphql.requests import JSON
from service.http.problems import MEDIA_TYPE, problem
from service.http.response_headers import marks
from service.http.security_headers import ANSWER_PAIRS
from service.observability.counters import AT_THE_DOOR
from service.observability.request_context import context_of, under_way

_CLOSE = (b"connection", b"close")


async def refuse(
    error: AllyGraphError, scope: Scope, receive: Receive, send: Send, *, closes: bool = False
) -> None:
    """One exchange that ends with this error. `closes`: the connection is not used again."""
    under_way.set(scope)
    start, body = refusal(error, scope["path"], closes=closes)
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


def refusal(error: AllyGraphError, path: str, *, closes: bool = False) -> tuple[Message, Message]:
    """The answer as GraphQL has it where GraphQL is asked, else a problem document."""
    AT_THE_DOOR.refused[error.code] += 1
    if path == "/graphql":
        media_type, body = JSON, error_answer(error)
    else:
        media_type, body = MEDIA_TYPE, bytes(problem(error).body)
    headers = ((b"content-type", media_type.encode()), *ANSWER_PAIRS, *error_pairs(error))
    scope = under_way.get()
    if scope is not None:
        headers += marks(scope, context_of(scope))
    return messages_of(error.status, body, (*headers, _CLOSE) if closes else headers)
