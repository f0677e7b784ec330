"""Clients that read their response slowly, or not at all."""

import asyncio
import socket

import pytest

from service.http.asgi import Receive, Scope, Send
from service.settings import Settings
from tests.server.uvicorn_server import Running, running

pytestmark = pytest.mark.anyio

REQUEST = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n"
# More than the system buffers for a client that does not read.
BODY = b"x" * 8_000_000


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def large_response(scope: Scope, receive: Receive, send: Send) -> None:
    headers = [(b"content-length", b"%d" % len(BODY))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": BODY})


async def connect(server: Running) -> socket.socket:
    """A client with a small receive buffer, which has sent its request."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    client.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(client, server.address)
    await loop.sock_sendall(client, REQUEST)
    return client


async def receive_all(client: socket.socket, pauses: int = 0) -> int:
    """Returns the number of bytes until the response is complete or the connection closes.

    `pauses`: the numbers of pieces after which the client pauses.
    """
    received = 0
    while received < len(BODY):
        piece = await asyncio.get_running_loop().sock_recv(client, 100_000)
        if not piece:
            break
        received += len(piece)
        if pauses:
            pauses -= 1
            await asyncio.sleep(0.01)
    return received


async def test_client_that_does_not_read_is_disconnected() -> None:
    async with running(large_response, Settings(arrival_seconds=0.2)) as server:
        with await connect(server) as client:
            async with asyncio.timeout(20):
                while not server.open_connections:
                    await asyncio.sleep(0.01)
                while server.open_connections:
                    await asyncio.sleep(0.01)
            assert await receive_all(client) < len(BODY)


async def test_client_that_reads_slowly_gets_its_whole_response() -> None:
    """Waits longer than a client may make no progress."""
    async with running(large_response, Settings(arrival_seconds=1)) as server:
        with await connect(server) as client:
            assert await receive_all(client, pauses=200) >= len(BODY)
