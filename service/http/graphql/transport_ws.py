"""The messages on one WebSocket, in the protocol graphql-transport-ws."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress
from typing import Any

from service.documents.documents import GraphQLRequest
from service.engine.live import Live
from service.errors import AllyGraphError, TooManySubscriptions, Unauthenticated
from service.http.asgi import AS_OF, Receive, Scope
from service.http.authorization import authorization_of
from service.http.client_identity import Clients
from service.http.graphql import ws_messages as messages
from service.http.graphql.event_size import check_event_size
from service.http.graphql.ws_messages import CloseCode, Closed
from service.http.graphql.ws_writer import SocketWriter
from service.http.stream_errors import client_error
from service.http.token_watch import token_fault
from service.request.caller import Caller
from service.request.connection import Disconnected
from service.request.context import RequestContext

Identify = Callable[[bytes | None], Awaitable[Caller]]

# The seconds within which a client must send connection_init.
_INITIALISATION_SECONDS = 5.0
_OPERATIONS_MOST = 100
_GOING_AWAY = Closed(
    CloseCode.GOING_AWAY, "The service stops: reconnect with the last revision you saw."
)


class Conversation:
    """One WebSocket with its operations and its client."""

    def __init__(
        self,
        live: Live,
        identify: Identify,
        scope: Scope,
        context: RequestContext,
        receive: Receive,
        writer: SocketWriter,
        heartbeat_seconds: float,
        clients: Clients,
    ) -> None:
        """Begins after the handshake, before any message. `context`: of the handshake."""
        self._scope = scope
        self._context = context
        self._clients = clients
        self._live = live
        self._identify = identify
        self._authorization = authorization_of(scope)
        self._receive = receive
        self._writer = writer
        self._heartbeat_seconds = heartbeat_seconds
        self._began_at = writer.said_at
        self._has_begun = False
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._watching: asyncio.Task[None] | None = None

    async def hold(self) -> None:
        """Reads and handles messages until the socket is closed."""
        try:
            with suppress(Disconnected):
                while True:
                    await self._handle(messages.read_message(await self._next_message()))
        except Closed as closed:
            await self._writer.close(closed)
        except Exception as error:
            await self._writer.close(
                Closed(CloseCode.INTERNAL_ERROR, self._client_error(error).message)
            )
        finally:
            if self._watching is not None:
                self._watching.cancel()
            operations = list(self._operations.values())
            for operation in operations:
                operation.cancel()
            await asyncio.gather(*operations, return_exceptions=True)

    async def leave(self) -> None:
        """Closes the socket because the process stops."""
        await self._writer.close(_GOING_AWAY)

    async def _next_message(self) -> str | None:
        """Returns the next message; None for a binary one. Sends pings while it waits.

        Raises Disconnected, or Closed if the client does not send connection_init in time.
        """
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout_at(self._silence_ends_at()):
                    message = await self._receive()
                if message["type"] != "websocket.receive":
                    raise Disconnected
                text: str | None = message.get("text")
                return text
            if not self._has_begun:
                raise Closed(CloseCode.INITIALISATION_TIMEOUT, "Connection initialisation timeout")
            if self._silence_ends_at() <= asyncio.get_running_loop().time():
                await self._writer.say(messages.PING)

    def _silence_ends_at(self) -> float:
        if not self._has_begun:
            return self._began_at + _INITIALISATION_SECONDS
        return self._writer.said_at + self._heartbeat_seconds

    async def _handle(self, message: messages.Message) -> None:
        match message:
            case messages.ConnectionInit(payload):
                await self._begin(payload)
            case messages.Ping(payload):
                await self._writer.say(messages.pong(payload))
            case messages.Subscribe(identifier, request):
                await self._subscribe(identifier, request)
            case messages.Complete(identifier):
                operation = self._operations.pop(identifier, None)
                if operation is not None:
                    operation.cancel()
            case messages.Pong():
                pass

    async def _begin(self, payload: dict[str, Any]) -> None:
        if self._has_begun:
            raise Closed(CloseCode.TOO_MANY_INITIALISATIONS, "Too many initialisation requests")
        authorization = _header_in(payload, "authorization")
        if authorization:
            self._authorization = authorization.encode()
        as_of = _header_in(payload, AS_OF)
        if as_of is not None:
            self._context.as_of = as_of
        await self._caller()
        if self._authorization is not None:
            self._watching = asyncio.create_task(self._watch_token())
        self._has_begun = True
        await self._writer.say(messages.ACKNOWLEDGED)

    async def _caller(self) -> Caller:
        """Authenticates the client again: its token may have been revoked. Raises Closed."""
        try:
            return await self._identify(self._authorization)
        except Unauthenticated as error:
            raise Closed(CloseCode.FORBIDDEN, error.message) from None
        except AllyGraphError as error:
            raise Closed(CloseCode.TRY_AGAIN_LATER, error.message) from None

    async def _watch_token(self) -> None:
        error = await token_fault(lambda: self._identify(self._authorization))
        await self._writer.close(Closed(CloseCode.FORBIDDEN, error.message))

    async def _subscribe(self, identifier: str, request: GraphQLRequest) -> None:
        if not self._has_begun:
            raise Closed(CloseCode.UNAUTHORIZED, "Unauthorized: send connection_init first.")
        if identifier in self._operations:
            raise Closed(CloseCode.SUBSCRIBER_EXISTS, f"Subscriber for {identifier} already exists")
        caller = await self._caller()
        if len(self._operations) >= _OPERATIONS_MOST:
            most = f"A socket has at most {_OPERATIONS_MOST} operations at a time"
            refused = TooManySubscriptions(f"{most}; complete one, or open another socket.")
            self._live.counters.refused(refused)
            await self._writer.say(messages.failed(identifier, refused, self._context))
            return
        operation = self._answer(identifier, request, self._context.for_operation(caller))
        self._operations[identifier] = asyncio.create_task(operation)

    async def _answer(
        self, identifier: str, request: GraphQLRequest, context: RequestContext
    ) -> None:
        """Executes one operation, and sends its results and its end."""
        try:
            client = self._clients.client_of(self._scope, self._authorization)
            self._clients.count(client)
            with self._live.operation(client):
                await self._send_all(identifier, request, context)
            await self._writer.say(messages.completed(identifier))
        except Disconnected:
            pass
        except Closed as closed:
            await self._writer.close(closed)
        except Exception as error:
            with suppress(Disconnected):
                failed = messages.failed(identifier, self._client_error(error), context)
                await self._writer.say(failed)
        finally:
            # A client that has completed an operation may use its id for another one.
            if self._operations.get(identifier) is asyncio.current_task():
                del self._operations[identifier]

    def _client_error(self, error: Exception) -> AllyGraphError:
        return client_error(error, self._live.counters)

    async def _send_all(
        self, identifier: str, request: GraphQLRequest, context: RequestContext
    ) -> None:
        begin = messages.begin_next(identifier)
        async with aclosing(self._live.answers(request, context)) as answers:
            async for body in answers:
                await self._caller()
                check_event_size(body)
                await self._writer.say(begin, body, messages.END_NEXT)


def _header_in(payload: dict[str, Any], header: str) -> str | None:
    """Returns a header from connection_init; browsers cannot set headers of a WebSocket.

    Raises Closed.
    """
    for name, value in payload.items():
        if name.lower() == header and value is not None:
            if not isinstance(value, str):
                raise Closed(CloseCode.BAD_REQUEST, f"`payload.{name[:40]}` is not text.")
            return value
    return None
