"""What all connections answer in one turn of the event loop goes out at its end.

uvicorn writes a head and its body apart, and uvloop sends whatever is written at once. Each send
may wake the client, or the proxy, that these answers go to, which takes longer than all the rest of
it. So what is written in a turn is sent together: a packet for each connection, one by one.
"""

import asyncio
from typing import Any

from service.http.chunking import PIECE_BYTES


class JoinedWrites:
    """The connections of a process to which something was written in this turn."""

    def __init__(self) -> None:
        """None, so far."""
        self._waiting: list[JoiningTransport] = []

    def wait(self, transport: "JoiningTransport") -> None:
        """Has it send what it holds when the turn ends."""
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._send)
        self._waiting.append(transport)

    def _send(self) -> None:
        waiting, self._waiting = self._waiting, []
        for transport in waiting:
            transport.send()


class JoiningTransport:
    """A transport that holds what is written until the turn ends, or the connection does."""

    def __init__(self, transport: asyncio.Transport, writes: JoinedWrites) -> None:
        """Nothing is held yet."""
        self._transport = transport
        self._writes = writes
        self._held: list[bytes] = []
        self._size = 0

    def __getattr__(self, name: str) -> Any:
        """All else is the transport's own."""
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Sends it when the turn ends; what is long at once, so that its writer is made to wait."""
        if not self._held:
            self._writes.wait(self)
        self._held.append(data)
        self._size += len(data)
        if self._size >= PIECE_BYTES:
            self.send()

    def send(self) -> None:
        """Sends now what is held."""
        held, self._held, self._size = self._held, [], 0
        if held and not self._transport.is_closing():
            self._transport.write(b"".join(held))

    def separate(self) -> asyncio.Transport:
        """The transport itself, for whoever writes as it sees fit; nothing is held any more."""
        self.send()
        return self._transport

    def get_write_buffer_size(self) -> int:
        """How many bytes are yet to be taken over, by the system or by the transport."""
        return self._transport.get_write_buffer_size() + self._size

    def close(self) -> None:
        """Ends the connection after all that was written."""
        self.send()
        self._transport.close()
