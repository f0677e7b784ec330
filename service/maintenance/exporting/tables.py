"""Writes one table to a file, and counts its records on the way."""

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
from service.request.context import RequestContext

# Called with what is written ("supports"), how many records are done, and of how many.
Progress = Callable[[str, int, int], None]
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class WrittenTable:
    """A table that is written. `records`: how many there are; None if that is not known."""

    name: str
    file: WrittenFile
    columns: tuple[Column, ...]
    revision: int
    records: int | None


class TableWriter:
    """Writes tables in one format."""

    def __init__(self, engine: Engine, form: Format, progress: Progress) -> None:
        """`engine` reads them."""
        self._exports = Exports(engine)
        self._reads = RestReads(engine)
        self._form = form
        self._progress = progress

    async def write(
        self, name: str, path: Path, pairs: Pairs, revision: int | None = None
    ) -> WrittenTable:
        """Writes a table to a new file. `revision`: read this one, whatever is written meanwhile.

        Raises BadInput, AnswerError, OSError.
        """
        export = await self._exports.begin(name, self._form, pairs, RequestContext())
        if revision not in (None, export.revision):
            # Somebody has written since. The current data are read faster, so they come first.
            pairs = [*pairs, ("asOf", str(revision))]
            export = await self._exports.begin(name, self._form, pairs, RequestContext())
        total = await self._count(name, pairs, export.revision)
        file = await write_file(path, self._observed(name, export, total))
        columns = tuple(self._form.value.columns_of(export.columns))
        return WrittenTable(name, file, columns, export.revision, total)

    async def _count(self, name: str, pairs: Pairs, revision: int) -> int | None:
        if name not in COLLECTIONS:
            return None
        rest = [pair for pair in pairs if pair[0] not in ("asOf", "fields", "orderBy")]
        counted = [*rest, ("asOf", str(revision)), ("first", "1"), ("fields", "id")]
        page = await self._reads.page(COLLECTIONS[name], counted, RequestContext())
        total: int = orjson.loads(page.body)["page"]["totalCount"]
        return total

    async def _observed(self, name: str, export: Export, total: int | None) -> AsyncIterator[bytes]:
        # Before each page but the first comes the beginning of the file.
        done = -FIRST_MOST
        async for chunk in export.chunks():
            done += FIRST_MOST
            self._progress(name, min(done, total or done), total or 0)
            yield chunk
