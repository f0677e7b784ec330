"""CSV files: with any separator, encoding and line ends, read row by row."""

import csv
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from seeds.files.table import (
    HEADER_WITHIN,
    Columns,
    FileRefused,
    Header,
    Numbered,
    Table,
    header_among,
    other_columns,
)
from seeds.files.text import inspect

_SEPARATORS = (",", ";", "\t")


def open_csv(path: Path, columns: Columns) -> Table:
    """Opens the table of a CSV file. Raises FileRefused if a required column is missing."""
    found = inspect(path)
    for separator in _SEPARATORS:
        read = partial(_read, path, found.encoding, separator)
        header = _header(read, columns)
        if header is not None:
            body = partial(_after, read, header.number)
            return Table(
                *(path, found.checksum, header.names, header.number, body, header.above),
                amounts=columns.places_of_amounts(header.names),
                # Spreadsheets that use decimal commas separate columns by semicolons or tabs.
                has_commas_between=separator == ",",
            )
    first = islice(_read(path, found.encoding, _SEPARATORS[0]), HEADER_WITHIN)
    raise other_columns(path, first, columns)


def _header(read: partial[Iterator[Numbered]], columns: Columns) -> Header | None:
    try:
        return header_among(islice(read(), HEADER_WITHIN), columns)
    except FileRefused:
        # With the wrong separator, quotes may be in the wrong place for the CSV reader.
        return None


def _read(path: Path, encoding: str, separator: str) -> Iterator[Numbered]:
    try:
        with path.open(encoding=encoding, newline="") as file:
            # Strict, because an unclosed quote would otherwise swallow the rest of the file.
            yield from enumerate(csv.reader(file, delimiter=separator, strict=True), 1)
    except (csv.Error, UnicodeError) as error:
        raise FileRefused(path, f"It is not a CSV file that can be read: {error}.") from None


def _after(read: partial[Iterator[Numbered]], header: int) -> Iterator[Numbered]:
    return islice(read(), header, None)
