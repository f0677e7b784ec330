"""The formats of exports: their media types and writers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from service.engine.exporting.cells import Column
from service.engine.exporting.parquet import IS_INSTALLED, ParquetPages, parquet_columns
from service.engine.exporting.writers import CsvWriter, JsonLines, Writer


@dataclass(frozen=True)
class FileType:
    """A format of files. `media_types`: the preferred one first.

    `has_columns`: whether the file is a table; otherwise it has records as REST returns them.
    `extra`: the extra of this package that installs what the format needs. `is_installed`: whether
    that is installed.
    """

    extension: str
    media_types: tuple[str, ...]
    writer: Callable[[Sequence[Column]], Writer]
    has_columns: bool
    parameters: str = ""
    extra: str = ""
    is_installed: bool = True
    columns_of: Callable[[Sequence[Column]], Sequence[Column]] = tuple
    """The columns of a file of a table that has these columns in CSV."""


class Format(Enum):
    """The formats of exports."""

    CSV = FileType("csv", ("text/csv",), CsvWriter, True, "; charset=utf-8; header=present")
    JSONL = FileType(
        "jsonl", ("application/jsonl", "application/x-ndjson"), lambda _: JsonLines(), False
    )
    PARQUET = FileType(
        "parquet",
        ("application/vnd.apache.parquet",),
        ParquetPages,
        True,
        extra="parquet",
        is_installed=IS_INSTALLED,
        columns_of=parquet_columns,
    )


FORMATS = {each.value.extension: each for each in Format}
