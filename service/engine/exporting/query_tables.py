"""The result of a GraphQL query as CSV: a row for each item of its page.

A column has the path of its field as its name, with the aliases of the query.
"""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from service import plan
from service.documents.documents import GraphQLRequest
from service.engine.answer_cache import Answer
from service.engine.exporting.cells import Column
from service.engine.exporting.columns import columns_of_members
from service.engine.exporting.writers import CsvWriter
from service.engine.queries import Queries
from service.errors import NotAcceptable
from service.request.context import RequestContext

Path = tuple[str, ...]
# The path of the items in the response, and the members selected of each.
Items = tuple[Path, tuple[Any, ...]]


class QueryTables:
    """Returns the results of queries as CSV."""

    def __init__(self, queries: Queries) -> None:
        """`queries`: returns the results as JSON."""
        self._queries = queries

    async def answer(self, request: GraphQLRequest, context: RequestContext) -> Answer:
        """Returns the items of the page as CSV.

        Raises NotAcceptable for a query with no page or several pages, or AllyGraphError.
        """
        planned = await self._queries.plan_of_query(request)
        items = _items_of(planned) if planned else None
        if items is None:
            raise NotAcceptable(
                "text/csv is available for a query of one connection, with either `nodes` or "
                "`edges`: accept application/json for another one."
            )
        answer = await self._queries.answer(request, context)
        path, members = items
        columns = columns_of_members(members)
        # In a thread, so that the event loop serves other requests meanwhile.
        return answer._replace(body=await asyncio.to_thread(_table, columns, path, answer.body))


def _items_of(query: plan.Plan) -> Items | None:
    """Returns the path and the members of the query's page; None without exactly one page."""
    if query.introspects or len(query.roots) != 1:
        return None
    match query.roots[0]:
        case plan.Collection(key=key, connection=page) | plan.SupportTotals(key=key, totals=page):
            found = list(_lists(page.members))
            return ((key, *found[0][0]), found[0][1]) if len(found) == 1 else None
    return None


def _lists(members: Sequence[Any]) -> Iterator[Items]:
    for member in members:
        match member:
            case plan.Nodes(key=key, members=inner):
                yield (key,), inner
            case plan.Edges(key=key, members=inner):
                # The row is the edge: its cursor has a column beside those of its node.
                yield (key,), inner


def _table(columns: Sequence[Column], path: Path, body: bytes) -> bytes:
    items: Any = orjson.loads(body)["data"]
    for step in path:
        items = items[step]
    writer = CsvWriter(columns)
    return writer.head() + writer.page(orjson.dumps(items)) + writer.end()
