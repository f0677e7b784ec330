"""Adds limits to uvicorn's HTTP for clients that send, or read, too slowly or too much.

uvicorn waits forever for a request head, for the rest of a body, and for a response to be read, and
buffers whatever arrives until a head is complete.
"""

import asyncio
from collections.abc import Awaitable
from contextvars import copy_context
from functools import partial
from typing import ClassVar, cast

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from service.errors import AllyGraphError, HeadersTooLarge, Overloaded, RequestTimeout
from service.http.asgi import Receive, Scope, Send, context_of
from service.http.extensions import ABORT, STORED
from service.http.refusals import refusal, refuse
from service.server.ignored_upgrade import parser_after_head
from service.server.request_head import head_error
from service.server.write_coalescing import CoalescingTransport, WriteCoalescing
from service.settings import Settings

# The number of checks of a connection within `arrival_seconds`.
_CHECKS = 4
# A client that reads or sends fewer bytes between two checks makes no progress.
_PROGRESS_BYTES = 16_384
_INVALID = "Invalid HTTP request received."
# The maximum number of requests that a client sends before the first of them is answered.
_MAX_PIPELINED = 100
# The length of the colon, the space and the line end of a header.
_FIELD_BYTES = 4


class ConnectionLimits:
    """The limits that all connections of a process share, with the counts that they limit."""

    def __init__(self, settings: Settings) -> None:
        """Starts with all counts at 0."""
        self.max_connections = settings.connections
        self.max_head_bytes = settings.header_bytes
        self.arrival_seconds = settings.arrival_seconds
        self.max_incomplete_bytes = settings.arriving_bytes
        self.incomplete_bytes = 0
        self.coalescing = WriteCoalescing() if settings.write_coalescing else None


