"""Writes one table to a file or to parts, and counts its records."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from schema.concepts import COLLECTIONS
from schema.graphql.types import FIRST_MOST
from service.engine.engine import Engine
from service.engine.exporting.cells import Column
from service.engine.exporting.exports import Export, Exports
from service.engine.exporting.formats import Format
from service.engine.rest_reads import RestReads
from service.maintenance.exporting.files import WrittenFile, write_file
from service.maintenance.exporting.parts import pattern_of, write_parts
from service.request.context import RequestContext

# Called with the table ("supports"), the number of written records, and the total.
Progress = Callable[[str, int, int], None]
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class WrittenTable:
    """A written table. `records`: the number of records; None if it is unknown.

    `parts`: the pattern of the file names, if the table is divided.
    """

    name: str
    files: tuple[WrittenFile, ...]
    columns: tuple[Column, ...]
    revision: int
    records: int | None
    parts: str | None = None

    @property
    def place(self) -> str:
        """The name of the file, or the pattern of the names."""
        return self.parts or self.files[0].name

    @property
    def size(self) -> int:
        """The size of all files, in bytes."""
        return sum(file.size for file in self.files)


class TableWriter:
    """Writes tables in one format."""

    def __init__(self, engine: Engine, form: Format, progress: Progress) -> None:
        """`engine`: reads the tables."""
        self._exports = Exports(engine)
        self._reads = RestReads(engine)
        self._form = form
        self._progress = progress

    async def write(
        self, name: str, path: Path, pairs: Pairs, revision: int | None = None
    ) -> WrittenTable:
        """Writes a table to a new file. `revision`: the revision to read; default: the newest.

        Raises BadInput, AnswerError, OSError.
        """
        export, total = await self._begin(name, pairs, revision)
        # The first chunk is the beginning of the file, without records: hence the negative start.
        file = await write_file(path, self._observed(name, export.chunks(), -FIRST_MOST, total))
        return WrittenTable(name, (file,), self._columns(export), export.revision, total)

    async def divide(
        self, name: str, folder: Path, pairs: Pairs, revision: int | None = None
    ) -> WrittenTable:
        """Writes a table to new files in a folder, one for each data set.

        Raises BadInput, AnswerError, OSError.
        """
        export, total = await self._begin(name, pairs, revision)
        pages = self._observed(name, export.pages(), 0, total)
        files = await write_parts(folder, name, export.columns, pages)
        columns = self._columns(export)
        return WrittenTable(name, files, columns, export.revision, total, pattern_of(name))

    async def _begin(
        self, name: str, pairs: Pairs, revision: int | None
    ) -> tuple[Export, int | None]:
        export = await self._exports.begin(name, self._form, pairs, RequestContext())
        if revision not in (None, export.revision):
            # A write has changed the data since. Current data are read faster, so they come first.
            pairs = [*pairs, ("asOf", str(revision))]
            export = await self._exports.begin(name, self._form, pairs, RequestContext())
        return export, await self._count(name, pairs, export.revision)

    def _columns(self, export: Export) -> tuple[Column, ...]:
        return tuple(self._form.value.columns_of(export.columns))

    async def _count(self, name: str, pairs: Pairs, revision: int) -> int | None:
        if name not in COLLECTIONS:
            return None
        rest = [pair for pair in pairs if pair[0] not in ("asOf", "fields", "orderBy")]
        counted = [*rest, ("asOf", str(revision)), ("first", "1"), ("fields", "id")]
        page = await self._reads.page(COLLECTIONS[name], counted, RequestContext())
        total: int = orjson.loads(page.body)["page"]["totalCount"]
        return total

    async def _observed(
        self, name: str, pages: AsyncIterator[bytes], done: int, total: int | None
    ) -> AsyncIterator[bytes]:
        async for page in pages:
            done += FIRST_MOST
            self._progress(name, min(done, total or done), total or 0)
            yield page
