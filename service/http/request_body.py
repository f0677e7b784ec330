"""The body of a request: its media type, its content coding and its size."""

import zlib
from functools import lru_cache

import mimeparse

from service.errors import (
    BodyTooLarge,
    MalformedBody,
    UnsupportedContentCoding,
    UnsupportedMediaType,
)
from service.http.asgi import Disconnected, Receive

CONTENT_ENCODING = b"content-encoding"
# The coding of a body, beside none, and its two names (RFC 9110, 8.4.1.3).
GZIP = "gzip"
_GZIP_NAMES = ("gzip", "x-gzip")
_IDENTITY = ("", "identity")
# What tells zlib to expect the header of gzip.
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


@lru_cache(maxsize=256)
def check_content_type(content_type: bytes, media_types: tuple[str, ...]) -> None:
    """Raises UnsupportedMediaType for a body of another media type, or in another charset."""
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


async def read_body(receive: Receive, most: int, coding: str = "") -> bytes:
    """The whole body, decoded. `coding`: the header Content-Encoding.

    Raises UnsupportedContentCoding, MalformedBody, BodyTooLarge as soon as the limit is exceeded,
    or Disconnected.
    """
    name = coding.strip().lower()
    if name not in _IDENTITY and name not in _GZIP_NAMES:
        raise UnsupportedContentCoding(f"Send the body as it is, or with the coding {GZIP}.")
    body = await _received(receive, most)
    return body if name in _IDENTITY else _unzipped(body, most)


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
    _check_size(body, most)
    return body


def _unzipped(body: bytes, most: int) -> bytes:
    """The content of one or more gzip members; never more of it than one byte over the limit."""
    content = b""
    try:
        while body:
            member = zlib.decompressobj(_GZIP_WINDOW)
            content += member.decompress(body, most + 1 - len(content))
            _check_size(content, most)
            if not member.eof:
                raise MalformedBody("The body ends before its gzip data does.")
            body = member.unused_data
    except zlib.error as error:
        raise MalformedBody(f"The body is not gzip data: {error}.") from None
    return content


def _check_size(body: bytes, most: int) -> None:
    if len(body) > most:
        raise BodyTooLarge(f"The body is longer than {most} bytes; send a shorter one.")
