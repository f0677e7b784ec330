"""Writes messages on one WebSocket, one at a time, to a client that may read slowly."""

import asyncio
from contextlib import suppress
from typing import Any

from service.http.asgi import Send
from service.http.graphql.ws_messages import CloseCode, Closed
from service.request.connection import Disconnected

_TOO_SLOW = Closed(CloseCode.TRY_AGAIN_LATER, "Too slow: reconnect with the last revision you saw.")


class SocketWriter:
    """Hands messages to the transport, and waits while the client does not read."""

    def __init__(self, send: Send, patience: float) -> None:
        """`patience`: the number of seconds within which the client must read a message."""
        self._send = send
        self._patience = patience
        # One message at a time is buffered for a client that reads slowly.
        self._turn = asyncio.Lock()
        self.said_at = asyncio.get_running_loop().time()

    async def say(self, *texts: bytes) -> None:
        """Sends one message, joined from these texts. Raises Disconnected."""
        message = {"type": "websocket.send", "text": b"".join(texts).decode()}
        async with self._turn:
            await self._hand_over(message)

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
        """Closes the socket, unless it is closed already."""
        with suppress(OSError):
            await self._send(
                {"type": "websocket.close", "code": closed.code, "reason": closed.reason}
            )
