"""REST questions -> answers: the same plans, the same compiler, the other door."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import orjson
from cachetools import LRUCache

from schema.concepts import Concept
from service import plan
from service.database.executor import Executor, Prepared, Row
from service.engine.answer_cache import Answer
from service.engine.as_of import check_since, moment_values
from service.engine.budget import Cost, check_budget, cost_of
from service.errors import NotFound
from service.observability.counters import Counters
from service.planning.arguments import mirror, shape_of
from service.planning.as_of import moment
from service.planning.conditions import named, where_condition
from service.planning.paging import order_of, page_of
from service.planning.parameters import (
    Given,
    order_arguments,
    read_change_parameters,
    read_member_parameters,
    read_parameters,
)
from service.planning.resource import changes_of, members_of, page_members
from service.planning.values import NO_ID, read_id
from service.settings import Settings
from service.sql.binding import Statement
from service.sql.compile import compile_change_columns, compile_columns, compile_root
from service.sql.dialect import Dialect

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class ResourcePage:
    """A page of a collection: its JSON text, and the cursors its links are made of.

    A cursor is None where nothing lies beyond it.
    """

    body: bytes
    next_after: str | None
    previous_before: str | None
    revision: int
    lasts: bool


class PlannedResource:
    """A plan's one statement, ready to run."""

    __slots__ = ("as_of", "cost", "prepared", "since")

    def __init__(self, root: plan.Root, statement: Statement, as_of: plan.Moment | None) -> None:
        """Nothing has run yet."""
        self.cost: Cost = cost_of((root,))
        self.prepared = Prepared((statement,))
        self.as_of = as_of
        since = root.changes.since if isinstance(root, plan.ChangeLog) else None
        self.since = (since,) if since else ()


class RestReads:
    """Answers requests for collections and for single records."""

    def __init__(
        self,
        settings: Settings,
        dialect: Dialect,
        executor: Executor,
        measures: Counters | None = None,
    ) -> None:
        """Nothing is kept yet. `measures` counts."""
        self._measures = measures or Counters()
        self._settings = settings
        self._dialect = dialect
        self._executor = executor
        self._plans: LRUCache[Hashable, PlannedResource] = LRUCache(settings.plans)

    def newest_revision(self) -> int:
        """The number of the newest revision."""
        return self._executor.newest_revision()

    async def page(self, concept: Concept, pairs: Pairs, seen: int = 0) -> ResourcePage:
        """A page of a collection, of the revision `seen` or later.

        Raises BadInput, BadCursor, OverBudget.
        """
        with self._measures.parse.timed():
            given = read_parameters(concept, pairs)
        values = given.arguments
        key = (concept.name, given.order, given.fields, shape_of(values))
        planned = self._plans.get(key)
        if planned is None:
            with self._measures.plan.timed():
                planned = self._plans[key] = self._plan_page(concept, given)
        (data, page, revision) = await self._run(planned, values, seen)
        with self._measures.encode.timed():
            facts = orjson.loads(page)
            body = b'{"data":%b,"page":%b,"revision":%d}' % (data, page, revision)
        return ResourcePage(
            body,
            facts["endCursor"] if facts["hasNextPage"] else None,
            facts["startCursor"] if facts["hasPreviousPage"] else None,
            revision,
            self._lasts(planned, revision),
        )

    def _lasts(self, planned: PlannedResource, revision: int) -> bool:
        """A replica may tell of a state that is past: that is an answer, but none to keep."""
        return planned.as_of is not None or revision >= self._executor.newest_revision()

    async def _run(self, planned: PlannedResource, values: dict[str, Any], seen: int) -> Row:
        check_budget(self._settings, planned.cost(values))
        if planned.as_of:
            values = {**values, **await moment_values(self._executor, planned.as_of, values)}
        # Whoever is asked must have got as far as what is asked about.
        least = max(seen, values.get(plan.AS_OF, 0))
        with self._measures.sql.timed():
            (row,) = await self._executor.run(planned.prepared, values, least)
        return row

    def _plan_page(self, concept: Concept, given: Given) -> PlannedResource:
        arguments = mirror(given.arguments)
        order = order_of(concept, order_arguments(concept, given.order))
        connection = plan.Connection(
            concept,
            where_condition(concept, arguments.get("where")),
            order,
            page_of(concept, order, arguments),
            page_members(members_of(concept, given.fields)),
        )
        as_of = _moment_in(given)
        statement = compile_columns(self._dialect, connection, as_of=as_of is not None)
        return PlannedResource(plan.Collection("data", connection), statement, as_of)

    async def changes(self, pairs: Pairs, seen: int = 0) -> ResourcePage:
        """A page of what has changed. Raises BadInput, BadCursor, UnknownRevision."""
        with self._measures.parse.timed():
            values = read_change_parameters(pairs)
        key = ("changes", shape_of(values))
        planned = self._plans.get(key)
        if planned is None:
            with self._measures.plan.timed():
                planned = self._plans[key] = self._plan_changes(values)
        await check_since(self._executor, planned.since, values)
        data, page, revision = await self._run(planned, values, seen)
        with self._measures.encode.timed():
            body = b'{"data":%b,"page":%b,"revision":%d}' % (data, page, revision)
            facts = orjson.loads(page)
        after = facts["endCursor"] if facts["hasNextPage"] else None
        return ResourcePage(body, after, None, revision, self._lasts(planned, revision))

    def _plan_changes(self, values: dict[str, Any]) -> PlannedResource:
        arguments = mirror(values)
        as_of = moment(arguments["asOf"]) if "asOf" in arguments else None
        changes = changes_of(arguments)
        statement = compile_change_columns(self._dialect, changes, as_of=as_of is not None)
        root = plan.ChangeLog("data", changes)
        return PlannedResource(root, statement, as_of)

    async def record(self, concept: Concept, name: str, pairs: Pairs, seen: int = 0) -> Answer:
        """The record with this id or slug, as JSON text. Raises NotFound, BadInput."""
        with self._measures.parse.timed():
            given = read_member_parameters(pairs)
        by = named_by(concept, name)
        values = {**given.arguments, by: name}
        key = (concept.name, by, given.fields, shape_of(values))
        planned = self._plans.get(key)
        if planned is None:
            with self._measures.plan.timed():
                planned = self._plans[key] = self._plan_record(concept, by, given)
        body, revision = await self._run(planned, values, seen)
        if body is None:
            raise NotFound(f"There is no {concept.name} {name!r}.")
        return Answer(body, revision, lasts=self._lasts(planned, revision))

    def _plan_record(self, concept: Concept, by: str, given: Given) -> PlannedResource:
        where = named(concept, {by: plan.Slot((by,))})
        root = plan.Lookup("data", concept, where, members_of(concept, given.fields))
        as_of = _moment_in(given)
        statement = compile_root(self._dialect, root, as_of=as_of is not None)
        return PlannedResource(root, statement, as_of)


def _moment_in(given: Given) -> plan.Moment | None:
    as_of = mirror(given.arguments).get("asOf")
    return moment(as_of) if as_of else None


def named_by(concept: Concept, name: str) -> str:
    """No slug has an underscore, so nothing can be taken for both."""
    is_id = read_id(concept.table.name)(name) != NO_ID
    return "slug" if "slug" in concept.members and not is_id else "id"
