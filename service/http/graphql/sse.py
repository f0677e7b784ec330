"""GraphQL over Server-Sent Events, in distinct connections mode: one operation a connection.

The protocol: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress
from typing import Any

from service.documents.documents import GraphQLRequest
from service.engine.live import Live
from service.errors import Unauthenticated
from service.http.asgi import Receive, Scope, Send, context_of
from service.http.authorization import authorization_of
from service.http.client_identity import Clients
from service.http.graphql.errors import error_response
from service.http.graphql.event_size import check_event_size
from service.http.graphql.sse_writer import StreamWriter
from service.http.stream_errors import client_error
from service.http.token_watch import token_fault
from service.request.caller import Caller
from service.request.connection import Disconnected
from service.request.context import RequestContext
from service.settings import Settings

Identify = Callable[[bytes | None], Awaitable[Caller]]


class EventStreams:
    """Executes operations whose responses are `text/event-stream`."""

    def __init__(
        self, settings: Settings, live: Live, identify: Identify, clients: Clients | None = None
    ) -> None:
        """`identify`: authenticates a header. `clients`: identifies clients for limits."""
        self._clients = clients or Clients()
        self._settings = settings
        self._live = live
        self._identify = identify

    async def stream(
        self, request: GraphQLRequest, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Sends a complete response. Raises TooManySubscriptions before the response begins.

        Errors in the document are sent in the stream, because an EventSource reports no other
        errors.
        """
        context = context_of(scope)
        writer = StreamWriter(scope, context, send, self._settings.slow_reader_seconds)
        has_token = authorization_of(scope) is not None
        caller = self._caller_of(scope)
        response = _Response(self._live, caller, context, writer, has_token=has_token)
        client = self._clients.client_of(scope)
        with self._live.connection(response.leave, client), self._live.operation(client):
            await response.hold(request, receive, self._settings.heartbeat_seconds)

    def _caller_of(self, scope: Scope) -> Callable[[], Awaitable[Caller]]:
        """Returns a function that authenticates again: the token may have been revoked since."""
        authorization = authorization_of(scope)
        return lambda: self._identify(authorization)


class _Response:
    """The response of one operation."""

    def __init__(
        self,
        live: Live,
        caller: Callable[[], Awaitable[Caller]],
        context: RequestContext,
        writer: StreamWriter,
        *,
        has_token: bool,
    ) -> None:
        """Prepares the response, but sends nothing."""
        self._has_token = has_token
        self._context = context
        self._live = live
        self._caller = caller
        self._writer = writer
        self._sending: asyncio.Task[None] | None = None

    async def leave(self) -> None:
        """Ends the response because the process stops."""
        if self._sending is not None:
            self._sending.cancel()

    async def hold(
        self, request: GraphQLRequest, receive: Receive, heartbeat_seconds: float
    ) -> None:
        """Sends all events, until the operation ends or the client disconnects."""
        await self._writer.begin()
        sending = self._sending = asyncio.create_task(self._send(request))
        disconnected = asyncio.create_task(_until_disconnected(receive))
        refused = asyncio.create_task(token_fault(self._caller)) if self._has_token else None
        ends: set[asyncio.Task[Any]] = {sending, disconnected, *([refused] if refused else [])}
        if self._live.is_ending:
            sending.cancel()
        try:
            with suppress(Disconnected):
                await self._keep_alive(ends, heartbeat_seconds)
                if refused and refused.done() and not sending.done():
                    sending.cancel()
                    await self._refuse(refused.result())
            if not disconnected.done():
                await self._writer.break_off()
            if self._writer.is_over:
                await disconnected
        finally:
            for each in ends:
                each.cancel()

    async def _refuse(self, error: Unauthenticated) -> None:
        failed = client_error(error, self._live.counters)
        await self._writer.next(error_response(failed, self._context))
        await self._writer.complete()

    async def _keep_alive(self, ends: set[asyncio.Task[Any]], heartbeat_seconds: float) -> None:
        """Sends heartbeats until either side has ended the response. Raises Disconnected."""
        loop = asyncio.get_running_loop()
        while not any(end.done() for end in ends):
            silence = self._writer.said_at + heartbeat_seconds - loop.time()
            if silence <= 0:
                await self._writer.beat()
            else:
                await asyncio.wait(ends, timeout=silence, return_when=asyncio.FIRST_COMPLETED)

    async def _send(self, request: GraphQLRequest) -> None:
        with suppress(Disconnected):
            try:
                await self._send_all(request)
            except Disconnected:
                raise
            except Exception as error:
                failed = client_error(error, self._live.counters)
                await self._writer.next(error_response(failed, self._context))
            await self._writer.complete()

    async def _send_all(self, request: GraphQLRequest) -> None:
        self._context.caller = await self._caller()
        async with aclosing(self._live.answers(request, self._context)) as answers:
            async for body in answers:
                await self._caller()
                check_event_size(body)
                await self._writer.next(body)


async def _until_disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
