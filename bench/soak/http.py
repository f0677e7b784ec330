"""HTTP/1.1 as a client of the soak speaks it: one request at a time over a connection that stays.

A client that did more would take the processor from the server that is to be loaded.
"""

import asyncio
from collections.abc import Mapping
from typing import NamedTuple, Self

_HEAD_MOST = 2**16
_NO_BODY = (204, 304)


class Request(NamedTuple):
    """What is sent."""

    method: str
    path: str
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


class Answer(NamedTuple):
    """What came back; the names of the headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    """Somebody with one connection, opened anew where the server has closed it after an answer."""

    def __init__(self, port: int) -> None:
        """Nothing is opened yet."""
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: Request) -> Answer:
        """Raises OSError or asyncio.IncompleteReadError where there is no whole answer."""
        reader, _ = await self.send(request)
        answer = await _read(reader)
        if answer.headers.get("connection") == "close":
            self.close()
        return answer

    async def send(self, request: Request) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """The same, for who reads the answer another way, or not at all."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=_HEAD_MOST)
        reader, writer = self._streams
        writer.write(_written(request))
        await writer.drain()
        return reader, writer

    def close(self) -> None:
        """Without a farewell."""
        if self._streams is not None:
            self._streams[1].transport.abort()
            self._streams = None

    def __enter__(self) -> Self:
        """For as long as somebody asks."""
        return self

    def __exit__(self, *_: object) -> None:
        """Whatever happened."""
        self.close()


def _written(request: Request) -> bytes:
    lines = [f"{request.method} {request.path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in request.headers]
    if request.body or request.method != "GET":
        lines.append(f"Content-Length: {len(request.body)}")
    return "\r\n".join([*lines, "", ""]).encode() + request.body


async def _read(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.removesuffix("\r\n\r\n").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    status = int(first.split(" ", 2)[1])
    length = 0 if status in _NO_BODY else int(headers["content-length"])
    return Answer(status, headers, await reader.readexactly(length))
