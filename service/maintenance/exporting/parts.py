"""Divides a Parquet table into files, one for each data set, named as Hive partitions.

DuckDB, pandas and pyarrow read `supports/dataset=SLUG/part-0.parquet` and the other parts as one
table with the further column `dataset`, and read only the files that a filter on `dataset` needs.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import orjson

from schema.concepts import COLLECTIONS, ToOne
from service.engine.exporting.cells import Column, Record
from service.engine.exporting.formats import Format
from service.engine.exporting.parquet import ParquetPages
from service.maintenance.exporting.files import GrowingFile, WrittenFile

# The folder of records without a data set; no slug has an underscore. pandas can't read Hive's name
# for such a partition beside others: "Cannot yet unify dictionaries with nulls".
NO_DATASET = "no_dataset"
_DATASET = "dataset"
# The bytes that all parts together hold in memory before the largest one writes a row group.
_BYTES = 32_000_000


def is_divided(name: str, form: Format) -> bool:
    """Whether to divide a table: its records refer to a data set, and the format is Parquet."""
    member = COLLECTIONS[name].members.get(_DATASET)
    return form is Format.PARQUET and isinstance(member, ToOne)


def pattern_of(name: str) -> str:
    """The pattern that matches the names of all parts of a table."""
    return f"{name}/*/*.{Format.PARQUET.value.extension}"


async def write_parts(
    folder: Path, name: str, columns: Sequence[Column], pages: AsyncIterator[bytes]
) -> tuple[WrittenFile, ...]:
    """Writes the pages of a table to its parts, and syncs them to disk.

    A table without records gets one empty file, which has the columns. Raises OSError and
    AllyGraphError.
    """
    parts = _Parts(folder, name, columns)
    async for page in pages:
        await asyncio.to_thread(parts.add, page)
    return await asyncio.to_thread(parts.finish)


class _Parts:
    """The files of one table."""

    def __init__(self, folder: Path, name: str, columns: Sequence[Column]) -> None:
        """`columns`: the columns of the table, one of which reads the slug of the data set."""
        self._folder, self._name, self._columns = folder, name, columns
        (self._slug,) = (each.read for each in columns if each.name == f"{_DATASET}.slug")
        self._parts: dict[str, _Part] = {}

    def add(self, page: bytes) -> None:
        """Adds the records of a page, a JSON array, to their parts."""
        records: defaultdict[str, list[Record]] = defaultdict(list)
        for record in orjson.loads(page):
            records[self._slug(record) or NO_DATASET].append(record)
        for slug, some in records.items():
            self._part_of(slug).add(some)
        while sum(part.held for part in self._parts.values()) > _BYTES:
            max(self._parts.values(), key=lambda part: part.held).flush()

    def finish(self) -> tuple[WrittenFile, ...]:
        """Finishes all parts, and returns them in the order of their names."""
        if not self._parts:
            self._part_of(NO_DATASET)
        return tuple(self._parts[slug].finish() for slug in sorted(self._parts))

    def _part_of(self, slug: str) -> "_Part":
        if slug not in self._parts:
            extension = Format.PARQUET.value.extension
            file = f"{self._name}/{_DATASET}={slug}/part-0.{extension}"
            self._parts[slug] = _Part(GrowingFile(self._folder, file), ParquetPages(self._columns))
        return self._parts[slug]


class _Part:
    """The records of one data set."""

    def __init__(self, file: GrowingFile, pages: ParquetPages) -> None:
        """`file`: the file of the part. `pages`: encodes the records."""
        self._file, self._pages = file, pages

    @property
    def held(self) -> int:
        """The number of bytes in memory."""
        return self._pages.held

    def add(self, records: Sequence[Record]) -> None:
        """Adds records, and writes full row groups."""
        self._file.append(self._pages.add(records))

    def flush(self) -> None:
        """Writes the records in memory as a row group."""
        self._file.append(self._pages.flush())

    def finish(self) -> WrittenFile:
        """Writes the rest and the end of the file."""
        self._file.append(self._pages.end())
        return self._file.finish()
