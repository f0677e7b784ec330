"""Clients that send too much, stop half-way, or send no HTTP, over a real connection."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
import pytest

QUESTION = b'{"query": "{ __typename }"}'
JSON = {"content-type": "application/json"}
# A valid document with ten megabytes of blanks.
LARGE = b'{"query": "' + b" " * 10_000_000 + b'{ __typename }"}'
HALF_A_REQUEST = (
    b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    b"Content-Length: 1000\r\n\r\n" + QUESTION[:10]
)


@pytest.fixture(autouse=True)
def goes_on(server_url: str) -> Iterator[None]:
    """Checks after each test that the next query succeeds."""
    yield
    answer = httpx.post(f"{server_url}/graphql", content=QUESTION, headers=JSON)
    assert answer.json() == {"data": {"__typename": "Query"}}


def in_chunks(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), 65_536):
        yield body[start : start + 65_536]


@contextmanager
def connection(url: str) -> Iterator[socket.socket]:
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as connected:
        yield connected


def answer_to(url: str, request: bytes) -> bytes:
    with connection(url) as client:
        client.sendall(request)
        return client.recv(10_000)


@pytest.mark.parametrize("body", [LARGE, in_chunks(LARGE)], ids=["of known length", "in chunks"])
def test_body_of_ten_megabytes_is_refused(server_url: str, body: bytes | Iterator[bytes]) -> None:
    answer = httpx.post(f"{server_url}/graphql", content=body, headers=JSON)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["extensions"]["code"]) == (413, "BODY_TOO_LARGE")
    assert error["message"] == "The body is longer than 1000000 bytes; send a shorter one."


def test_connection_outlives_a_body_that_is_too_large(server_url: str) -> None:
    with httpx.Client(base_url=server_url, headers=JSON) as client:
        assert client.post("/graphql", content=LARGE).status_code == 413
        assert client.post("/graphql", content=QUESTION).status_code == 200


def test_client_that_leaves_half_way_is_let_go(server_url: str) -> None:
    with connection(server_url) as client:
        client.sendall(HALF_A_REQUEST)


def test_a_slow_client_delays_no_other(server_url: str) -> None:
    with connection(server_url) as slow:
        slow.sendall(HALF_A_REQUEST)
        answer = httpx.post(f"{server_url}/graphql", content=QUESTION, headers=JSON, timeout=10)
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "request_",
    [
        b"good morning\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 5,
        b"GET /graphql HTTP/9.9\r\n\r\n",
        b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /graphql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ids=["words", "TLS", "HTTP 9.9", "negative length", "no chunk"],
)
def test_what_is_no_http_is_refused(server_url: str, request_: bytes) -> None:
    assert answer_to(server_url, request_).startswith(b"HTTP/1.1 400 ")


def test_long_header_does_no_harm(server_url: str) -> None:
    accept = b"Accept: " + b"a/b," * 15_000 + b"\r\n"
    request = b"GET /graphql?query={__typename} HTTP/1.1\r\nHost: a\r\n" + accept + b"\r\n"
    assert answer_to(server_url, request).startswith(b"HTTP/1.1 406 ")


@pytest.mark.parametrize("letters", [100_000, 1_000_000])
def test_address_that_is_too_long_is_refused(server_url: str, letters: int) -> None:
    request = b"GET /api/v1/actors?slug=" + b"a" * letters + b" HTTP/1.1\r\nHost: a\r\n\r\n"
    # The parser does not read an address of more than 65,535 bytes.
    assert answer_to(server_url, request).startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 431 "))


def test_the_piece_that_completes_a_head_counts(server_url: str) -> None:
    with connection(server_url) as client:
        client.sendall(b"GET /api/v1/actors HTTP/1.1\r\nHost: a\r\n")
        time.sleep(0.1)
        client.sendall(b"Accept: " + b"a/b," * 20_000 + b"\r\n\r\n")
        assert client.recv(65_536).startswith(b"HTTP/1.1 431 ")


def test_a_body_in_the_same_piece_does_not_count(server_url: str) -> None:
    body = b'{"query": "{__typename}", "variables": {"a": "' + b"a" * 100_000 + b'"}}'
    head = b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    request = head + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body
    assert answer_to(server_url, request).startswith(b"HTTP/1.1 200 ")
