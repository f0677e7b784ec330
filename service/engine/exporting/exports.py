"""Exports read one page after the other by cursor, and hold one page in memory at a time.

All pages are of the revision of the first one. As long as that revision is the newest, the pages
are read from the current data, which is faster; after a write they are read as of the revision.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

from service.database.executor import Row
from service.engine.engine import Engine
from service.engine.exporting.formats import Format
from service.engine.exporting.tables import TABLES, Table
from service.engine.exporting.writers import Writer
from service.engine.rest_reads import Pairs
from service.request.context import RequestContext


class Export:
    """An export whose first page has been read."""

    def __init__(
        self, pages: "_Pages", writer: Writer, first: Row, context: RequestContext
    ) -> None:
        """`first`: the row of the first page."""
        self._pages = pages
        self._writer = writer
        # Empty for lines of JSON.
        self.columns = pages.columns
        self._first = first
        self.revision: int = first[-1]
        # The revision, if the request names it.
        self.as_of = context.read_as_of

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yields the bytes of the file by page. Reads a page only after the one before it was sent.

        Raises AnswerError, after which the file is incomplete.
        """
        writer = self._writer
        yield writer.head()
        async for items in self.pages():
            # In a thread, so that the event loop serves other requests meanwhile.
            yield await asyncio.to_thread(writer.page, items)
        yield await asyncio.to_thread(writer.end)

    async def pages(self) -> AsyncIterator[bytes]:
        """Yields the records of each page as a JSON array. Reads a page only when it is requested.

        Raises AnswerError.
        """
        row = self._first
        self._pages.pin(self.revision)
        while True:
            items, end, has_next, _ = row
            yield items
            if not has_next:
                break
            row = await self._pages.after(end.decode())


class Exports:
    """Exports of tables."""

    def __init__(self, engine: Engine) -> None:
        """Works on the database of `engine`."""
        self._engine = engine

    async def begin(self, name: str, form: Format, pairs: Pairs, context: RequestContext) -> Export:
        """Begins an export of a table by reading its first page.

        Raises BadInput, UnknownRevision, OverBudget.
        """
        table = TABLES[name](pairs, form.value.has_columns)
        pages = _Pages(self._engine, table, context)
        return Export(pages, form.value.writer(table.columns), await pages.first(), context)


class _Pages:
    """Reads the pages of one export in order."""

    def __init__(self, engine: Engine, table: Table, context: RequestContext) -> None:
        self.columns = table.columns
        self._engine = engine
        self._table = table
        self._arguments = dict(table.arguments)
        self._context = context
        self._revision = 0
        self._is_earlier = False

    async def first(self) -> Row:
        """Reads the first page, of the revision that the request names or of the newest one."""
        return await self._run(self._arguments, limited=True)

    def pin(self, revision: int) -> None:
        """Sets the revision that all further pages are read from."""
        self._revision = revision
        self._is_earlier = self._context.read_as_of is not None
        # The first page has resolved `asOf` to the revision.
        self._arguments.pop("asOf", None)
        self._context.seen = max(self._context.seen, revision)

    async def after(self, cursor: str) -> Row:
        """Reads the page after this cursor."""
        values = self._arguments | {"after": cursor}
        if not self._is_earlier:
            row = await self._read(values, None)
            if row[-1] == self._revision:
                return row
            self._is_earlier = True
        return await self._read(values, str(self._revision))

    async def _read(self, values: dict[str, Any], as_of: str | None) -> Row:
        self._context.as_of = as_of
        # Not limited: exports are few, and one that has begun must not be refused because others
        # arrive.
        return await self._run(values, limited=False)

    async def _run(self, values: Mapping[str, Any], *, limited: bool) -> Row:
        table = self._table
        key = table.key_of(values)
        query = await self._engine.prepare(key, lambda: table.plan_of(values))
        (row,) = await self._engine.run(query, values, self._context, limited=limited)
        return row
