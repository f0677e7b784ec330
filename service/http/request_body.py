"""The body of a request: its media type, its content coding and its size."""

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import IO, Any

import mimeparse

from service.errors import (
    BodyTooLarge,
    MalformedBody,
    UnsupportedContentCoding,
    UnsupportedMediaType,
)
from service.http.asgi import Receive, Scope
from service.http.extensions import STORED
from service.request.connection import Disconnected

CONTENT_ENCODING = b"content-encoding"
# The supported coding of a body, and its two names (RFC 9110, 8.4.1.3).
GZIP = "gzip"
_GZIP_NAMES = ("gzip", "x-gzip")
_IDENTITY = ("", "identity")
# Makes zlib expect a gzip header.
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
# The number of bytes that are decoded at a time when a body is written to a file.
_PART_BYTES = 65_536


@lru_cache(maxsize=256)
def check_content_type(content_type: bytes, media_types: tuple[str, ...]) -> None:
    """Raises UnsupportedMediaType unless the body has one of the media types, and is UTF-8."""
    try:
        kind, subtype, parameters = mimeparse.parse_mime_type(
            content_type.decode("latin-1").lower()
        )
    except mimeparse.MimeTypeParseException:
        kind, subtype, parameters = "", "", {}
    if f"{kind}/{subtype}" not in media_types:
        raise UnsupportedMediaType(f"Send the body as {' or '.join(media_types)}.")
    if parameters.get("charset", "utf-8").strip('"') not in ("utf-8", "utf8"):
        raise UnsupportedMediaType("Send the body in UTF-8.")


async def store_body(
    scope: Scope, receive: Receive, file: IO[bytes], most: int, coding: str = ""
) -> bytes:
    """Decodes the body into a file as it arrives. Returns the SHA-256 digest of the content.

    Reports to the server how many bytes have been stored, so that they no longer count as buffered.
    Raises as `read_body` does.
    """
    decode = _decoder(coding, most)
    stored = scope.get("state", {}).get(STORED)
    digest = hashlib.sha256()
    more, size = True, 0
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        body: bytes = message.get("body", b"")
        more = message.get("more_body", False)
        for part in decode(body, not more):
            size += len(part)
            _check_size(size, most)
            digest.update(part)
            file.write(part)
        if stored is not None:
            stored(len(body))
    return digest.digest()


def _decoder(coding: str, most: int) -> Callable[[bytes, bool], Iterable[bytes]]:
    """Returns a function that decodes a part of the body, given whether that is the last part."""
    if _is_gzip(coding):
        return _Unzipper(most)
    return lambda body, _: (body,)


class _Unzipper:
    """Decodes gzip members as they arrive, with a limit on the size of each part."""

    def __init__(self, most: int) -> None:
        self._most = min(most + 1, _PART_BYTES)
        self._member: Any = None

    def __call__(self, body: bytes, is_last: bool) -> Iterator[bytes]:
        try:
            while body:
                self._member = self._member or zlib.decompressobj(_GZIP_WINDOW)
                yield self._member.decompress(body, self._most)
                body = self._member.unconsumed_tail or self._member.unused_data
                if self._member.eof:
                    self._member = None
        except zlib.error as error:
            raise _not_gzip(error) from None
        if is_last and self._member is not None:
            raise _cut_off()


async def read_body(receive: Receive, most: int, coding: str = "") -> bytes:
    """Reads and decodes the whole body. `coding`: the header Content-Encoding.

    Raises UnsupportedContentCoding, MalformedBody, BodyTooLarge as soon as the limit is exceeded,
    or Disconnected.
    """
    is_gzip = _is_gzip(coding)
    body = await _received(receive, most)
    return _unzipped(body, most) if is_gzip else body


def _is_gzip(coding: str) -> bool:
    name = coding.strip().lower()
    if name not in _IDENTITY and name not in _GZIP_NAMES:
        raise UnsupportedContentCoding(f"Send the body as it is, or with the coding {GZIP}.")
    return name in _GZIP_NAMES


async def _received(receive: Receive, most: int) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body") and message["type"] == "http.request" and len(body) <= most:
        return body
    while message["type"] == "http.request" and message.get("more_body") and len(body) <= most:
        message = await receive()
        body += message.get("body", b"")
    if message["type"] == "http.disconnect":
        raise Disconnected
    _check_size(len(body), most)
    return body


def _unzipped(body: bytes, most: int) -> bytes:
    """Decodes one or more gzip members, up to one byte more than the limit."""
    content = b""
    try:
        while body:
            member = zlib.decompressobj(_GZIP_WINDOW)
            content += member.decompress(body, most + 1 - len(content))
            _check_size(len(content), most)
            if not member.eof:
                raise _cut_off()
            body = member.unused_data
    except zlib.error as error:
        raise _not_gzip(error) from None
    return content


def _cut_off() -> MalformedBody:
    return MalformedBody("The body ends before its gzip data does.")


def _not_gzip(error: zlib.error) -> MalformedBody:
    return MalformedBody(f"The body is not gzip data: {error}.")


def _check_size(size: int, most: int) -> None:
    if size > most:
        raise BodyTooLarge(f"The body is longer than {most} bytes; send a shorter one.")
