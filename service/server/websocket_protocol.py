"""Adds limits to uvicorn's WebSockets for clients that do not read.

uvicorn writes to the transport, which buffers the bytes that the socket does not accept, and blocks
the next `send` while more than 64 KiB are buffered. It closes a connection only after the buffer is
empty, so a client that reads nothing would keep its connection forever.
"""

import asyncio
from typing import Any

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

# The time that a closed connection has to send its buffer, in seconds.
_CLOSE_SECONDS = 10.0
# The maximum number of fragments of one incoming message.
_MAX_FRAGMENTS = 1_000


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """WebSocket with bounded memory for every client.

    The server stops reading from a client that does not read: uvicorn answers each ping, and would
    buffer the unread pongs. A closed connection ends even if the client never reads.
    """

    _abort_timer: asyncio.TimerHandle | None = None

    async def run_asgi(self) -> None:
        """Runs the application; then limits the time that the client has to read the buffer."""
        await super().run_asgi()
        self._abort_later()

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancels the timer."""
        super().connection_lost(exc)
        if self._abort_timer is not None:
            self._abort_timer.cancel()

    def keepalive_timeout(self) -> None:
        """Limits the time to close: a client that answers no ping may not read the close frame."""
        super().keepalive_timeout()
        self._abort_later()

    def shutdown(self) -> None:
        """Closes for the end of the process; aborts if the client has not read a close frame."""
        if self.close_sent or self.transport.is_closing():
            self.transport.abort()
        else:
            super().shutdown()

    def _abort_later(self) -> None:
        if not self.disconnected:
            self._abort_timer = self.loop.call_later(_CLOSE_SECONDS, self.transport.abort)

    def handle_cont(self, event: Frame) -> None:
        """Limits the fragments of a message: empty ones cost the client almost nothing."""
        super().handle_cont(event)
        if len(self.frames) == _MAX_FRAGMENTS + 1:
            self.conn.fail(1009, f"a message in more than {_MAX_FRAGMENTS} fragments")
            self.handle_parser_exception()

    def data_received(self, data: bytes) -> None:
        """Handles the data; stops reading while the client has not read the buffered replies."""
        super().data_received(data)
        if not self.writable.is_set() and not self.transport.is_closing():
            self.transport.pause_reading()

    def resume_writing(self) -> None:
        """Starts to read again when the client does."""
        super().resume_writing()
        if not self.read_paused and not self.transport.is_closing():
            self.transport.resume_reading()

    async def receive(self) -> Any:
        """Returns the next message, once the client has read the buffered messages."""
        await self.writable.wait()
        return await super().receive()

    async def send(self, message: Any) -> None:
        """Sends as in ASGI; returns once the message has left the buffer, or the socket is closed.

        Raises ClientDisconnected if the socket is closed already.
        """
        is_close = message["type"] == "websocket.close"
        if is_close:
            # The close frame is buffered after unread data, without waiting for the client.
            self.writable.set()
        await self.writable.wait()
        if self.close_sent or self.disconnected:
            raise ClientDisconnected
        await super().send(message)
        if not is_close:
            await self.writable.wait()
