"""REST reads: turns parameters of an address into the plans and statements that GraphQL has too."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import orjson

from schema.concepts import CONCEPTS, Concept
from schema.counting import EXACT
from service import plan
from service.database.executor import Row
from service.engine.answer_cache import Answer
from service.engine.engine import Engine
from service.engine.prepared_plans import PreparedPlan
from service.errors import NotFound
from service.planning.arguments import mirror, shape_of
from service.planning.as_of import moment
from service.planning.conditions import named, where_condition
from service.planning.network import resource_network
from service.planning.paging import order_of, page_of
from service.planning.panel import resource_panel
from service.planning.paths import resource_paths
from service.planning.position import resource_position
from service.planning.query_string.parameters import (
    PAGING,
    Pairs,
    Selected,
    read_changes,
    read_collection,
    read_network,
    read_panel,
    read_paths,
    read_position,
    read_record,
    read_search,
    read_totals,
)
from service.planning.resource import PAGE_FACTS, changes_of, members_of, page_members
from service.planning.search import resource_search
from service.planning.totals import resource_totals
from service.planning.values import NO_ID, read_id
from service.request.context import RequestContext

__all__ = [
    "PAGING",
    "QUESTIONS",
    "Pairs",
    "RestReads",
    "as_of_named",
    "key_attribute",
    "record_plan",
]

_ACTOR = CONCEPTS["Actor"]

Arguments = Mapping[str, Any]


class Question(NamedTuple):
    """A read other than a collection: the functions that read its parameters and plan its root."""

    read: Callable[[Pairs], Arguments]
    root: Callable[[Arguments], plan.PageColumns | plan.SupportNetwork | plan.PathColumns]

    def plan_of(self, values: Arguments) -> plan.Plan:
        """Returns the plan for values of this shape."""
        arguments = mirror(values)
        root = self.root(arguments)
        match root:
            case plan.PageColumns(page=plan.Changes(since=plan.Parameter() as seen)):
                since: tuple[plan.Parameter, ...] = (seen,)
            case _:
                since = ()
        return plan.Plan((root,), as_of=as_of_named(arguments), since=since)


QUESTIONS: Mapping[str, Question] = {
    "changes": Question(read_changes, lambda given: plan.PageColumns(changes_of(given))),
    "totals": Question(read_totals, lambda given: plan.PageColumns(resource_totals(given))),
    "network": Question(
        read_network, lambda given: plan.SupportNetwork("data", resource_network(given))
    ),
    "paths": Question(read_paths, lambda given: plan.PathColumns(resource_paths(given))),
    "search": Question(read_search, lambda given: plan.PageColumns(resource_search(given))),
    "panel": Question(read_panel, lambda given: plan.PageColumns(resource_panel(given))),
}


class RestReads:
    """Reads collections, single records, changes, totals, networks, paths, panels and searches."""

    def __init__(self, engine: Engine) -> None:
        """Works on the database of `engine`."""
        self._engine = engine
        self._counters = engine.counters
        self.newest_revision = engine.newest_revision

    async def page(self, concept: Concept, pairs: Pairs, context: RequestContext) -> Answer:
        """Reads a page of a collection. Raises BadInput, BadCursor, OverBudget."""
        with self._counters.parse.timed():
            given = read_collection(concept, pairs)
        values = given.arguments
        key = ("page", concept.name, given.fields, shape_of(values))
        query = await self._engine.prepare(key, lambda: _page_plan(concept, given))
        return self._page(await self._run(query, values, context), context)

    async def find(self, question: str, pairs: Pairs, context: RequestContext) -> Answer:
        """Reads one of `QUESTIONS`.

        Raises BadInput, BadCursor, UnknownRevision, OverBudget.
        """
        asked = QUESTIONS[question]
        with self._counters.parse.timed():
            values = asked.read(pairs)
        query = await self._engine.prepare(
            (question, shape_of(values)), lambda: asked.plan_of(values)
        )
        row = await self._run(query, values, context)
        (root,) = query.plan.roots
        is_page = isinstance(root, plan.PageColumns)
        return self._page(row, context) if is_page else self._whole(row, context)

    async def record(
        self, concept: Concept, name: str, pairs: Pairs, context: RequestContext
    ) -> Answer:
        """Reads the record with this id or slug. Raises NotFound, BadInput."""
        with self._counters.parse.timed():
            given = read_record(pairs)
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
        """Reads the positions of the actor with this id or slug.

        Raises NotFound, BadInput, UnknownRevision, OverBudget.
        """
        with self._counters.parse.timed():
            arguments = read_position(pairs)
        by = key_attribute(_ACTOR, name)
        values = {**arguments, by: name}
        query = await self._engine.prepare(
            ("position", by, shape_of(arguments)), lambda: _position_plan(by, arguments)
        )
        body, revision = await self._run(query, values, context)
        if body is None:
            raise NotFound(f"There is no {_ACTOR.noun} {name!r}.")
        # Adds the revision to the object, which has only the positions.
        body = b'%b,"revision":%d}' % (body.removesuffix(b"}"), revision)
        is_cacheable = self._engine.is_cacheable(context, revision)
        return Answer(body, revision, is_cacheable, as_of=context.read_as_of)

    async def _run(
        self, query: PreparedPlan, values: plan.Variables, context: RequestContext
    ) -> Row:
        (row,) = await self._engine.run(query, values, context)
        return row

    def _whole(self, row: Row, context: RequestContext) -> Answer:
        """Returns an answer without pages: `data` is an object, or the whole list.

        `unknownCount`, the number of supports that a list leaves out, is a member beside `data`. An
        object has its own.
        """
        json, *unknown, revision = row
        facts = b"".join(b'"unknownCount":%d,' % each for each in unknown)
        body = b'{"data":%b,%b"revision":%d}' % (json, facts, revision)
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


def _page_plan(concept: Concept, given: Selected) -> plan.Plan:
    arguments = mirror(given.arguments)
    order = order_of(concept, arguments.get("orderBy"))
    connection = plan.Connection(
        concept,
        where_condition(concept, arguments.get("where")),
        order,
        page_of(concept, order, arguments),
        page_members(members_of(concept, given.fields), arguments.get("countAccuracy", EXACT)),
    )
    return plan.Plan((plan.PageColumns(connection),), as_of=as_of_named(arguments))


def _position_plan(by: str, values: Mapping[str, Any]) -> plan.Plan:
    arguments = mirror(values)
    where = named(_ACTOR, {by: plan.Slot((by,))})
    positions = plan.Positions("data", resource_position(arguments))
    root = plan.Lookup("actor", _ACTOR, where, (positions,))
    return plan.Plan((root,), as_of=as_of_named(arguments))


def record_plan(
    concept: Concept, by: str, fields: Iterable[str], arguments: Mapping[str, Any] | None = None
) -> plan.Plan:
    """Returns the plan of one record.

    `by`: the attribute that selects the record, and the name of the value to compare it with.
    """
    where = named(concept, {by: plan.Slot((by,))})
    root = plan.Lookup("data", concept, where, members_of(concept, fields))
    return plan.Plan((root,), as_of=as_of_named(mirror(dict(arguments or {}))))


def as_of_named(arguments: Mapping[str, Any]) -> plan.Moment | None:
    """Returns the revision or the time that `asOf` names."""
    as_of = arguments.get("asOf")
    return moment(as_of) if as_of else None


def key_attribute(concept: Concept, name: str) -> str:
    """Returns whether an address names a record by `id` or by `slug`: no slug has an underscore."""
    is_id = read_id(concept.table.name)(name) != NO_ID
    return "slug" if "slug" in concept.members and not is_id else "id"
