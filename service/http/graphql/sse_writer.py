"""Writes one response of Server-Sent Events, to a client that may read slowly."""

import asyncio
from collections.abc import Callable
from typing import Any

from service.http.asgi import Headers, Scope, Send, context_headers
from service.http.extensions import ABORT
from service.request.connection import Disconnected
from service.request.context import RequestContext

EVENT_STREAM = "text/event-stream"
HEADERS: Headers = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"vary", b"accept"),
    # Without this header nginx buffers small pieces.
    (b"x-accel-buffering", b"no"),
)

_HEARTBEAT = b":\n\n"
# An EventSource ignores an event without data.
_COMPLETE = b"event: complete\ndata: \n\n"
_END = {"type": "http.response.body"}


class StreamWriter:
    """Hands events to the transport, and waits while the client does not read."""

    def __init__(self, scope: Scope, context: RequestContext, send: Send, patience: float) -> None:
        """`patience`: the number of seconds that an event may wait for the ones before it."""
        self._send = send
        self._patience = patience
        self._headers = HEADERS + context_headers(context)
        self._abort: Callable[[], None] | None = scope.get("state", {}).get(ABORT)
        # One event at a time waits for a client that reads slowly.
        self._turn = asyncio.Lock()
        # Whether the client learns that the response has ended, by its end or by an abort.
        self.is_over = False
        self.said_at = asyncio.get_running_loop().time()

    async def begin(self) -> None:
        """Sends the head of the response."""
        start = {"type": "http.response.start", "status": 200, "headers": self._headers}
        await self._hand_over(start)

    async def next(self, body: bytes) -> None:
        """Sends an event with a result. Our JSON has no line breaks, so it is one line of data."""
        async with self._turn:
            await self._hand_over(_part(b"event: next\ndata: " + body + b"\n\n"))

    async def complete(self) -> None:
        """Sends the event `complete`, and ends the response."""
        async with self._turn:
            await self._hand_over(_part(_COMPLETE))
            self.is_over = True
            await self._hand_over(_END)

    async def beat(self) -> None:
        """Sends a heartbeat, unless an event is being sent."""
        self.said_at = asyncio.get_running_loop().time()
        if not self._turn.locked():
            async with self._turn:
                await self._hand_over(_part(_HEARTBEAT))

    async def break_off(self) -> None:
        """Ends the response without `complete`, so that the client reconnects. Does not wait."""
        if self.is_over:
            return
        try:
            async with asyncio.timeout(0):
                await self._send(_END)
            self.is_over = True
        except TimeoutError:
            self._give_up()

    async def _hand_over(self, message: dict[str, Any]) -> None:
        try:
            async with asyncio.timeout(self._patience):
                await self._send(message)
        except TimeoutError:
            self._give_up()
            raise Disconnected from None
        self.said_at = asyncio.get_running_loop().time()

    def _give_up(self) -> None:
        """Aborts the connection: a client that does not read cannot receive a reason."""
        if self._abort is not None:
            self._abort()
            self.is_over = True


def _part(text: bytes) -> dict[str, Any]:
    return {"type": "http.response.body", "body": text, "more_body": True}
