"""REST reads: the same plans and statements as GraphQL's, from the parameters of an address."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from schema.concepts import CONCEPTS, Concept
from schema.counting import EXACT
from service import plan
from service.database.executor import Row
from service.engine.answer_cache import Answer
from service.engine.engine import Engine, PreparedPlan
from service.errors import NotFound
from service.planning.arguments import mirror, shape_of
from service.planning.as_of import moment
from service.planning.conditions import named, where_condition
from service.planning.network import resource_network
from service.planning.paging import order_of, page_of
from service.planning.panel import resource_panel
from service.planning.parameters import (
    PAGING,
    QueryParameters,
    order_arguments,
    read_change_parameters,
    read_member_parameters,
    read_network_parameters,
    read_panel_parameters,
    read_parameters,
    read_path_parameters,
    read_position_parameters,
    read_search_parameters,
    read_totals_parameters,
)
from service.planning.paths import resource_paths
from service.planning.position import resource_position
from service.planning.resource import PAGE_FACTS, changes_of, members_of, page_members
from service.planning.search import resource_search
from service.planning.totals import resource_totals
from service.planning.values import NO_ID, read_id
from service.request.context import RequestContext

__all__ = ["PAGING", "Pairs", "RestReads", "as_of_named", "key_attribute", "record_plan"]

_ACTOR = CONCEPTS["Actor"]

# The parameters of an address, in their order.
Pairs = Iterable[tuple[str, str]]


class RestReads:
    """Answers reads of collections, single records, changes, totals, networks and searches."""

    def __init__(self, engine: Engine) -> None:
        """On one database."""
        self._engine = engine
        self._counters = engine.counters
        self.newest_revision = engine.newest_revision

    async def page(self, concept: Concept, pairs: Pairs, context: RequestContext) -> Answer:
        """A page of a collection. Raises BadInput, BadCursor, OverBudget."""
        with self._counters.parse.timed():
            given = read_parameters(concept, pairs)
        values = given.arguments
        key = ("page", concept.name, given.order, given.fields, shape_of(values))
        query = await self._engine.prepare(key, lambda: _page_plan(concept, given))
        return self._page(await self._run(query, values, context), context)

    async def changes(self, pairs: Pairs, context: RequestContext) -> Answer:
        """A page of the changes of all records. Raises BadInput, BadCursor, UnknownRevision."""
        with self._counters.parse.timed():
            values = read_change_parameters(pairs)
        query = await self._engine.prepare(
            ("changes", shape_of(values)), lambda: _changes_plan(values)
        )
        return self._page(await self._run(query, values, context), context)

    async def totals(self, pairs: Pairs, context: RequestContext) -> Answer:
        """A page of totals of supports. Raises BadInput, BadCursor, OverBudget."""
        with self._counters.parse.timed():
            values = read_totals_parameters(CONCEPTS["Support"], pairs)
        query = await self._engine.prepare(
            ("totals", shape_of(values)), lambda: _totals_plan(values)
        )
        return self._page(await self._run(query, values, context), context)

    async def network(self, pairs: Pairs, context: RequestContext) -> Answer:
        """A network of supports. Raises BadInput, OverBudget."""
        with self._counters.parse.timed():
            values = read_network_parameters(CONCEPTS["Support"], pairs)
        query = await self._engine.prepare(
            ("network", shape_of(values)), lambda: _network_plan(values)
        )
        return self._whole(await self._run(query, values, context), context)

    async def paths(self, pairs: Pairs, context: RequestContext) -> Answer:
        """Paths from one actor to another. Raises BadInput, OverBudget."""
        with self._counters.parse.timed():
            values = read_path_parameters(CONCEPTS["Support"], pairs)
        query = await self._engine.prepare(("paths", shape_of(values)), lambda: _paths_plan(values))
        return self._whole(await self._run(query, values, context), context)

    async def search(self, pairs: Pairs, context: RequestContext) -> Answer:
        """A page of hits of a search. Raises BadInput, BadCursor, OverBudget."""
        with self._counters.parse.timed():
            values = read_search_parameters(pairs)
        query = await self._engine.prepare(
            ("search", shape_of(values)), lambda: _search_plan(values)
        )
        return self._page(await self._run(query, values, context), context)

    async def panel(self, pairs: Pairs, context: RequestContext) -> Answer:
        """A page of a panel. Raises BadInput, BadCursor, OverBudget."""
        with self._counters.parse.timed():
            values = read_panel_parameters(pairs)
        query = await self._engine.prepare(("panel", shape_of(values)), lambda: _panel_plan(values))
        return self._page(await self._run(query, values, context), context)

    async def record(
        self, concept: Concept, name: str, pairs: Pairs, context: RequestContext
    ) -> Answer:
        """The record with this id or slug. Raises NotFound, BadInput."""
        with self._counters.parse.timed():
            given = read_member_parameters(pairs)
        by = key_attribute(concept, name)
        values = {**given.arguments, by: name}
        key = ("record", concept.name, by, given.fields, shape_of(given.arguments))
        query = await self._engine.prepare(
            key, lambda: record_plan(concept, by, given.fields, given.arguments)
        )
        body, revision = await self._run(query, values, context)
        if body is None:
            raise NotFound(f"There is no {concept.noun} {name!r}.")
        is_cacheable = self._engine.is_cacheable(context, revision)
        return Answer(body, revision, is_cacheable, as_of=context.read_as_of)

    async def position(self, name: str, pairs: Pairs, context: RequestContext) -> Answer:
        """The positions of the actor with this id or slug. Raises as `record` and `totals`."""
        with self._counters.parse.timed():
            arguments = read_position_parameters(CONCEPTS["Support"], pairs)
        by = key_attribute(_ACTOR, name)
        values = {**arguments, by: name}
        query = await self._engine.prepare(
            ("position", by, shape_of(arguments)), lambda: _position_plan(by, arguments)
        )
        body, revision = await self._run(query, values, context)
        if body is None:
            raise NotFound(f"There is no {_ACTOR.noun} {name!r}.")
        # The object of the actor has its positions only.
        body = b'%b,"revision":%d}' % (body.removesuffix(b"}"), revision)
        is_cacheable = self._engine.is_cacheable(context, revision)
        return Answer(body, revision, is_cacheable, as_of=context.read_as_of)

    async def _run(
        self, query: PreparedPlan, values: plan.Variables, context: RequestContext
    ) -> Row:
        (row,) = await self._engine.run(query, values, context)
        return row

    def _whole(self, row: Row, context: RequestContext) -> Answer:
        """What has no pages."""
        json, revision = row
        body = b'{"data":%b,"revision":%d}' % (json, revision)
        is_cacheable = self._engine.is_cacheable(context, revision)
        return Answer(body, revision, is_cacheable, as_of=context.read_as_of)

    def _page(self, row: Row, context: RequestContext) -> Answer:
        items, start, end, has_previous, has_next, *counts, revision = row
        with self._counters.encode.timed():
            start, end = (None if each is None else each.decode() for each in (start, end))
            facts = (start, end, bool(has_previous), bool(has_next), *counts)
            page = orjson.dumps(dict(zip(PAGE_FACTS, facts, strict=True)))
            body = b'{"data":%b,"page":%b,"revision":%d}' % (items, page, revision)
        return Answer(
            body,
            revision,
            self._engine.is_cacheable(context, revision),
            is_page=True,
            next_cursor=end if has_next else None,
            previous_cursor=start if has_previous else None,
            as_of=context.read_as_of,
        )


def _page_plan(concept: Concept, given: QueryParameters) -> plan.Plan:
    arguments = mirror(given.arguments)
    order = order_of(concept, order_arguments(concept, given.order))
    connection = plan.Connection(
        concept,
        where_condition(concept, arguments.get("where")),
        order,
        page_of(concept, order, arguments),
        page_members(members_of(concept, given.fields), arguments.get("countAccuracy", EXACT)),
    )
    return plan.Plan((plan.PageColumns(connection),), as_of=as_of_named(arguments))


def _changes_plan(values: Mapping[str, Any]) -> plan.Plan:
    arguments = mirror(values)
    changes = changes_of(arguments)
    since = (changes.since,) if changes.since else ()
    return plan.Plan((plan.PageColumns(changes),), as_of=as_of_named(arguments), since=since)


def _totals_plan(values: Mapping[str, Any]) -> plan.Plan:
    arguments = mirror(values)
    return plan.Plan((plan.PageColumns(resource_totals(arguments)),), as_of=as_of_named(arguments))


def _network_plan(values: Mapping[str, Any]) -> plan.Plan:
    arguments = mirror(values)
    root = plan.SupportNetwork("data", resource_network(arguments))
    return plan.Plan((root,), as_of=as_of_named(arguments))


def _paths_plan(values: Mapping[str, Any]) -> plan.Plan:
    arguments = mirror(values)
    root = plan.SupportPaths("data", resource_paths(arguments))
    return plan.Plan((root,), as_of=as_of_named(arguments))


def _search_plan(values: Mapping[str, Any]) -> plan.Plan:
    arguments = mirror(values)
    return plan.Plan((plan.PageColumns(resource_search(arguments)),), as_of=as_of_named(arguments))


def _panel_plan(values: Mapping[str, Any]) -> plan.Plan:
    arguments = mirror(values)
    return plan.Plan((plan.PageColumns(resource_panel(arguments)),), as_of=as_of_named(arguments))


def _position_plan(by: str, values: Mapping[str, Any]) -> plan.Plan:
    arguments = mirror(values)
    where = named(_ACTOR, {by: plan.Slot((by,))})
    positions = plan.Positions("data", resource_position(arguments))
    root = plan.Lookup("actor", _ACTOR, where, (positions,))
    return plan.Plan((root,), as_of=as_of_named(arguments))


def record_plan(
    concept: Concept, by: str, fields: Iterable[str], arguments: Mapping[str, Any] | None = None
) -> plan.Plan:
    """The plan of one record. `by`: the attribute, and the name of the value, that selects it."""
    where = named(concept, {by: plan.Slot((by,))})
    root = plan.Lookup("data", concept, where, members_of(concept, fields))
    return plan.Plan((root,), as_of=as_of_named(mirror(dict(arguments or {}))))


def as_of_named(arguments: Mapping[str, Any]) -> plan.Moment | None:
    """The revision or the time that `asOf` names."""
    as_of = arguments.get("asOf")
    return moment(as_of) if as_of else None


def key_attribute(concept: Concept, name: str) -> str:
    """Whether an address names a record by `id` or `slug`. No slug contains an underscore."""
    is_id = read_id(concept.table.name)(name) != NO_ID
    return "slug" if "slug" in concept.members and not is_id else "id"
