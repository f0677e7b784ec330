"""Write coalescing: sends all that a connection writes in one event loop iteration as one packet.

uvicorn writes the head and the body of a response separately, and uvloop passes each write to the
system at once. Each send may wake the client or proxy that reads it, which costs more than the rest
of a small response. `ALLYGRAPH_WRITE_COALESCING=false` turns this off (decision 0022).
"""

import asyncio
from typing import Any

# The size of a buffer that is flushed at once: at this size a transport applies flow control.
_FLUSH_BYTES = 65_536


class WriteCoalescing:
    """The connections of a process that hold unsent data in this iteration of the event loop."""

    def __init__(self) -> None:
        """Starts without connections."""
        self._pending: list[CoalescingTransport] = []

    def flush_later(self, transport: "CoalescingTransport") -> None:
        """Flushes the transport at the end of this iteration."""
        if not self._pending:
            asyncio.get_running_loop().call_soon(self._flush_all)
        self._pending.append(transport)

    def _flush_all(self) -> None:
        pending, self._pending = self._pending, []
        for transport in pending:
            transport.flush()


class CoalescingTransport:
    """A transport that buffers writes until the iteration of the event loop ends."""

    def __init__(self, transport: asyncio.Transport, coalescing: WriteCoalescing) -> None:
        """Starts with an empty buffer."""
        self._transport = transport
        self._coalescing = coalescing
        self._buffer: list[bytes] = []
        self._size = 0

    def __getattr__(self, name: str) -> Any:
        """Returns any other attribute of the underlying transport."""
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Buffers the data. A full buffer is flushed at once, so that flow control applies."""
        if not self._buffer:
            self._coalescing.flush_later(self)
        self._buffer.append(data)
        self._size += len(data)
        if self._size >= _FLUSH_BYTES:
            self.flush()

    def flush(self) -> None:
        """Sends the buffered data now."""
        buffer, self._buffer, self._size = self._buffer, [], 0
        if buffer and not self._transport.is_closing():
            self._transport.write(b"".join(buffer))

    def detach(self) -> asyncio.Transport:
        """Flushes, and returns the underlying transport."""
        self.flush()
        return self._transport

    def get_write_buffer_size(self) -> int:
        """The number of bytes that were written but not yet passed to the system."""
        return self._transport.get_write_buffer_size() + self._size

    def close(self) -> None:
        """Closes the connection after everything written so far."""
        self.flush()
        self._transport.close()
