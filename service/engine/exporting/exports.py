"""Exports are read page after page, by cursor, and no more than one page is in memory.

All pages are of the revision of the first one. While that is the newest, they are read from the
current data, which is faster; from the first write on, as of the revision.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

from schema.concepts import Concept
from schema.graphql.types import FIRST_MOST
from service import plan
from service.database.executor import Row
from service.engine.engine import Engine
from service.engine.exporting.columns import columns_of, dates_of, default_fields
from service.engine.exporting.formats import CsvWriter, Format, JsonLines, Writer
from service.engine.rest_reads import Pairs, as_of_named
from service.errors import BadInput
from service.planning.arguments import mirror, shape_of
from service.planning.conditions import where_condition
from service.planning.paging import order_of, page_of
from service.planning.parameters import PAGING, QueryParameters, order_arguments, read_parameters
from service.planning.resource import members_of
from service.request.context import RequestContext

_FACTS = ("endCursor", "hasNextPage")


class Export:
    """One export whose first page is read."""

    def __init__(self, pages: "_Pages", first: Row, context: RequestContext) -> None:
        """`first`: the first page."""
        self._pages = pages
        self._first = first
        self.revision: int = first[-1]
        # The revision, if the request names it.
        self.as_of = context.read_as_of

    async def chunks(self) -> AsyncIterator[bytes]:
        """The bytes of the file, a page in each. The next page is read once the last one is sent.

        Raises AnswerError: then the file is not complete.
        """
        writer, row = self._pages.writer, self._first
        yield writer.head()
        self._pages.pin(self.revision)
        while True:
            items, end, has_next, _ = row
            # Off the event loop, which serves other requests meanwhile.
            yield await asyncio.to_thread(writer.page, items)
            if not has_next:
                return
            row = await self._pages.after(end.decode())


class Exports:
    """Exports of collections."""

    def __init__(self, engine: Engine) -> None:
        """On one database."""
        self._engine = engine

    async def begin(
        self, concept: Concept, form: Format, pairs: Pairs, context: RequestContext
    ) -> Export:
        """An export with its first page. Raises BadInput, UnknownRevision, OverBudget."""
        given = read_parameters(concept, pairs)
        for name in PAGING:
            if name in given.arguments:
                raise BadInput(f"An export has all records: send it without `{name}`.")
        writer, fields = _written(concept, form, given.fields)
        read = QueryParameters(given.arguments | {"first": FIRST_MOST}, given.order, fields)
        pages = _Pages(self._engine, concept, read, writer, context)
        return Export(pages, await pages.first(), context)


def _written(
    concept: Concept, form: Format, fields: tuple[str, ...]
) -> tuple[Writer, tuple[str, ...]]:
    """What writes the records, and the fields that it needs."""
    if form is Format.JSONL:
        return JsonLines(), fields
    columns = CsvWriter(columns_of(concept, fields))
    # The dates choose among the codes of an actor; the columns show them only if they are selected.
    whole = fields or default_fields(concept)
    return columns, tuple(dict.fromkeys((*whole, *dates_of(concept))))


class _Pages:
    """The pages of one export, in their order."""

    def __init__(
        self,
        engine: Engine,
        concept: Concept,
        given: QueryParameters,
        writer: Writer,
        context: RequestContext,
    ) -> None:
        self.writer = writer
        self._engine = engine
        self._concept = concept
        self._given = given
        self._context = context
        self._revision = 0
        self._is_earlier = False

    async def first(self) -> Row:
        """The first page, of the revision that the request names, or of the newest."""
        return await self._run(self._given.arguments, limited=True)

    def pin(self, revision: int) -> None:
        """Makes all further pages those of this revision."""
        self._revision = revision
        self._is_earlier = self._context.read_as_of is not None
        # The first page has resolved what the request names.
        self._given.arguments.pop("asOf", None)
        self._context.seen = max(self._context.seen, revision)

    async def after(self, cursor: str) -> Row:
        """The page after this cursor."""
        values = self._given.arguments | {"after": cursor}
        if not self._is_earlier:
            row = await self._read(values, None)
            if row[-1] == self._revision:
                return row
            self._is_earlier = True
        return await self._read(values, str(self._revision))

    async def _read(self, values: dict[str, Any], as_of: str | None) -> Row:
        self._context.as_of = as_of
        # Exports are few, and one that has begun is not refused because others come.
        return await self._run(values, limited=False)

    async def _run(self, values: Mapping[str, Any], *, limited: bool) -> Row:
        given = self._given
        key = ("export", self._concept.name, given.order, given.fields, shape_of(values))
        query = await self._engine.prepare(key, lambda: self._plan(values))
        (row,) = await self._engine.run(query, values, self._context, limited=limited)
        return row

    def _plan(self, values: Mapping[str, Any]) -> plan.Plan:
        concept, arguments = self._concept, mirror(values)
        order = order_of(concept, order_arguments(concept, self._given.order))
        facts = plan.PageFacts("page", tuple(plan.PageFact(name, name) for name in _FACTS))
        connection = plan.Connection(
            concept,
            where_condition(concept, arguments.get("where")),
            order,
            page_of(concept, order, arguments),
            (plan.Nodes("data", members_of(concept, self._given.fields)), facts),
        )
        return plan.Plan((plan.PageColumns(connection),), as_of=as_of_named(arguments))
