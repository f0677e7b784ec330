"""What uvicorn's WebSockets lack: a limit for clients that do not read.

uvicorn passes what is written to the transport, which buffers what the socket does not take, and
blocks the next `send` while more than 64 KiB are buffered. It closes a connection only after the
buffer is empty, so a client that reads nothing would keep its connection forever.
"""

import asyncio
from typing import Any

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

# How long a closed connection may take to send what is buffered, in seconds.
_CLOSE_SECONDS = 10.0
# Of one incoming message.
_MAX_FRAGMENTS = 1_000


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """WebSocket with bounded memory, whatever the client does.

    The server does not read from a client that does not read: uvicorn answers each ping, and would
    buffer the unread pongs. A closed connection ends even if the client never reads.
    """

    _abort_timer: asyncio.TimerHandle | None = None

    async def run_asgi(self) -> None:
        """Runs the application; then the client has some time to read what is buffered."""
        await super().run_asgi()
        self._abort_later()

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancels the timer."""
        super().connection_lost(exc)
        if self._abort_timer is not None:
            self._abort_timer.cancel()

    def keepalive_timeout(self) -> None:
        """A client that does not answer a ping may not read the close frame either."""
        super().keepalive_timeout()
        self._abort_later()

    def shutdown(self) -> None:
        """Ends with the process: a client that has not read the close frame does not delay it."""
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
        """Stops reading while the client has not read the answers to what it sent before."""
        super().data_received(data)
        if not self.writable.is_set() and not self.transport.is_closing():
            self.transport.pause_reading()

    def resume_writing(self) -> None:
        """The client reads again, so the server does."""
        super().resume_writing()
        if not self.read_paused and not self.transport.is_closing():
            self.transport.resume_reading()

    async def receive(self) -> Any:
        """The next message, once the client has read what it was sent."""
        await self.writable.wait()
        return await super().receive()

    async def send(self, message: Any) -> None:
        """As in ASGI, but returns once the client has taken the message, or the socket is closed.

        Raises ClientDisconnected once the socket is closed.
        """
        is_close = message["type"] == "websocket.close"
        if is_close:
            # The close frame is buffered behind unread data; nobody waits for the client here.
            self.writable.set()
        await self.writable.wait()
        if self.close_sent or self.disconnected:
            raise ClientDisconnected
        await super().send(message)
        if not is_close:
            await self.writable.wait()
