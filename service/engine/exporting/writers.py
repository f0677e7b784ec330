"""Writers turn pages of records into rows of CSV (RFC 4180) or lines of JSON."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Protocol

import orjson

from service.engine.exporting.cells import Cell, Column


class Writer(Protocol):
    """Turns pages into the bytes of a file."""

    def head(self) -> bytes:
        """Returns the bytes before the first record."""

    def page(self, records: bytes) -> bytes:
        """Returns the bytes of a page, given as a JSON array of records."""

    def end(self) -> bytes:
        """Returns the bytes after the last record."""


class CsvWriter:
    """Writes CSV: a row for each record. Null is an empty cell."""

    def __init__(self, columns: Iterable[Column]) -> None:
        """`columns`: in the order of the file."""
        self._columns = tuple(columns)

    def head(self) -> bytes:
        """Returns the row of column names."""
        return _rows([[column.name for column in self._columns]])

    def page(self, records: bytes) -> bytes:
        """Returns a row for each record."""
        read = orjson.loads(records)
        # Converting by column takes a third of the time of converting by record.
        return _rows(zip(*(column.cells(read) for column in self._columns), strict=True))

    def end(self) -> bytes:
        """Returns nothing: CSV has no end."""
        return b""


class JsonLines:
    """Writes JSON Lines: a line for each record, as REST returns it."""

    def head(self) -> bytes:
        """Returns nothing: the lines have no header."""
        return b""

    def page(self, records: bytes) -> bytes:
        """Returns a line for each record."""
        return b"".join(orjson.dumps(each) + b"\n" for each in orjson.loads(records))

    def end(self) -> bytes:
        """Returns nothing: the lines have no end."""
        return b""


def _rows(rows: Iterable[Sequence[Cell]]) -> bytes:
    # The default dialect, `excel`, follows RFC 4180: lines end with CRLF, and quotes are doubled.
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
