"""What uvicorn's HTTP lacks: an end for clients that send, or read, too slowly or too much.

uvicorn waits for ever for a head, for the rest of a body, and for an answer to be read, and keeps
whatever comes until a head is complete.
"""

import asyncio
from collections.abc import Awaitable
from contextvars import copy_context
from typing import ClassVar, cast

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from service.errors import AllyGraphError, HeadersTooLarge, Overloaded, TooSlow
from service.http.asgi import Receive, Scope, Send
from service.http.extensions import ABORT
from service.http.refusals import refusal, refuse
from service.observability.request_context import under_way
from service.server.write_coalescing import JoinedWrites, JoiningTransport
from service.settings import Settings

# How often it is looked at a connection within the time that it has.
_LOOKS = 4
# Who reads less than this meanwhile does not read, in bytes.
_PROGRESS_BYTES = 16_384
# Requests sent before the first of them is answered.
_PIPELINED_MOST = 100


class ConnectionLimits:
    """What all connections of a process share: what they may take, and what they hold."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is held yet."""
        self.most = settings.connections
        self.header_bytes = settings.header_bytes
        self.arrival_seconds = settings.arrival_seconds
        self.arriving_bytes_most = settings.arriving_bytes
        self.arriving_bytes = 0
        self.writes = JoinedWrites()


class HTTPProtocol(HttpToolsProtocol):
    """HTTP whose connections can be ended at once, and end where they get nowhere."""

    shared: ClassVar[ConnectionLimits]

    _joining: JoiningTransport
    _head_bytes = 0
    # Of a body that is not whole yet.
    _body_bytes = 0
    _awaited: object = None
    _awaited_since = 0.0
    _next_look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Every request of the connection finds `abort` in its scope."""
        self._joining = JoiningTransport(transport, self.shared.writes)
        super().connection_made(cast(asyncio.Transport, self._joining))
        self.app_state = {**self.app_state, ABORT: transport.abort}
        too_many = len(self.connections) - self.shared.most
        if too_many > self.shared.most // 10 + 1:
            # So many more are told why.
            transport.abort()
        elif too_many > 0:
            self.app = self._refuse_politely
        self._look_later()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is left to be looked at."""
        super().connection_lost(exc)
        self._let_go()
        self._look_no_more()

    def eof_received(self) -> None:
        """Whoever sends no more still reads; uvloop closes next."""
        self._joining.send()
        super().eof_received()

    def handle_websocket_upgrade(self) -> None:
        """From now on the other protocol looks after it."""
        self._look_no_more()
        self.transport = self._joining.separate()
        super().handle_websocket_upgrade()

    def data_received(self, data: bytes) -> None:
        """Counts what comes until a head, or a body, is whole. Most requests are at once."""
        super().data_received(data)
        cycle = self.cycle
        if self.scope is not None and "method" not in self.scope:
            self._head_bytes += len(data)
            if self._head_bytes > self.shared.header_bytes:
                most = self.shared.header_bytes
                self._end_with(HeadersTooLarge(f"A head has at most {most} bytes here."))
        elif cycle is not None and cycle.more_body and not cycle.response_complete:
            self._hold(len(data))
        elif self._head_bytes or self._body_bytes:
            self._let_go()
        if self.pipeline and len(self.pipeline) > _PIPELINED_MOST:
            self.transport.abort()

    def _hold(self, size: int) -> None:
        """A part of a body, which is kept until the rest of it is there."""
        shared = self.shared
        if shared.arriving_bytes + size > shared.arriving_bytes_most:
            self._end_with(Overloaded("Too many large bodies are arriving; try again."))
        else:
            self._body_bytes += size
            shared.arriving_bytes += size

    def _let_go(self) -> None:
        self.shared.arriving_bytes -= self._body_bytes
        self._head_bytes = self._body_bytes = 0

    def _refuse_politely(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        error = Overloaded(f"{self.shared.most} connections are open, the most here; try again.")
        return refuse(error, scope, receive, send, closes=True)

    # --- clients that get nowhere -----------------------------------------------------------------

    def _look_later(self) -> None:
        seconds = self.shared.arrival_seconds / _LOOKS
        self._next_look = self.loop.call_later(seconds, self._look)

    def _look_no_more(self) -> None:
        if self._next_look is not None:
            self._next_look.cancel()
            self._next_look = None

    def _look(self) -> None:
        """Ends the connection where the client has owed us the same for as long as it may."""
        owed, now = self._owed(), self.loop.time()
        if owed is None or owed != self._awaited:
            self._awaited, self._awaited_since = owed, now
        elif now - self._awaited_since >= self.shared.arrival_seconds:
            self._give_up()
            return
        self._look_later()

    def _is_in_head(self) -> bool:
        """Whether a head has begun and is not complete."""
        return self.scope is not None and "method" not in self.scope

    def _owed(self) -> object:
        """What the client has to do next; None where it is our turn."""
        unread = self.transport.get_write_buffer_size()
        if unread:
            return self.cycle, "read", unread // _PROGRESS_BYTES
        if self.cycle is None or self.cycle.response_complete:
            return self.cycle, "send a head"
        if self.cycle.more_body and not self.cycle.response_started:
            return self.cycle, "send the rest of a body"
        return None

    def _give_up(self) -> None:
        seconds = self.shared.arrival_seconds
        is_idle = self.cycle is None or self.cycle.response_complete
        if self.transport.get_write_buffer_size():
            self.transport.abort()
        elif is_idle and not self._is_in_head():
            # Nothing was asked, so there is nothing to be told.
            self.transport.close()
        else:
            self._end_with(TooSlow(f"A request has to arrive within {seconds:g} seconds here."))

    def _end_with(self, error: AllyGraphError) -> None:
        """Answers without the application, and closes. Whoever waits for the body learns of it."""
        path = "" if self._is_in_head() else self.scope["path"]
        # No task answers this request, so nobody else has said whose errors these are.
        context = copy_context()
        context.run(under_way.set, cast(Scope, self.scope))
        start, body = context.run(refusal, error, path, closes=True)
        head = (b"%b: %b\r\n" % pair for pair in start["headers"])
        answered = self.cycle is None or self.cycle.response_complete
        if not answered and self._is_in_head():
            # The answer to the request before is on its way.
            self.transport.abort()
            return
        self.transport.write(b"".join((STATUS_LINE[error.status], *head, b"\r\n", body["body"])))
        self.transport.close()
        if not answered:
            self.cycle.disconnected = True
            self.cycle.message_event.set()


def http_protocol(settings: Settings) -> type[HTTPProtocol]:
    """The protocol with the limits of these settings: uvicorn makes one for each connection."""
    return type("BoundedHTTPProtocol", (HTTPProtocol,), {"shared": ConnectionLimits(settings)})
