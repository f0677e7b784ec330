"""A thousand subscribers: their memory, and whether all get each event."""

import asyncio
import json
import resource
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from tests.commands import Serving, serving
from tests.conftest import make_database
from tests.stores import url_of
from tests.subscriptions.following import CHANGES
from tests.subscriptions.services import resident_bytes
from tests.subscriptions.writing import Book, book

QUESTION = json.dumps({"query": CHANGES, "variables": {"since": 0}})
MANY = 1_000
MOST_BYTES = 50 * 2**20

# Waits for an event, and returns its revision.
Hear = Callable[[], Awaitable[int]]


def revision_in(answer: Any) -> int:
    (node,) = answer["data"]["changes"]["nodes"]
    return int(node["revision"]["number"])


@asynccontextmanager
async def socket(url: str) -> AsyncIterator[Hear]:
    address = url.replace("http:", "ws:") + "/graphql"
    offered = [Subprotocol("graphql-transport-ws")]
    async with connect(address, subprotocols=offered, compression=None) as client:
        await client.send('{"type":"connection_init"}')
        await client.send(f'{{"type":"subscribe","id":"1","payload":{QUESTION}}}')
        await client.send('{"type":"ping"}')
        while await client.recv() != '{"type":"pong"}':
            pass

        async def hear() -> int:
            return revision_in(json.loads(await client.recv())["payload"])

        yield hear


@asynccontextmanager
async def stream(url: str) -> AsyncIterator[Hear]:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    body = QUESTION.encode()
    writer.write(
        b"POST /graphql HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n"
        b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
    )
    await reader.readuntil(b"\r\n\r\n")

    async def hear() -> int:
        await reader.readuntil(b"data: ")
        return revision_in(json.loads(await reader.readline()))

    yield hear
    writer.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Serving, Book]]:
    database = make_database(tmp_path / "allygraph.db")
    # All subscribers have one address.
    quiet = {"ALLYGRAPH_HEARTBEAT_SECONDS": "600", "ALLYGRAPH_CLIENT_SUBSCRIPTIONS": "2000"}
    with (
        serving("--database-url", url_of(database), **quiet) as server,
        book(database) as writer,
    ):
        yield server, writer


@pytest.fixture(autouse=True)
def many_files() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@pytest.mark.parametrize("follow", [socket, stream], ids=["WebSocket", "Server-Sent Events"])
def test_a_thousand_subscribers_take_little_memory_and_get_every_event(
    served: tuple[Serving, Book], follow: Callable[[str], AbstractAsyncContextManager[Hear]]
) -> None:
    server, writer = served

    async def scene() -> tuple[int, list[int]]:
        async with AsyncExitStack() as stack:
            # The work for the first subscriber is not repeated.
            first = await stack.enter_async_context(follow(server.url))
            before = resident_bytes(server.process.pid)
            others = [await stack.enter_async_context(follow(server.url)) for _ in range(MANY)]
            writer.write_actor()
            told = await asyncio.gather(*(hear() for hear in (first, *others)))
            return resident_bytes(server.process.pid) - before, told

    taken, told = asyncio.run(scene())
    assert told == [1] * (MANY + 1)
    assert taken < MOST_BYTES
