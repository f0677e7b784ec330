"""Determines the encoding and the checksum of a text file in one pass of constant memory."""

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from seeds.files.table import FileRefused

_CHUNK_BYTES = 1 << 20
# A longer line is not a row of a table, and reading it would need more memory.
_LINE_BYTES_MOST = 4_000_000
# A letter of two bytes in UTF-8. In Windows-1252 the same bytes are two characters that no word has
# in sequence.
_UTF8_LETTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Inspected:
    """The SHA-256 digest of a file's bytes, and its encoding."""

    checksum: str
    encoding: str


def inspect(path: Path) -> Inspected:
    """Reads a text file once. Raises FileRefused for a file that is not text.

    A file without a byte-order mark is UTF-8 if all of it can be decoded as UTF-8, or else
    Windows-1252.
    """
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    encoding, is_utf8, has_letters, length = None, True, False, 0
    for position, chunk in enumerate(_chunks(path)):
        digest.update(chunk)
        if position == 0:
            encoding = next((name for mark, name in _MARKS if chunk.startswith(mark)), None)
        if encoding is None:
            if b"\0" in chunk:
                raise FileRefused(path, "It is not a text file.")
            is_utf8 = is_utf8 and _is_decoded(decoder, chunk)
            has_letters = has_letters or bool(_UTF8_LETTER.search(chunk))
        length = _longest_end(path, chunk, length)
    is_utf8 = is_utf8 and _is_decoded(decoder, b"", final=True)
    if encoding is None and not is_utf8 and has_letters:
        message = "It mixes UTF-8 with another encoding. Save it in one, then import it."
        raise FileRefused(path, message)
    return Inspected(digest.hexdigest(), encoding or ("utf-8" if is_utf8 else "cp1252"))


def checksum(path: Path) -> str:
    """Returns the SHA-256 digest of any file, in hexadecimal."""
    digest = hashlib.sha256()
    for chunk in _chunks(path):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                yield chunk
    except OSError as error:
        raise FileRefused(path, f"It cannot be read: {error.strerror}.") from None


def _is_decoded(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _longest_end(path: Path, chunk: bytes, length: int) -> int:
    """Returns the length in bytes of the line that is incomplete at the end of the chunk.

    Raises FileRefused if a line exceeds the maximum length.
    """
    last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
    first = len(chunk) if last < 0 else min(x for x in map(chunk.find, (b"\n", b"\r")) if x >= 0)
    if length + first > _LINE_BYTES_MOST:
        raise FileRefused(path, f"A line has more than {_LINE_BYTES_MOST:,} bytes.")
    return length + len(chunk) if last < 0 else len(chunk) - last - 1
