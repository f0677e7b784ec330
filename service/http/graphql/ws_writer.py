"""What is said on one WebSocket: a message at a time, to a client that may be slow to read."""

import asyncio
from contextlib import suppress
from typing import Any

from service.http.asgi import Disconnected, Scope, Send
from service.http.chunking import PIECE_BYTES, in_pieces
from service.http.extensions import FRAGMENTS
from service.http.graphql.ws_messages import CloseCode, Closed

_TOO_SLOW = Closed(CloseCode.TRY_AGAIN_LATER, "Too slow: reconnect with the last revision you saw.")


class SocketWriter:
    """Hands messages to the transport, which lets us wait while the client does not read."""

    def __init__(self, scope: Scope, send: Send, patience: float) -> None:
        """`patience`: how many seconds a piece may wait until the ones before it are read."""
        self._takes_fragments = FRAGMENTS in scope.get("extensions", {})
        self._send = send
        self._patience = patience
        # The pieces of one message must not come between those of another.
        self._turn = asyncio.Lock()
        self._deliveries: set[asyncio.Task[None]] = set()
        self.said_at = asyncio.get_running_loop().time()

    async def say(self, *texts: bytes) -> None:
        """One message: the texts one after the other. Raises Disconnected."""
        if not self._takes_fragments or sum(map(len, texts)) <= PIECE_BYTES:
            whole = {"type": "websocket.send", "text": b"".join(texts).decode()}
            async with self._turn:
                await self._hand_over(whole)
            return
        # Once begun it must come to its end, even if the operation it belongs to is completed.
        delivery = asyncio.create_task(self._say_in_pieces(texts))
        self._deliveries.add(delivery)
        delivery.add_done_callback(self._deliveries.discard)
        await asyncio.shield(delivery)

    async def _say_in_pieces(self, texts: tuple[bytes, ...]) -> None:
        async with self._turn:
            for piece in in_pieces(*texts):
                await self._hand_over({"type": FRAGMENTS, "data": piece, "more": True})
            await self._hand_over({"type": FRAGMENTS, "data": b"", "more": False})

    async def _hand_over(self, message: dict[str, Any]) -> None:
        try:
            async with asyncio.timeout(self._patience):
                await self._send(message)
        except TimeoutError:
            await self.close(_TOO_SLOW)
            raise Disconnected from None
        except OSError:
            raise Disconnected from None
        self.said_at = asyncio.get_running_loop().time()

    async def close(self, closed: Closed) -> None:
        """Closes the socket, unless it is closed."""
        with suppress(OSError):
            await self._send(
                {"type": "websocket.close", "code": closed.code, "reason": closed.reason}
            )
