"""Responses of one turn of the event loop are sent in one write each, without loss."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from service.http.asgi import Receive, Scope, Send
from service.server.write_coalescing import CoalescingTransport, WriteCoalescing
from service.settings import Settings
from tests.commands import serving
from tests.server.uvicorn_server import running
from tests.stores import url_of

pytestmark = pytest.mark.anyio

REQUEST = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Recorder(asyncio.Transport):
    """A transport that records its calls."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[bytes | str] = []
        self.changed = asyncio.Event()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.events.append(bytes(data))
        self.changed.set()

    def close(self) -> None:
        self.events.append("closed")

    def is_closing(self) -> bool:
        return "closed" in self.events

    def get_write_buffer_size(self) -> int:
        return 0


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def transport(recorder: Recorder) -> CoalescingTransport:
    return CoalescingTransport(recorder, WriteCoalescing())


async def test_writes_of_one_turn_go_out_as_one(
    recorder: Recorder, transport: CoalescingTransport
) -> None:
    transport.write(b"head")
    transport.write(b"body")
    assert recorder.events == []
    await recorder.changed.wait()
    assert recorder.events == [b"headbody"]


async def test_each_connection_has_a_write_of_its_own(recorder: Recorder) -> None:
    coalescing, other = WriteCoalescing(), Recorder()
    CoalescingTransport(recorder, coalescing).write(b"one")
    CoalescingTransport(other, coalescing).write(b"two")
    await other.changed.wait()
    assert (recorder.events, other.events) == ([b"one"], [b"two"])


async def test_writes_of_later_turns_go_out_later(
    recorder: Recorder, transport: CoalescingTransport
) -> None:
    for part in (b"first", b"last"):
        recorder.changed.clear()
        transport.write(part)
        await recorder.changed.wait()
    assert recorder.events == [b"first", b"last"]


async def test_large_write_goes_out_at_once(
    recorder: Recorder, transport: CoalescingTransport
) -> None:
    transport.write(b"head")
    transport.write(b"0" * 65_536)
    assert recorder.events == [b"head" + b"0" * 65_536]


async def test_buffered_bytes_count_as_not_sent(transport: CoalescingTransport) -> None:
    transport.write(b"12345")
    assert transport.get_write_buffer_size() == 5


async def test_closing_sends_what_is_buffered_first(
    recorder: Recorder, transport: CoalescingTransport
) -> None:
    transport.write(b"answer")
    transport.close()
    assert recorder.events == [b"answer", "closed"]


async def test_detaching_sends_what_is_buffered_first(
    recorder: Recorder, transport: CoalescingTransport
) -> None:
    transport.write(b"101")
    assert transport.detach() is recorder
    assert recorder.events == [b"101"]


async def test_nothing_is_written_to_a_closed_connection(
    recorder: Recorder, transport: CoalescingTransport
) -> None:
    transport.write(b"answer")
    recorder.close()
    transport.flush()
    assert recorder.events == ["closed"]


class Application:
    """Sends a response of two parts, the second when it is released."""

    def __init__(self) -> None:
        self.may_go_on = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"9")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"first", "more_body": True})
        await self.may_go_on.wait()
        await send({"type": "http.response.body", "body": b"last"})


@asynccontextmanager
async def connected(
    app: Application, settings: Settings
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A client of a server with this application."""
    async with running(app, settings) as server:
        reader, writer = await asyncio.open_connection(*server.address)
        try:
            yield reader, writer
        finally:
            writer.close()


@pytest.mark.parametrize("is_on", [True, False])
async def test_beginning_of_a_response_does_not_wait_for_its_end(is_on: bool) -> None:
    app = Application()
    async with connected(app, Settings(write_coalescing=is_on)) as (reader, writer):
        writer.write(REQUEST)
        begun = await reader.readuntil(b"first")
        app.may_go_on.set()
        assert begun.startswith(b"HTTP/1.1 200 OK\r\n")
        assert await reader.readexactly(4) == b"last"


# Only immediate responses, because uvicorn closes the connection otherwise.
@pytest.mark.sqlite
@pytest.mark.parametrize("is_on", ["true", "false"])
def test_client_that_closes_its_side_still_gets_its_answer(seeded: Path, is_on: str) -> None:
    query = json.dumps({"query": '{ actor(by: {slug: "russia"}) { name } }'}).encode()
    head = b"POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n"
    options = ("--database-url", url_of(seeded))
    with serving(*options, ALLYGRAPH_WRITE_COALESCING=is_on) as server:
        where = urlsplit(server.url)
        for _ in range(30):
            with socket.create_connection((where.hostname, where.port), timeout=20) as client:
                client.sendall(b"%bcontent-length: %d\r\n\r\n%b" % (head, len(query), query))
                client.shutdown(socket.SHUT_WR)
                answer = client.makefile("rb").read()
            assert answer.endswith(b'{"data":{"actor":{"name":"Russia"}}}')
