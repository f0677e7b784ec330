"""GraphQL over Server-Sent Events, in distinct connections mode: one operation a connection.

The protocol: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress

from service.auth.callers import Caller
from service.documents.documents import GraphQLRequest
from service.engine.live import Live
from service.engine.queries import error_answer
from service.http.asgi import Disconnected, Receive, Scope, Send
from service.http.client_identity import Clients
from service.http.graphql.event_size import check_event_size
from service.http.graphql.sse_writer import StreamWriter
from service.http.stream_errors import told_as
from service.observability.request_context import under_way
from service.settings import Settings

Identify = Callable[[bytes | None], Awaitable[Caller]]


class EventStreams:
    """Answers over HTTP to whoever accepts `text/event-stream`."""

    def __init__(
        self, settings: Settings, live: Live, identify: Identify, clients: Clients | None = None
    ) -> None:
        """`identify` reads the header Authorization, `clients` tells one client from another."""
        self._clients = clients or Clients()
        self._settings = settings
        self._live = live
        self._identify = identify

    async def stream(
        self, question: GraphQLRequest, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """The whole response, once the request is read. Raises TooManySubscriptions before it.

        What is wrong with the question is told in the stream: an EventSource shows nothing else.
        """
        under_way.set(scope)
        writer = StreamWriter(scope, send, self._settings.slow_reader_seconds)
        response = _Response(self._live, self._caller_of(scope), writer)
        client = self._clients.client_of(scope)
        with self._live.connection(response.leave, client), self._live.operation(client):
            await response.hold(question, receive, self._settings.heartbeat_seconds)

    def _caller_of(self, scope: Scope) -> Callable[[], Awaitable[Caller]]:
        """Looked up anew each time: a token may have been revoked meanwhile."""
        authorization = dict(scope["headers"]).get(b"authorization")
        return lambda: self._identify(authorization)


class _Response:
    """One operation, told in one response."""

    def __init__(
        self, live: Live, caller: Callable[[], Awaitable[Caller]], writer: StreamWriter
    ) -> None:
        """Nothing is said yet."""
        self._live = live
        self._caller = caller
        self._writer = writer
        self._telling: asyncio.Task[None] | None = None

    async def leave(self) -> None:
        """Ends it from our side, because the process is told to stop."""
        if self._telling is not None:
            self._telling.cancel()

    async def hold(
        self, question: GraphQLRequest, receive: Receive, heartbeat_seconds: float
    ) -> None:
        """Tells all there is, until there is no more or the client has gone."""
        await self._writer.begin()
        telling = self._telling = asyncio.create_task(self._tell(question))
        gone = asyncio.create_task(_until_gone(receive))
        if self._live.is_ending:
            telling.cancel()
        try:
            with suppress(Disconnected):
                await self._keep_alive({telling, gone}, heartbeat_seconds)
            if not gone.done():
                await self._writer.break_off()
            if self._writer.is_over:
                await gone
        finally:
            telling.cancel()
            gone.cancel()

    async def _keep_alive(self, ends: set[asyncio.Task[None]], heartbeat_seconds: float) -> None:
        """Waits until one side has ended it. Raises Disconnected."""
        loop = asyncio.get_running_loop()
        while not any(end.done() for end in ends):
            silence = self._writer.said_at + heartbeat_seconds - loop.time()
            if silence <= 0:
                await self._writer.beat()
            else:
                await asyncio.wait(ends, timeout=silence, return_when=asyncio.FIRST_COMPLETED)

    async def _tell(self, question: GraphQLRequest) -> None:
        with suppress(Disconnected):
            try:
                await self._tell_all(question)
            except Disconnected:
                raise
            except Exception as error:
                await self._writer.next(error_answer(told_as(error, self._live.measures)))
            await self._writer.complete()

    async def _tell_all(self, question: GraphQLRequest) -> None:
        caller = await self._caller()
        async with aclosing(self._live.answers(question, caller)) as answers:
            async for body in answers:
                await self._caller()
                check_event_size(body)
                await self._writer.next(body)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
