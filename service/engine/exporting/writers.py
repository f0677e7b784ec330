"""What writes a page of records: as rows of CSV (RFC 4180), or as lines of JSON."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Protocol

import orjson

from service.engine.exporting.cells import Cell, Column


class Writer(Protocol):
    """Turns pages into the bytes of a file."""

    def head(self) -> bytes:
        """What comes before the first record."""

    def page(self, records: bytes) -> bytes:
        """The records of a page, given as a JSON array."""

    def end(self) -> bytes:
        """What comes after the last record."""


class CsvWriter:
    """A row for each record. Null is an empty cell."""

    def __init__(self, columns: Iterable[Column]) -> None:
        """In the order of the file."""
        self._columns = tuple(columns)

    def head(self) -> bytes:
        """The names of the columns."""
        return _rows([[column.name for column in self._columns]])

    def page(self, records: bytes) -> bytes:
        """A row for each record."""
        read = orjson.loads(records)
        # Column by column: that takes a third of the time of record by record.
        return _rows(zip(*(column.cells(read) for column in self._columns), strict=True))

    def end(self) -> bytes:
        """Nothing."""
        return b""


class JsonLines:
    """A line for each record, as REST returns it."""

    def head(self) -> bytes:
        """Nothing."""
        return b""

    def page(self, records: bytes) -> bytes:
        """A line for each record."""
        return b"".join(orjson.dumps(each) + b"\n" for each in orjson.loads(records))

    def end(self) -> bytes:
        """Nothing."""
        return b""


def _rows(rows: Iterable[Sequence[Cell]]) -> bytes:
    # The dialect `excel`, the default, is RFC 4180: it ends lines with CRLF and doubles quotes.
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
