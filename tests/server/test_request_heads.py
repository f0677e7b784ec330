"""Heads of requests as clients send them: offers of other protocols, codings, `Host`."""

import socket
from urllib.parse import urlsplit

import httpx
import pytest

QUESTION = b'{"query": "{ __typename }"}'
ANSWER = b'{"data":{"__typename":"Query"}}'
# Sent by Java's HTTP client with each unencrypted request.
H2C = (
    b"Connection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABk\r\n"
    b"Upgrade: h2c\r\n"
)


def exchange(url: str, *parts: bytes) -> bytes:
    """Returns all bytes of the server. The last request closes the connection."""
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port), timeout=20) as client:
        for part in parts:
            client.sendall(part)
        received = b""
        while some := client.recv(65_536):
            received += some
    return received


def post(*headers: bytes, body: bytes = QUESTION) -> bytes:
    length = b"Content-Length: %d\r\n" % len(body)
    head = b"POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\n" + length
    return head + b"".join(headers) + b"\r\n" + body


HOST, CLOSE = b"Host: a\r\n", b"Connection: close\r\n"


def test_a_request_that_offers_http_2_is_answered_in_http_1(server_url: str) -> None:
    received = exchange(server_url, post(HOST, H2C), post(HOST, CLOSE))
    assert received.count(b"HTTP/1.1 200 OK") == received.count(ANSWER) == 2


def test_its_body_may_come_later_and_in_chunks(server_url: str) -> None:
    head = post(HOST, H2C, body=b"").replace(
        b"Content-Length: 0\r\n", b"Transfer-Encoding: chunked\r\n"
    )
    chunks = [b"%x\r\n%b\r\n" % (len(part), part) for part in (QUESTION[:9], QUESTION[9:])]
    received = exchange(server_url, head, chunks[0], chunks[1] + b"0\r\n\r\n", post(HOST, CLOSE))
    assert received.count(ANSWER) == 2


def test_several_such_requests_follow_each_other(server_url: str) -> None:
    received = exchange(server_url, post(HOST, H2C) * 20 + post(HOST, CLOSE))
    assert received.count(ANSWER) == 21


def test_a_get_that_offers_http_2_is_answered(server_url: str) -> None:
    get = b"GET /graphql?query={__typename} HTTP/1.1\r\n" + HOST + H2C + b"\r\n"
    assert exchange(server_url, get, post(HOST, CLOSE)).count(ANSWER) == 2


def test_a_post_that_offers_a_websocket_is_answered_over_http(server_url: str) -> None:
    offer = (
        b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    )
    received = exchange(server_url, post(HOST, offer), post(HOST, CLOSE))
    assert received.count(b"HTTP/1.1 200 OK") == received.count(ANSWER) == 2


@pytest.mark.parametrize("codings", [b"gzip, chunked", b"identity, chunked", b"x, Chunked"])
def test_a_body_with_another_transfer_coding_is_refused(server_url: str, codings: bytes) -> None:
    head = post(HOST, CLOSE, body=b"").replace(
        b"Content-Length: 0\r\n", b"Transfer-Encoding: %b\r\n" % codings
    )
    received = exchange(server_url, head + b"%x\r\n%b\r\n0\r\n\r\n" % (len(QUESTION), QUESTION))
    assert received.startswith(b"HTTP/1.1 501 ")
    assert b"UNSUPPORTED_TRANSFER_CODING" in received


@pytest.mark.parametrize(
    "hosts", [b"", HOST * 2, b"Host: a\r\nHost: b\r\n", b"Host: a b\r\n", b"Host: a/b\r\n"]
)
def test_a_request_names_exactly_one_host(server_url: str, hosts: bytes) -> None:
    received = exchange(server_url, post(hosts))
    assert received.startswith(b"HTTP/1.1 400 ")
    assert b"BAD_REQUEST" in received


@pytest.mark.parametrize("host", [b"a", b"a.example:8000", b"[::1]:8000", b"127.0.0.1", b""])
def test_every_form_of_a_host_is_taken(server_url: str, host: bytes) -> None:
    assert ANSWER in exchange(server_url, post(b"Host: %b\r\n" % host, CLOSE))


def test_http_1_0_may_name_no_host(server_url: str) -> None:
    get = b"GET /graphql?query={__typename} HTTP/1.0\r\n\r\n"
    assert ANSWER in exchange(server_url, get)


@pytest.mark.parametrize("path", ["/docs", "/api/v1/actors/", "/assets", "/healthz/"])
def test_a_redirect_does_not_repeat_the_host(server_url: str, path: str) -> None:
    answer = httpx.get(server_url + path, headers={"host": "evil.example"})
    if answer.status_code == 307:
        assert "evil" not in answer.headers["location"]
        assert not answer.headers["location"].startswith(("http", "/"))
    else:
        assert answer.status_code == 404
