"""An HTTP/1.1 client for the soak: one request at a time over one connection.

It is simple so that it leaves the processor to the server.
"""

import asyncio
from collections.abc import Mapping
from typing import NamedTuple, Self

_MAX_HEAD_BYTES = 2**16
_NO_BODY = (204, 304)


class Request(NamedTuple):
    """A request."""

    method: str
    path: str
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


class Response(NamedTuple):
    """A response; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    """One connection, which is opened again if the server closes it after a response."""

    def __init__(self, port: int) -> None:
        """The first request opens the connection."""
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def request(self, request: Request) -> Response:
        """Sends a request and reads its response. Raises OSError or asyncio.IncompleteReadError."""
        reader, _ = await self.send(request)
        response = await _read(reader)
        if response.headers.get("connection") == "close":
            self.close()
        return response

    async def send(self, request: Request) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Sends a request; the caller reads the response, or disconnects."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(
                "127.0.0.1", self._port, limit=_MAX_HEAD_BYTES
            )
        reader, writer = self._streams
        writer.write(_encoded(request))
        await writer.drain()
        return reader, writer

    def close(self) -> None:
        """Aborts the connection."""
        if self._streams is not None:
            self._streams[1].transport.abort()
            self._streams = None

    def __enter__(self) -> Self:
        """The connection is open during the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Aborts the connection."""
        self.close()


def _encoded(request: Request) -> bytes:
    lines = [f"{request.method} {request.path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in request.headers]
    if request.body or request.method != "GET":
        lines.append(f"Content-Length: {len(request.body)}")
    return "\r\n".join([*lines, "", ""]).encode() + request.body


async def _read(reader: asyncio.StreamReader) -> Response:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.removesuffix("\r\n\r\n").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    status = int(first.split(" ", 2)[1])
    length = 0 if status in _NO_BODY else int(headers["content-length"])
    return Response(status, headers, await reader.readexactly(length))
