"""Clients that do not read cost little, and do not affect other clients."""

import base64
import json
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import pytest

from tests.subscriptions.services import Service, fake_service, wait_until
from tests.subscriptions.talking import SUBSCRIPTION

TEXT, PING = 0x1, 0x9
LARGE = 900_000
# More than the buffers of a connection hold for a client that does not read.
MANY = [LARGE] * 5


@contextmanager
def connection(service: Service) -> Iterator[socket.socket]:
    """Yields a connection with a small receive buffer."""
    parts = urlsplit(service.url)
    with socket.socket() as connected:
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connected.settimeout(20)
        connected.connect((parts.hostname, parts.port))
        yield connected


def frame(opcode: int, payload: bytes) -> bytes:
    """Returns a frame (RFC 6455, 5.2), masked with zeros."""
    length = len(payload)
    size = bytes([0x80 | length]) if length < 126 else b"\xfe" + struct.pack("!H", length)
    return bytes([0x80 | opcode]) + size + bytes(4) + payload


def close_frame(code: int, reason: bytes) -> bytes:
    """Returns a close frame of a server, without a mask."""
    return bytes([0x88, 2 + len(reason)]) + struct.pack("!H", code) + reason


def said(type: str, **rest: object) -> bytes:
    return frame(TEXT, json.dumps({"type": type, **rest}).encode())


def open_socket(client: socket.socket) -> None:
    client.sendall(
        b"GET /graphql HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n"
        b"Sec-WebSocket-Key: %b\r\n\r\n" % base64.b64encode(bytes(16))
    )
    assert client.recv(1_000).startswith(b"HTTP/1.1 101 ")
    client.sendall(said("connection_init"))
    # A ping may come first.
    received = b""
    while b"connection_ack" not in received:
        part = client.recv(1_000)
        assert part, received
        received += part


def follow_on_a_socket(client: socket.socket) -> None:
    open_socket(client)
    payload = {"query": SUBSCRIPTION, "variables": {"since": 0}}
    client.sendall(said("subscribe", id="1", payload=payload))


def follow_in_a_stream(client: socket.socket) -> None:
    body = json.dumps({"query": SUBSCRIPTION, "variables": {"since": 0}}).encode()
    head = b"POST /graphql HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n"
    client.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)


def hears(client: socket.socket, end: bytes) -> bool:
    """Whether the received bytes end with this."""
    read = b""
    while not read.endswith(end) and (some := client.recv(1_000_000)):
        read += some
    return read.endswith(end)


def rest_of(client: socket.socket) -> bytes:
    """Returns all remaining bytes, until the server or its system closes the connection."""
    read = b""
    try:
        while some := client.recv(1_000_000):
            read += some
    except ConnectionResetError:
        pass
    return read


Follow = Callable[[socket.socket], None]
IMPATIENT = {"ALLYGRAPH_SLOW_READER_SECONDS": "0.5"}
both = pytest.mark.parametrize(
    "follow", [follow_on_a_socket, follow_in_a_stream], ids=["WebSocket", "Server-Sent Events"]
)


def test_socket_that_is_not_read_is_closed_and_told_why() -> None:
    with fake_service(**IMPATIENT) as service, connection(service) as client:
        service.write(*MANY)
        follow_on_a_socket(client)
        wait_until(lambda: service.open_operations() == 1)
        wait_until(lambda: service.open_operations() == 0)
        reason = b"Too slow: reconnect with the last revision you saw."
        assert hears(client, close_frame(1013, reason))


def test_stream_that_is_not_read_ends() -> None:
    with fake_service(**IMPATIENT) as service, connection(service) as client:
        service.write(*MANY)
        follow_in_a_stream(client)
        wait_until(lambda: service.open_operations() == 1)
        wait_until(lambda: service.open_operations() == 0)
        assert b"event: complete" not in rest_of(client)


@both
def test_clients_that_do_not_read_take_bounded_memory(service: Service, follow: Follow) -> None:
    """Each client holds one buffered and one waiting event, of the twenty that it is sent."""
    service.write(*[LARGE] * 20)
    before = service.resident_bytes()
    with ExitStack() as stack:
        clients = [stack.enter_context(connection(service)) for _ in range(40)]
        for client in clients:
            follow(client)
        for client in clients:
            assert client.recv(1, socket.MSG_PEEK)
        assert service.resident_bytes() - before < 3 * len(clients) * LARGE


@both
def test_others_get_events_while_a_client_does_not_read(service: Service, follow: Follow) -> None:
    with connection(service) as client, service.talk() as talk:
        service.write(*MANY)
        follow(client)
        talk.begin().follow()
        service.write(1, 1)
        first = talk.revision()
        assert talk.revision() == first + 1


def test_message_in_too_many_fragments_closes_the_socket(service: Service) -> None:
    """An empty fragment costs its sender six bytes, and the server more."""
    first, more = bytes([TEXT, 0x80, 0, 0, 0, 0]), bytes([0, 0x80, 0, 0, 0, 0])
    with connection(service) as client:
        open_socket(client)
        client.sendall(first + more * 1_000)
        assert hears(client, close_frame(1009, b"a message in more than 1000 fragments"))


def test_client_that_answers_no_ping_is_gone() -> None:
    settings = IMPATIENT | {"ALLYGRAPH_HEARTBEAT_SECONDS": "0.1"}
    with fake_service(**settings) as service, connection(service) as client:
        open_socket(client)
        assert hears(client, close_frame(1011, b"keepalive ping timeout"))


def test_a_client_that_sends_much_and_reads_nothing_is_not_read(service: Service) -> None:
    """Each ping needs a pong, and unread pongs must not accumulate."""
    before = service.resident_bytes()
    with connection(service) as client:
        open_socket(client)
        client.settimeout(1)
        flood = frame(PING, b"p" * 100) * 500 + said("pong")
        with pytest.raises(TimeoutError):
            client.sendall(flood * 2_000)
        assert service.resident_bytes() - before < 10_000_000
