"""REST questions -> answers: the same plans, the same compiler, the other door."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import orjson
from cachetools import LRUCache

from schema.concepts import Concept
from service import plan
from service.budget import Cost, check_budget, cost_of
from service.errors import NotFound
from service.execute import Executor, Prepared
from service.planning.arguments import mirror, shape_of
from service.planning.conditions import condition_of, where_condition
from service.planning.paging import order_of, page_of
from service.planning.parameters import Given, order_arguments, read_fields, read_parameters
from service.planning.resource import members_of, page_members
from service.planning.values import NO_ID, read_id
from service.settings import Settings
from service.sql.binding import Statement
from service.sql.compile import compile_columns, compile_root
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


class PlannedResource:
    """A plan's one statement, ready to run."""

    __slots__ = ("cost", "prepared")

    def __init__(self, root: plan.Root, statement: Statement) -> None:
        """Nothing has run yet."""
        self.cost: Cost = cost_of((root,))
        self.prepared = Prepared((statement,))


class Resources:
    """Answers requests for collections and for single records."""

    def __init__(self, settings: Settings, dialect: Dialect, executor: Executor) -> None:
        """Nothing is kept yet."""
        self._settings = settings
        self._dialect = dialect
        self._executor = executor
        self._plans: LRUCache[Hashable, PlannedResource] = LRUCache(settings.plans)

    async def page(self, concept: Concept, pairs: Pairs) -> ResourcePage:
        """A page of a collection. Raises BadInput, BadCursor, OverBudget."""
        given = read_parameters(concept, pairs)
        values = given.arguments
        key = (concept.name, given.order, given.fields, shape_of(values))
        planned = self._plans.get(key)
        if planned is None:
            planned = self._plans[key] = self._plan_page(concept, given)
        check_budget(self._settings, planned.cost(values))
        ((data, page, revision),) = await self._executor.run(planned.prepared, values)
        facts = orjson.loads(page)
        body = b'{"data":%b,"page":%b,"revision":%d}' % (data, page, revision)
        return ResourcePage(
            body,
            facts["endCursor"] if facts["hasNextPage"] else None,
            facts["startCursor"] if facts["hasPreviousPage"] else None,
        )

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
        statement = compile_columns(self._dialect, connection)
        return PlannedResource(plan.Collection("data", connection), statement)

    async def record(self, concept: Concept, name: str, pairs: Pairs) -> bytes:
        """The record with this id or slug, as JSON text. Raises NotFound, BadInput."""
        fields = read_fields(pairs)
        by = _named_by(concept, name)
        key = (concept.name, by, fields)
        planned = self._plans.get(key)
        if planned is None:
            planned = self._plans[key] = self._plan_record(concept, by, fields)
        values = {by: name}
        check_budget(self._settings, planned.cost(values))
        (row,) = await self._executor.run(planned.prepared, values)
        if not row:
            raise NotFound(f"There is no {concept.name} {name!r}.")
        body: bytes = row[0]
        return body

    def _plan_record(self, concept: Concept, by: str, fields: tuple[str, ...]) -> PlannedResource:
        where: dict[str, Any] = {by: {"eq": plan.Slot((by,))}}
        root = plan.Lookup(
            "data", concept, condition_of(concept, where), members_of(concept, fields)
        )
        return PlannedResource(root, compile_root(self._dialect, root))


def _named_by(concept: Concept, name: str) -> str:
    """No slug has an underscore, so nothing can be taken for both."""
    is_id = read_id(concept.table.name)(name) != NO_ID
    return "slug" if "slug" in concept.members and not is_id else "id"
