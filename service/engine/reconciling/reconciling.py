"""Runs reconciliation on the engine: each search has a plan like that of a page of REST."""

from collections.abc import Mapping
from typing import Any

import orjson

from schema.concepts import CONCEPTS
from service import plan
from service.engine.as_of import earlier_revision
from service.engine.engine import Engine
from service.engine.reconciling import answers, matching
from service.engine.reconciling.matching import Actor, Where
from service.engine.reconciling.queries import (
    IDS_MOST,
    Extension,
    ReconciliationQuery,
    read_batch,
    read_extension,
    read_skipped,
    read_text,
)
from service.errors import NotFound
from service.planning.arguments import mirror, shape_of
from service.planning.conditions import where_condition
from service.planning.paging import order_of, page_of
from service.planning.resource import members_of
from service.request.context import RequestContext

_ACTOR = CONCEPTS["Actor"]
_FIELDS = ("id", "slug", "name", "kind", "description", "aliases", "codes")
_BY_NAME = ({"name": "ASC"},)
# The maximum numbers of actors that are read for one filter, and that are suggested.
_READ_MOST, _SUGGESTED_MOST = 100, 20


class Reconciling:
    """Handles requests of the reconciliation API."""

    def __init__(self, engine: Engine) -> None:
        """Works on the database of `engine`."""
        self._engine = engine

    async def check(self, context: RequestContext) -> None:
        """Resolves the header AllyGraph-As-Of. Raises BadInput or UnknownRevision if it is invalid.

        Requests that read nothing from the database would otherwise accept an invalid header.
        """
        if context.as_of is not None:
            executor = self._engine.executor
            context.read_as_of = await earlier_revision(executor, None, context.as_of, {})

    async def batch(self, text: str, context: RequestContext) -> dict[str, Any]:
        """Returns the candidates for each query of a batch. Raises BadInput."""
        queries = read_batch(text)
        return {key: {"result": await self._one(q, context)} for key, q in queries.items()}

    async def _one(self, query: ReconciliationQuery, context: RequestContext) -> list[Any]:
        exactly = await self._actors(matching.exact(query), _READ_MOST, context)
        others: list[Actor] = []
        for filter_of in (matching.with_all_words, matching.with_any_word):
            where = filter_of(query)
            if where and len({actor["id"] for actor in (*exactly, *others)}) < query.limit:
                others += await self._actors(where, _READ_MOST, context)
        ranked = await self._engine.background.run(matching.ranked, query, exactly, others)
        return [answers.candidate(each) for each in ranked]

    async def extend(self, text: str, context: RequestContext) -> dict[str, Any]:
        """Returns properties of actors. Raises BadInput."""
        wanted = read_extension(text, answers.PROPERTIES)
        actors = await self._by_id(wanted, context)
        return answers.extended(wanted.ids, wanted.properties, actors)

    async def _by_id(self, wanted: Extension, context: RequestContext) -> dict[str, Actor]:
        if not wanted.ids:
            return {}
        where = {"id": {"in": list(wanted.ids)}}
        found = {a["id"]: a for a in await self._actors(where, IDS_MOST, context)}
        for former in (each for each in wanted.ids if each not in found):
            # A former id finds the actor that its own actor was merged into.
            for actor in await self._actors({"id": {"in": [former]}}, 1, context):
                found[former] = actor
        return found

    async def suggest_actors(
        self, prefix: str | None, cursor: str | None, context: RequestContext
    ) -> dict[str, Any]:
        """Returns actors whose name begins with the text typed so far. Raises BadInput."""
        text, skipped = read_text(prefix, "prefix").strip(), read_skipped(cursor)
        if not text:
            return {"result": []}
        where = matching.beginning_with(text)
        actors = await self._actors(where, skipped + _SUGGESTED_MOST, context)
        return {"result": [answers.suggestion(actor) for actor in actors[skipped:]]}

    async def actor(self, key: str, context: RequestContext) -> Actor:
        """Returns the actor with this id. Raises NotFound."""
        found = await self._actors({"id": {"in": [key]}}, 1, context)
        if not found:
            raise NotFound(f"There is no actor {key!r}.")
        return found[0]

    async def _actors(self, where: Where, most: int, context: RequestContext) -> list[Actor]:
        values = {"where": where, "first": most}
        query = await self._engine.prepare(("reconcile", shape_of(values)), lambda: _plan(values))
        ((items, *_, revision),) = await self._engine.run(query, values, context)
        # Further reads of the request must not go back to an earlier revision.
        context.seen = max(context.seen, revision)
        found: list[Actor] = orjson.loads(items)
        return found


def _plan(values: Mapping[str, Any]) -> plan.Plan:
    arguments = mirror(dict(values))
    order = order_of(_ACTOR, list(_BY_NAME))
    connection = plan.Connection(
        _ACTOR,
        where_condition(_ACTOR, arguments["where"]),
        order,
        page_of(_ACTOR, order, arguments),
        (plan.Nodes("data", members_of(_ACTOR, _FIELDS)),),
    )
    return plan.Plan((plan.PageColumns(connection),), as_of=None)
