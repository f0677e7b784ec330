"""What uvicorn's WebSockets lack for connections that stay open: an end for whoever does not read.

uvicorn hands what is written to the transport, which keeps what the socket does not take yet, and
lets the next `send` wait once that is more than 64 KiB. It closes a connection only when all of it
was taken, so one whose client reads nothing would stay for good.
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState
from websockets.frames import Frame

from service.http.extensions import FRAGMENTS

# How long a connection that is closed may take to send what is waiting, in seconds.
_PATIENCE_SECONDS = 10.0
_FRAGMENTS_MOST = 1_000


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """WebSocket whose memory is bounded whatever its client does.

    Who does not read is not read from either: uvicorn answers each ping of a client, and would keep
    the answers that are not read. Long messages go out in fragments, each of which waits until the
    one before is on its way. A connection that is closed ends, even if nobody reads.
    """

    _end: asyncio.TimerHandle | None = None

    async def run_asgi(self) -> None:
        """The application; what it leaves unread behind has a while to be read."""
        cast(dict[str, Any], self.scope["extensions"])[FRAGMENTS] = {}
        await super().run_asgi()
        self._end_soon()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is left to be ended."""
        super().connection_lost(exc)
        if self._end is not None:
            self._end.cancel()

    def keepalive_timeout(self) -> None:
        """Whoever does not answer a ping may not read the close frame either."""
        super().keepalive_timeout()
        self._end_soon()

    def shutdown(self) -> None:
        """The process ends. Who was told so, and has not read it by now, does not hold it up."""
        if self.close_sent or self.transport.is_closing():
            self.transport.abort()
        else:
            super().shutdown()

    def _end_soon(self) -> None:
        if not self.disconnected:
            self._end = self.loop.call_later(_PATIENCE_SECONDS, self.transport.abort)

    def handle_cont(self, event: Frame) -> None:
        """A message may come in pieces, but not in any number of empty ones."""
        super().handle_cont(event)
        if len(self.frames) == _FRAGMENTS_MOST + 1:
            self.conn.fail(1009, f"a message in more than {_FRAGMENTS_MOST} fragments")
            self.handle_parser_exception()

    def data_received(self, data: bytes) -> None:
        """Reads on only if what was answered before has been read."""
        super().data_received(data)
        if not self.writable.is_set() and not self.transport.is_closing():
            self.transport.pause_reading()

    def resume_writing(self) -> None:
        """The client reads again, so it is read from again."""
        super().resume_writing()
        if not self.read_paused and not self.transport.is_closing():
            self.transport.resume_reading()

    async def receive(self) -> Any:
        """The next message, once the client has read what was sent to it."""
        await self.writable.wait()
        return await super().receive()

    async def send(self, message: Any) -> None:
        """As ASGI has it, with fragments. Raises ClientDisconnected once the socket is closed."""
        if message["type"] == "websocket.close":
            # Nobody waits for the client here: the close frame goes behind what is waiting.
            self.writable.set()
        await self.writable.wait()
        if self.close_sent or self.disconnected:
            raise ClientDisconnected
        if message["type"] == FRAGMENTS:
            self._write_fragment(message["data"], is_last=not message["more"])
        else:
            await super().send(message)

    def _write_fragment(self, data: bytes, *, is_last: bool) -> None:
        try:
            if self.conn.expect_continuation_frame:
                self.conn.send_continuation(data, fin=is_last)
            else:
                self.conn.send_text(data, fin=is_last)
        except InvalidState:
            raise ClientDisconnected from None
        self.transport.write(b"".join(self.conn.data_to_send()))
