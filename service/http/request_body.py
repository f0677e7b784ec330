"""The body of a request: its media type, its content coding and its size."""

import asyncio
import hashlib
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import IO, Any

import mimeparse
import orjson
from starlette.requests import Request

from service.errors import (
    BodyTooLarge,
    MalformedBody,
    UnsupportedContentCoding,
    UnsupportedMediaType,
)
from service.http.asgi import HEADER_MOST, Receive, Scope, header_list
from service.http.extensions import STORED
from service.request.connection import Disconnected

CONTENT_ENCODING = b"content-encoding"
# The supported coding of a body, and its two names (RFC 9110, 8.4.1.3).
GZIP = "gzip"
_GZIP_NAMES = ("gzip", "x-gzip")
_IDENTITY = ("", "identity")
# Makes zlib expect a gzip header.
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
# The number of bytes that are decoded at a time, and the maximum number that they become.
_FED_BYTES, _PART_BYTES = 4_096, 65_536
# Each gzip member needs a new decoder. A body may have this many members of any size; if it has
# more, they must have this many bytes each, on average.
_MEMBERS_MOST, _MEMBER_BYTES = 1_000, 1_024


async def body_of(request: Request, most: int, media_types: tuple[str, ...]) -> bytes:
    """Returns the decoded body of a request with one of the media types. Raises as `read_body`."""
    check_media_type(request, media_types)
    return await read_body(request.receive, most, coding_of(request))


def check_media_type(request: Request, media_types: tuple[str, ...]) -> None:
    """Raises UnsupportedMediaType unless the body has one of the media types, and is UTF-8."""
    content_type = request.headers.get("content-type", "")[:HEADER_MOST]
    check_content_type(content_type.encode("latin-1"), media_types)


def coding_of(request: Request) -> str:
    """Returns the header Content-Encoding."""
    return header_list(request.headers.raw, CONTENT_ENCODING)


def json_of(body: bytes) -> Any:
    """Returns the JSON value in a body. Raises MalformedBody."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise MalformedBody(f"The body is not JSON: {error}.") from None


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
    stored = scope.get("state", {}).get(STORED)
    digest = hashlib.sha256()
    unzip = _Unzipper(most) if _is_gzip(coding) else None
    more, size = True, 0

    def store(part: bytes) -> None:
        nonlocal size
        size += len(part)
        _check_size(size, most)
        digest.update(part)
        file.write(part)

    def store_unzipped(body: bytes, *, is_last: bool) -> None:
        for part in unzip(body, is_last=is_last) if unzip else ():
            store(part)

    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        body: bytes = message.get("body", b"")
        more = message.get("more_body", False)
        if unzip:
            # The content may be a thousand times as long: too much for the event loop.
            await asyncio.to_thread(store_unzipped, body, is_last=not more)
        else:
            store(body)
        if stored is not None:
            stored(len(body))
    return digest.digest()


class _Unzipper:
    """Decodes gzip members as they arrive, with a limit on the size of each part."""

    def __init__(self, most: int) -> None:
        """`most`: the maximum size of the body; decoding stops soon after it."""
        self._most = min(most + 1, _PART_BYTES)
        self._member: Any = None
        self._members = self._size = 0

    def __call__(self, body: bytes, *, is_last: bool) -> Iterator[bytes]:
        """Yields the content of the next part of the body. Raises MalformedBody."""
        # Each member copies the rest of the part that it ends in, so the parts must be short.
        for start in range(0, len(body), _FED_BYTES):
            yield from self._fed(body[start : start + _FED_BYTES])
        if is_last and self._member is not None:
            raise MalformedBody("The body ends before its gzip data does.")

    def _fed(self, body: bytes) -> Iterator[bytes]:
        try:
            while body:
                self._member = self._member or self._next_member()
                part = self._member.decompress(body, self._most)
                self._size += len(part)
                yield part
                body = self._member.unconsumed_tail or self._member.unused_data
                if self._member.eof:
                    self._member = None
        except zlib.error as error:
            raise MalformedBody(f"The body is not gzip data: {error}.") from None

    def _next_member(self) -> Any:
        self._members += 1
        if self._members > _MEMBERS_MOST + self._size // _MEMBER_BYTES:
            raise MalformedBody("The gzip data has too many members; send it as one.")
        return zlib.decompressobj(_GZIP_WINDOW)


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
    """Returns the content of one or more gzip members. Raises BodyTooLarge or MalformedBody."""
    content = bytearray()
    for part in _Unzipper(most)(body, is_last=True):
        content += part
        _check_size(len(content), most)
    return bytes(content)


def _check_size(size: int, most: int) -> None:
    if size > most:
        raise BodyTooLarge(f"The body is longer than {most} bytes; send a shorter one.")
