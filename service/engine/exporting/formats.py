"""What a page of records is in a file: rows of CSV (RFC 4180), or lines of JSON."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from io import StringIO
from typing import Protocol

import orjson

from service.engine.exporting.columns import Column


@dataclass(frozen=True)
class FileType:
    """What HTTP says of a format. `media_types`: the first one is its own."""

    extension: str
    media_types: tuple[str, ...]
    parameters: str = ""


class Format(Enum):
    """The formats of exports."""

    CSV = FileType("csv", ("text/csv",), "; charset=utf-8; header=present")
    JSONL = FileType("jsonl", ("application/jsonl", "application/x-ndjson"))


FORMATS = {each.value.extension: each for each in Format}


class Writer(Protocol):
    """Turns pages into the bytes of a file."""

    def head(self) -> bytes:
        """What comes before the first record."""

    def page(self, records: bytes) -> bytes:
        """The records of a page, given as a JSON array."""


class CsvWriter:
    """A row for each record. Null is an empty cell."""

    def __init__(self, columns: Iterable[Column]) -> None:
        """In the order of the file."""
        self._columns = tuple(columns)
        self._reads = [column.read for column in self._columns]

    def head(self) -> bytes:
        """The names of the columns."""
        return _rows([[column.name for column in self._columns]])

    def page(self, records: bytes) -> bytes:
        """A row for each record."""
        reads = self._reads
        return _rows([read(record) for read in reads] for record in orjson.loads(records))


class JsonLines:
    """A line for each record, as REST returns it."""

    def head(self) -> bytes:
        """Nothing."""
        return b""

    def page(self, records: bytes) -> bytes:
        """A line for each record."""
        return b"".join(orjson.dumps(each) + b"\n" for each in orjson.loads(records))


def _rows(rows: Iterable[list[str | int | None]] | list[list[str]]) -> bytes:
    # The dialect `excel`, the default, is RFC 4180: it ends lines with CRLF and doubles quotes.
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
