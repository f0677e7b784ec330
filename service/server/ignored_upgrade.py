"""Requests that offer a protocol other than WebSocket, such as HTTP/2 without TLS (`h2c`).

A server may ignore the header `Upgrade` (RFC 9110, 7.8). The parser stops after the head of such a
request, so a second parser reads the body and the rest of the connection.
"""

from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# The headers that determine where a body ends (RFC 9112, 6.3).
_FRAMING = frozenset({b"content-length", b"transfer-encoding"})


class _AfterHead:
    """Passes on to the protocol all parser events but the first head, which it has already."""

    def __init__(self, protocol: HttpToolsProtocol) -> None:
        self._protocol = protocol
        self._has_head = False
        self.on_body = protocol.on_body
        self.on_message_complete = protocol.on_message_complete

    def on_message_begin(self) -> None:
        if self._has_head:
            self._protocol.on_message_begin()

    def on_url(self, url: bytes) -> None:
        if self._has_head:
            self._protocol.on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._has_head:
            self._protocol.on_header(name, value)

    def on_headers_complete(self) -> None:
        if self._has_head:
            self._protocol.on_headers_complete()
        self._has_head = True


def parser_after_head(protocol: HttpToolsProtocol, headers: list[tuple[bytes, bytes]]) -> Any:
    """A parser that continues after the head with these headers."""
    parser = httptools.HttpRequestParser(_AfterHead(protocol))
    framing = (b"%b: %b\r\n" % pair for pair in headers if pair[0] in _FRAMING)
    parser.feed_data(b"".join((b"POST / HTTP/1.1\r\n", *framing, b"\r\n")))
    return parser