class HTTPProtocol(HttpToolsProtocol):
    """HTTP with limits. Requests can abort their connection; one without progress is closed."""

    limits: ClassVar[ConnectionLimits]

    # Set if writes are coalesced, until the connection becomes a WebSocket.
    _coalesced: CoalescingTransport | None = None
    _head_bytes = 0
    _may_be_too_large = False
    # The bytes of an incomplete body in memory, and those that the application put into a file.
    _body_bytes = 0
    _stored_bytes = 0
    _pending: object = None
    _pending_since = 0.0
    _next_check: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Adds our extensions to the scope of every request; limits the number of connections."""
        if self.limits.coalescing is not None:
            self._coalesced = CoalescingTransport(transport, self.limits.coalescing)
        super().connection_made(cast(asyncio.Transport, self._coalesced or transport))
        extensions = {ABORT: transport.abort, STORED: self._count_as_stored}
        self.app_state = {**self.app_state, **extensions}
        excess = len(self.connections) - self.limits.max_connections
        if excess > self.limits.max_connections // 10 + 1:
            # With a smaller excess, the client gets an error response.
            transport.abort()
        elif excess > 0:
            self.app = self._refuse_connection
        self._check_later()

    def connection_lost(self, exc: Exception | None) -> None:
        """Subtracts the connection from the shared counts, and stops its checks."""
        super().connection_lost(exc)
        self._release()
        self._stop_checks()

    def eof_received(self) -> None:
        """Flushes the buffer: the client may still read, but uvloop closes the transport next."""
        if self._coalesced is not None:
            self._coalesced.flush()
        super().eof_received()

    def handle_websocket_upgrade(self) -> None:
        """Hands the connection over to the WebSocket protocol, which has its own limits."""
        error = head_error(self.headers, self.parser.get_http_version())
        if error is not None:
            self.scope["path"] = self.url.decode("ascii").partition("?")[0]
            self._end_with(error)
            return
        self._stop_checks()
        if self._coalesced is not None:
            self.transport = self._coalesced.detach()
        super().handle_websocket_upgrade()

    def data_received(self, data: bytes) -> None:
        """Counts the bytes of incomplete heads and bodies. Most requests are complete at once."""
        self._may_be_too_large = self._head_bytes + len(data) > self.limits.max_head_bytes
        self._parse(data)
        cycle = self.cycle
        if self._is_in_head():
            self._head_bytes += len(data)
            if self._head_bytes > self.limits.max_head_bytes:
                self._end_with(self._too_large())
        elif cycle is not None and cycle.more_body and not cycle.response_complete:
            self._hold(len(data))
        elif self._head_bytes or self._body_bytes or self._stored_bytes:
            self._release()
        if self.pipeline and len(self.pipeline) > _MAX_PIPELINED:
            self.transport.abort()

    def _parse(self, data: bytes) -> None:
        """Parses as uvicorn does, but keeps the body of a request that offers another protocol."""
        self._unset_keepalive_if_required()
        while data:
            try:
                self.parser.feed_data(data)
            except httptools.HttpParserError:
                self.logger.warning(_INVALID)
                self.send_400_response(_INVALID)
            except httptools.HttpParserUpgrade as upgrade:
                if not self._should_upgrade():
                    data = data[upgrade.args[0] :]
                    self._ignore_upgrade()
                    continue
                self.handle_websocket_upgrade()
            return

    def _should_upgrade(self) -> bool:
        """Whether a WebSocket begins: only with GET (RFC 6455, 4.1). Others get HTTP responses."""
        return self.parser.get_method() == b"GET" and super()._should_upgrade()

    def _ignore_upgrade(self) -> None:
        """Continues with the body of the request: the parser has reported one without a body."""
        self.cycle.more_body = True
        self.parser = parser_after_head(self, self.headers)

    def _too_large(self) -> HeadersTooLarge:
        return HeadersTooLarge(
            f"The request line and headers exceed {self.limits.max_head_bytes} bytes."
        )

    def _head_is_too_large(self) -> bool:
        """Whether a complete head is too large: its last chunk may also contain body bytes."""
        fields = sum(len(name) + len(value) + _FIELD_BYTES for name, value in self.headers)
        return len(self.url) + fields > self.limits.max_head_bytes

    def on_headers_complete(self) -> None:
        """Refuses a request whose head is malformed or too large."""
        error: AllyGraphError | None = head_error(self.headers, self.parser.get_http_version())
        if self._may_be_too_large and self._head_is_too_large():
            error = self._too_large()
        app = self.app
        if error is not None:
            self.app = partial(refuse, error, closes=True)
        super().on_headers_complete()
        self.app = app

    def _hold(self, size: int) -> None:
        """Counts a part of a body, which stays in memory until the body is complete."""
        limits = self.limits
        if limits.incomplete_bytes + size > limits.max_incomplete_bytes:
            self._end_with(
                Overloaded(
                    "Too many large bodies are arriving; send it again, or in smaller parts."
                )
            )
        else:
            self._body_bytes += size
            limits.incomplete_bytes += size

    def _count_as_stored(self, size: int) -> None:
        """Moves bytes of a body to `_stored_bytes`: the application has put them into a file."""
        size = min(size, self._body_bytes)
        self._body_bytes -= size
        self._stored_bytes += size
        self.limits.incomplete_bytes -= size

    def _release(self) -> None:
        self.limits.incomplete_bytes -= self._body_bytes
        self._head_bytes = self._body_bytes = self._stored_bytes = 0

    def _refuse_connection(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        most = self.limits.max_connections
        error = Overloaded(
            f"{most} connections are open, the maximum; use fewer, or connect again."
        )
        return refuse(error, scope, receive, send, closes=True)

    # --- clients that make no progress ------------------------------------------------------------

    def _check_later(self) -> None:
        seconds = self.limits.arrival_seconds / _CHECKS
        self._next_check = self.loop.call_later(seconds, self._check)

    def _stop_checks(self) -> None:
        if self._next_check is not None:
            self._next_check.cancel()
            self._next_check = None

    def _check(self) -> None:
        """Closes the connection if the client's next action has been due for too long."""
        pending, now = self._client_action(), self.loop.time()
        if pending is None or pending != self._pending:
            self._pending, self._pending_since = pending, now
        elif now - self._pending_since >= self.limits.arrival_seconds:
            self._time_out()
            return
        self._check_later()

    def _is_in_head(self) -> bool:
        """Whether a head has begun and is not complete."""
        return self.scope is not None and "method" not in self.scope

    def _client_action(self) -> object:
        """The client's next action; None while the server is working."""
        unread = self.transport.get_write_buffer_size()
        if unread:
            return self.cycle, "read", unread // _PROGRESS_BYTES
        if self.cycle is None or self.cycle.response_complete:
            return self.cycle, "send a head"
        if self.cycle.more_body and not self.cycle.response_started:
            return self.cycle, "send the rest of a body", self._stored_bytes // _PROGRESS_BYTES
        return None

    def _time_out(self) -> None:
        seconds = self.limits.arrival_seconds
        is_idle = self.cycle is None or self.cycle.response_complete
        if self.transport.get_write_buffer_size():
            self.transport.abort()
        elif is_idle and not self._is_in_head():
            # An idle keep-alive connection: there is no request to respond to.
            self.transport.close()
        else:
            self._end_with(
                RequestTimeout(f"The request did not arrive within {seconds:g} seconds.")
            )

    def _end_with(self, error: AllyGraphError) -> None:
        """Responds without the application, and closes the connection.

        The application sees a disconnect.
        """
        path = "" if self._is_in_head() else self.scope["path"]
        # In a copy of the context: no task handles this request.
        context = copy_context().run(context_of, cast(Scope, self.scope))
        start, body = refusal(error, path, context, closes=True)
        head = (b"%b: %b\r\n" % pair for pair in start["headers"])
        answered = self.cycle is None or self.cycle.response_complete
        if not answered and self._is_in_head():
            # The response to the previous request is still being sent.
            self.transport.abort()
            return
        self.transport.write(b"".join((STATUS_LINE[error.status], *head, b"\r\n", body["body"])))
        self.transport.close()
        if not answered:
            self.cycle.disconnected = True
            self.cycle.message_event.set()


def http_protocol(settings: Settings) -> type[HTTPProtocol]:
    """A protocol class with the limits of these settings, for uvicorn to instantiate."""
    return type("LimitedHTTPProtocol", (HTTPProtocol,), {"limits": ConnectionLimits(settings)})
