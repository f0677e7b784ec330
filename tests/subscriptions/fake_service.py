"""A service that responds from a list in memory, for tests of the transports.

Run as a program it prints its URL. It is the real server with the real transports. Beside
`/graphql` it has `POST /write?BYTES` (a new revision, and with it an event of that many bytes),
`POST /write-elsewhere?BYTES` (the same, as another process would do it), `POST /revoke` (revokes
the token of the editor), and `/open`, which returns the number of open operations.
"""

import asyncio
from typing import Any

import orjson

from service.documents.documents import GraphQLRequest
from service.engine.live import Live, Revisions
from service.errors import (
    AllyGraphError,
    BadInput,
    InvalidToken,
    Unauthenticated,
    ValidationProblem,
)
from service.http import token_watch
from service.http.asgi import Receive, Scope, Send, context_of, messages_of
from service.http.graphql.errors import error_response
from service.http.graphql.requests import request_in_address, request_in_body
from service.http.graphql.sse import EventStreams
from service.http.graphql.websocket import WebSocketGraphQL
from service.http.request_body import read_body
from service.observability.log import configure_log
from service.request.caller import ANONYMOUS_CALLER, Caller, Role
from service.request.context import RequestContext
from service.server.serve import Server, open_listener, server_settings
from service.settings import Settings, read_settings

EDITOR = b"Bearer editor"


class Changes:
    """A subscription with an event for every revision."""

    def __init__(self, source: "Events", values: Any) -> None:
        self._source = source
        self._fails_at = values.get("failsAt")
        self.revision: int = values.get("since", source.newest)

    async def answer_after(self, revision: int) -> tuple[int, bytes | None]:
        if revision + 1 == self._fails_at:
            raise BadInput("This subscription fails here.")
        if revision >= self._source.newest:
            return self._source.newest, None
        return revision + 1, self._source.event(revision + 1)


class Events:
    """The source of events: a text for each revision."""

    def __init__(self) -> None:
        self._texts: list[bytes] = []

    @property
    def newest(self) -> int:
        return len(self._texts)

    def write(self, size: int) -> None:
        event = b'{"data":{"changes":{"revision":%d,"text":"%b"}}}'
        self._texts.append(event % (self.newest + 1, b"x" * size))

    def event(self, revision: int) -> bytes:
        return self._texts[revision - 1]

    async def open(self, request: GraphQLRequest, context: RequestContext) -> Changes | bytes:
        document, values = request.document, request.values
        if document.startswith("subscription"):
            return Changes(self, values)
        if document == "{ caller }":
            return orjson.dumps({"data": {"caller": context.caller.name}})
        if document == "{ never }":
            await asyncio.sleep(1000)
        if document == "{ fault }":
            raise RuntimeError("The source has a fault.")
        raise ValidationProblem("Unknown field.")


class Service:
    """The transports, and the addresses that only this service has."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._events = Events()
        self._revisions = Revisions(lambda: self._events.newest)
        self._is_revoked = False
        self.live = Live(self._events, self._revisions, settings.subscriptions)
        self._streams = EventStreams(settings, self.live, self._identify)
        self._sockets = WebSocketGraphQL(settings, self.live, self._identify)

    async def _identify(self, authorization: bytes | None) -> Caller:
        if authorization == EDITOR and not self._is_revoked:
            return Caller("editor", Role.EDITOR)
        if authorization is not None:
            raise InvalidToken("This token is not known here.")
        if self._settings.read == "token":
            raise Unauthenticated("This needs a token.")
        return ANONYMOUS_CALLER

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            while (message := await receive())["type"] != "lifespan.shutdown":
                await send({"type": f"{message['type']}.complete"})
            await send({"type": "lifespan.shutdown.complete"})
        elif scope["type"] == "websocket":
            await self._sockets(scope, receive, send)
        elif scope["path"] == "/graphql":
            await self._stream(scope, receive, send)
        else:
            self._command(scope["path"], scope["query_string"])
            await _respond(send, 200, b"%d" % self.live._operations.taken)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "POST":
            question = request_in_body(await read_body(receive, self._settings.body_bytes))
        else:
            question = request_in_address(scope["query_string"])
        try:
            await self._streams.stream(question, scope, receive, send)
        except AllyGraphError as error:
            await _respond(send, error.status, error_response(error, context_of(scope)))

    def _command(self, path: str, argument: bytes) -> None:
        if path == "/write":
            self._events.write(int(argument))
            self._revisions.wake()
        elif path == "/write-elsewhere":
            self._events.write(int(argument))
        elif path == "/revoke":
            self._is_revoked = True


def main() -> None:
    settings = read_settings()
    configure_log(settings)
    with open_listener("127.0.0.1", 0) as listener:
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        service = Service(settings)
        Server(server_settings(settings, service), service.live).run(sockets=[listener])


async def _respond(send: Send, status: int, body: bytes) -> None:
    for message in messages_of(status, body, ()):
        await send(message)


# Half a minute is too long for a test.
token_watch.CHECK_SECONDS = 0.2

if __name__ == "__main__":
    main()
