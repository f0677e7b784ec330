"""What is written in one turn of the event loop, and when it is sent."""

import asyncio
import json
import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from uvicorn.server import ServerState

from service.http.asgi import Message, Receive, Scope, Send
from service.server.http_protocol import http_protocol
from service.settings import Settings
from tests.commands import serving
from tests.stores import url_of

pytestmark = pytest.mark.anyio

REQUEST = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n"
LAST_REQUEST = b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Transport:
    """Writes down what happens to it."""

    def __init__(self) -> None:
        self.events: list[bytes | str] = []

    def write(self, data: bytes) -> None:
        self.events.append(data)

    def close(self) -> None:
        self.events.append("closed")

    def abort(self) -> None:
        self.close()

    def is_closing(self) -> bool:
        return "closed" in self.events

    def get_write_buffer_size(self) -> int:
        return 0

    def get_extra_info(self, _: str, default: Any = None) -> Any:
        return default

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass


class Service:
    """An application that answers with two bodies, of which the second one can be kept back."""

    def __init__(self) -> None:
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()
        self.first = b"first"
        self.type = http_protocol(Settings())
        config = uvicorn.Config(self.answer, interface="asgi3", log_config=None, access_log=False)
        config.load()
        self.config = config

    async def answer(self, _: Scope, __: Receive, send: Send) -> None:
        head: Message = {"type": "http.response.start", "status": 200}
        length = b"%d" % (len(self.first) + 4)
        await send({**head, "headers": [(b"content-length", length)]})
        await send({"type": "http.response.body", "body": self.first, "more_body": True})
        await self.may_go_on.wait()
        await send({"type": "http.response.body", "body": b"last"})

    async def ask(self, *requests: bytes) -> list[Transport]:
        """Each over a connection of its own, in one turn."""
        transports = [Transport() for _ in requests]
        for transport, request in zip(transports, requests, strict=True):
            connection = self.type(self.config, ServerState(), {})
            connection.connection_made(transport)  # type: ignore[arg-type]
            connection.data_received(request)
        for _ in range(5):
            await asyncio.sleep(0)
        return transports


async def test_head_and_body_go_out_as_one() -> None:
    for transport in await Service().ask(REQUEST, REQUEST):
        (sent,) = transport.events
        assert isinstance(sent, bytes)
        assert sent.startswith(b"HTTP/1.1 200 OK\r\n")
        assert sent.endswith(b"\r\n\r\nfirstlast")


async def test_beginning_of_an_answer_does_not_wait_for_its_end() -> None:
    service = Service()
    service.may_go_on.clear()
    (transport,) = await service.ask(REQUEST)
    (sent,) = transport.events
    assert isinstance(sent, bytes)
    assert sent.endswith(b"\r\n\r\nfirst")
    service.may_go_on.set()
    for _ in range(5):
        await asyncio.sleep(0)
    assert transport.events == [sent, b"last"]


async def test_long_part_is_not_held() -> None:
    service = Service()
    service.first = b"0" * 65_536
    (transport,) = await service.ask(REQUEST)
    sent, last = transport.events
    assert isinstance(sent, bytes)
    assert sent.endswith(b"\r\n\r\n" + service.first)
    assert last == b"last"


async def test_connection_is_closed_after_what_was_written_to_it() -> None:
    (transport,) = await Service().ask(LAST_REQUEST)
    sent, closed = transport.events
    assert isinstance(sent, bytes)
    assert sent.endswith(b"\r\n\r\nfirstlast")
    assert closed == "closed"


async def test_nothing_is_written_to_a_connection_that_is_gone() -> None:
    service = Service()
    service.may_go_on.clear()
    (transport,) = await service.ask(REQUEST)
    transport.close()
    before = list(transport.events)
    service.may_go_on.set()
    for _ in range(5):
        await asyncio.sleep(0)
    assert transport.events == before


# Only what is answered at once: uvicorn ends the connection where it takes longer.
@pytest.mark.sqlite
def test_client_that_sends_no_more_still_has_its_answer(seeded: Path) -> None:
    question = json.dumps({"query": '{ actor(by: {slug: "russia"}) { name } }'}).encode()
    head = b"POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n"
    with serving("--database-url", url_of(seeded)) as server:
        where = urlsplit(server.url)
        for _ in range(30):
            with socket.create_connection((where.hostname, where.port), timeout=20) as client:
                client.sendall(b"%bcontent-length: %d\r\n\r\n%b" % (head, len(question), question))
                client.shutdown(socket.SHUT_WR)
                answer = client.makefile("rb").read()
            assert answer.endswith(b'{"data":{"actor":{"name":"Russia"}}}')
