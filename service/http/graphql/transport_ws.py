"""What is said on one WebSocket, as graphql-transport-ws has it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress
from typing import Any

from service.auth.callers import Caller
from service.documents.documents import GraphQLRequest
from service.engine.live import Live
from service.errors import AllyGraphError, TooManySubscriptions, Unauthenticated
from service.http.asgi import Disconnected, Receive, Scope
from service.http.authorization import authorization_of
from service.http.client_identity import Clients
from service.http.graphql import ws_messages as messages
from service.http.graphql.event_size import check_event_size
from service.http.graphql.ws_messages import CloseCode, Closed
from service.http.graphql.ws_writer import SocketWriter
from service.http.stream_errors import told_as

Identify = Callable[[bytes | None], Awaitable[Caller]]

# How long a client may take to say who it is, in seconds.
_INITIALISATION_SECONDS = 5.0
_OPERATIONS_MOST = 100
_GOING_AWAY = Closed(
    CloseCode.GOING_AWAY, "The service stops: reconnect with the last revision you saw."
)


class Conversation:
    """One socket, its operations, and who is at its other end."""

    def __init__(
        self,
        live: Live,
        identify: Identify,
        scope: Scope,
        receive: Receive,
        writer: SocketWriter,
        heartbeat_seconds: float,
        clients: Clients,
    ) -> None:
        """The handshake is done; nothing is said yet."""
        self._scope = scope
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

    async def hold(self) -> None:
        """Hears and answers until the socket is closed."""
        try:
            with suppress(Disconnected):
                while True:
                    await self._heed(messages.read_message(await self._hear()))
        except Closed as closed:
            await self._writer.close(closed)
        except Exception as error:
            await self._writer.close(Closed(CloseCode.INTERNAL_ERROR, self._told_as(error).message))
        finally:
            operations = list(self._operations.values())
            for operation in operations:
                operation.cancel()
            await asyncio.gather(*operations, return_exceptions=True)

    async def leave(self) -> None:
        """Ends it from our side, because the process is told to stop."""
        await self._writer.close(_GOING_AWAY)

    async def _hear(self) -> str | None:
        """The next message; None for one in bytes. Raises Disconnected.

        Meanwhile a client that has heard nothing for long is told that we live. Raises Closed for
        one that does not say who it is.
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

    async def _heed(self, message: messages.Message) -> None:
        match message:
            case messages.ConnectionInit(payload):
                await self._begin(payload)
            case messages.Ping(payload):
                await self._writer.say(messages.pong(payload))
            case messages.Subscribe(identifier, question):
                await self._subscribe(identifier, question)
            case messages.Complete(identifier):
                operation = self._operations.pop(identifier, None)
                if operation is not None:
                    operation.cancel()
            case messages.Pong():
                pass

    async def _begin(self, payload: dict[str, Any]) -> None:
        if self._has_begun:
            raise Closed(CloseCode.TOO_MANY_INITIALISATIONS, "Too many initialisation requests")
        self._authorization = _authorization_in(payload) or self._authorization
        await self._caller()
        self._has_begun = True
        await self._writer.say(messages.ACKNOWLEDGED)

    async def _caller(self) -> Caller:
        """Whoever is at the other end, looked up anew: a token may have been revoked meanwhile."""
        try:
            return await self._identify(self._authorization)
        except Unauthenticated as error:
            raise Closed(CloseCode.FORBIDDEN, error.message) from None
        except AllyGraphError as error:
            raise Closed(CloseCode.TRY_AGAIN_LATER, error.message) from None

    async def _subscribe(self, identifier: str, question: GraphQLRequest) -> None:
        if not self._has_begun:
            raise Closed(CloseCode.UNAUTHORIZED, "Unauthorized: send connection_init first.")
        if identifier in self._operations:
            raise Closed(CloseCode.SUBSCRIBER_EXISTS, f"Subscriber for {identifier} already exists")
        caller = await self._caller()
        if len(self._operations) >= _OPERATIONS_MOST:
            most = f"A socket has at most {_OPERATIONS_MOST} operations at a time"
            refused = TooManySubscriptions(f"{most}; complete one, or open another socket.")
            self._live.measures.refused(refused)
            await self._writer.say(messages.failed(identifier, refused))
            return
        self._operations[identifier] = asyncio.create_task(
            self._answer(identifier, question, caller)
        )

    async def _answer(self, identifier: str, question: GraphQLRequest, caller: Caller) -> None:
        """One operation, from its first answer to its last."""
        try:
            client = self._clients.client_of(self._scope, self._authorization)
            self._clients.count(client)
            with self._live.operation(client):
                await self._tell_all(identifier, question, caller)
            await self._writer.say(messages.completed(identifier))
        except Disconnected:
            pass
        except Closed as closed:
            await self._writer.close(closed)
        except Exception as error:
            with suppress(Disconnected):
                await self._writer.say(messages.failed(identifier, self._told_as(error)))
        finally:
            # Once it is completed by the client, its id may belong to another operation.
            if self._operations.get(identifier) is asyncio.current_task():
                del self._operations[identifier]

    def _told_as(self, error: Exception) -> AllyGraphError:
        return told_as(error, self._live.measures)

    async def _tell_all(self, identifier: str, question: GraphQLRequest, caller: Caller) -> None:
        begin = messages.begin_next(identifier)
        async with aclosing(self._live.answers(question, caller)) as answers:
            async for body in answers:
                await self._caller()
                check_event_size(body)
                await self._writer.say(begin, body, messages.END_NEXT)


def _authorization_in(payload: dict[str, Any]) -> bytes | None:
    """What a client that can't set a header of the handshake, as in a browser, sends in its place.

    Raises Closed.
    """
    for name, value in payload.items():
        if name.lower() == "authorization" and value is not None:
            if not isinstance(value, str):
                raise Closed(CloseCode.BAD_REQUEST, "`payload.Authorization` is not text.")
            return value.encode()
    return None
