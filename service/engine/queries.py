"""GraphQL questions -> answers: the path of one request, without its transport.

text -> document -> operation and values -> plan -> statements -> JSON text. Everything up to the
statements is made once per document, operation and shape of the variables, and kept.
"""

from collections.abc import Hashable, Sequence
from time import perf_counter
from typing import NamedTuple

import orjson
from cachetools import LRUCache
from graphql import ExecutionResult, execute_sync

from service import plan
from service.auth.callers import ANYBODY, Role, require
from service.database.executor import Executor, Prepared, Row
from service.documents.documents import Asked, Documents, GraphQLRequest
from service.documents.variables import DeclaredVariables
from service.engine.answer_cache import Answer
from service.engine.as_of import check_since, moment_values
from service.engine.budget import Cost, check_budget, cost_of, fixed_cost
from service.engine.mutations import Mutations
from service.errors import AllyGraphError, NotInOnePiece
from service.observability.counters import NOBODY, QUICK, Counters, OperationCounter
from service.observability.request_context import current_context
from service.planning.arguments import mirror
from service.planning.selection import Selector
from service.settings import Settings
from service.sql.compile import compile_root
from service.sql.dialect import Dialect
from service.writing.request import WriteRequest

_ANYBODY_ASKS = WriteRequest(ANYBODY)

# Longer documents take longer to answer than to understand, and would take memory to know.
_KNOWN_CHARACTERS = 4_000


class PlannedQuery:
    """A plan with its statements, ready to run for every request of its shape.

    `parts` is the text of the answer with a gap for what each statement returns.
    """

    __slots__ = ("cost", "fixed_cost", "of_today", "parts", "plan", "prepared")

    def __init__(self, dialect: Dialect, query: plan.Plan) -> None:
        """Compiles each root field that needs the database."""
        self.plan = query
        self.of_today = query.as_of is None and not query.since
        # What depends on no variable is checked once, when the plan is made.
        self.cost: Cost = cost_of(query.roots)
        self.fixed_cost = fixed_cost(self.cost)
        self.prepared = Prepared(
            [
                compile_root(dialect, root, as_of=query.as_of is not None)
                for root in query.roots
                if not isinstance(root, plan.Constant)
            ]
        )
        self.parts = parts_of(query.roots)


class Known(NamedTuple):
    """What is known of a document and an operation once they were asked with plain variables."""

    variables: DeclaredVariables
    query: PlannedQuery
    tally: OperationCounter


class Queries:
    """Answers questions about one database."""

    def __init__(
        self,
        settings: Settings,
        dialect: Dialect,
        executor: Executor,
        documents: Documents,
        mutations: Mutations,
        measures: Counters | None = None,
    ) -> None:
        """`documents` understands what is asked, `mutations` answers what writes.

        `measures` counts.
        """
        self.measures = measures or Counters()
        self._sql = self.measures.sql
        self._settings = settings
        self._dialect = dialect
        self._executor = executor
        # Asked by every request, so without a detour.
        self.newest_revision = executor.newest_revision
        self._at_once = executor.answers_at_once
        self._documents = documents
        self._mutations = mutations
        self._plans: LRUCache[Hashable, PlannedQuery] = LRUCache(settings.plans)
        self._known: dict[tuple[str, str | None, str | None], Known] = {}

    def answer_at_once(self, question: GraphQLRequest) -> Answer | None:
        """The answer to a quick question that was asked before; None where it takes more."""
        key = (question.document, question.operation_name, question.document_id)
        known = self._known.get(key) if self._at_once else None
        if known is None or not known.variables.are_plain(question.values):
            return None
        query, values = known.query, question.values
        # Every call counts here: today's data is by far the most asked for.
        if not query.of_today:
            return None
        begun = perf_counter()
        try:
            if query.fixed_cost is None:
                check_budget(self._settings, query.cost(values))
            rows = self._executor.run_here(query.prepared, values)
        except AllyGraphError as error:
            error.operation = known.tally.name
            raise
        if not rows:
            return None if rows is None else self._filled(query, rows, known.tally)
        took = perf_counter() - begun
        stage = self._sql
        if took <= QUICK:
            # Nearly all are, and this is the shortest path: a call less.
            stage.quick += 1
            stage.seconds += took
        else:
            stage.add(took)
        return Answer(fill_gaps(query.parts, rows), rows[0][-1], "", True, known.tally)

    async def answer(
        self, question: GraphQLRequest, request: WriteRequest = _ANYBODY_ASKS
    ) -> Answer:
        """The answer as JSON text. Raises an AllyGraphError where there is none.

        `request` says who asks; a write needs an editor.
        """
        key = (question.document, question.operation_name, question.document_id)
        known = self._known.get(key)
        if known is None or not known.variables.are_plain(question.values):
            return await self._answer_new(question, request)
        query, tally = known.query, known.tally
        try:
            return self._filled(query, await self._run(query, question.values, request.seen), tally)
        except AllyGraphError as error:
            error.operation = tally.name
            raise

    async def _answer_new(self, question: GraphQLRequest, request: WriteRequest) -> Answer:
        """The answer to what has to be understood first."""
        with self.measures.parse.timed():
            asked = self._documents.understand(question)
        tally = self.measures.operation(asked.operation.name)
        try:
            return await self._answer(asked, question, request, tally)
        except AllyGraphError as error:
            error.operation = tally.name
            raise

    async def _answer(
        self, asked: Asked, question: GraphQLRequest, request: WriteRequest, tally: OperationCounter
    ) -> Answer:
        if asked.operation.is_mutation:
            return await self._write(asked, request, tally)
        if asked.operation.is_subscription:
            raise NotInOnePiece(
                "A subscription goes over a WebSocket, or comes as text/event-stream; accept that."
            )
        query = self._planned(asked, name_types=False)
        if query.plan.introspects:
            return await self._answer_by_tree(asked, question, tally)
        self._remember(question, asked, query, tally)
        return self._filled(query, await self._run(query, asked.values, request.seen), tally)

    async def _write(self, asked: Asked, request: WriteRequest, tally: OperationCounter) -> Answer:
        require(request.caller, Role.EDITOR)
        written = await self._mutations.answer(asked, request)
        revision = written.revision or self._executor.newest_revision()
        return Answer(written.body, revision, lasts=False, tally=tally)

    async def _run(
        self, query: PlannedQuery, asked: plan.Variables, seen: int = 0
    ) -> Sequence[Row]:
        values = asked if query.of_today else await self._at_moment(query, asked)
        if query.fixed_cost is None:
            check_budget(self._settings, query.cost(values))
        # Whoever is asked must have got as far as what is asked about.
        least = seen if query.of_today else max(seen, values.get(plan.AS_OF, 0))
        begun = perf_counter()
        try:
            return await self._executor.run(query.prepared, values, least)
        finally:
            self._sql.ended(begun)

    async def _at_moment(self, query: PlannedQuery, values: plan.Variables) -> plan.Variables:
        """The values, with the number of the revision that is asked about if one is."""
        await check_since(self._executor, query.plan.since, values)
        if query.plan.as_of is None:
            return values
        return {**values, **await moment_values(self._executor, query.plan.as_of, values)}

    def _filled(
        self, query: PlannedQuery, rows: Sequence[Row], tally: OperationCounter = NOBODY
    ) -> Answer:
        newest = self._executor.newest_revision()
        revision = rows[0][-1] if rows else newest
        # A replica may tell of a state that is past: that is an answer, but none to keep.
        lasts = revision >= newest or not query.of_today
        begun = perf_counter()
        body = fill_gaps(query.parts, rows)
        self.measures.encode.ended(begun)
        return Answer(body, revision, lasts=lasts, tally=tally)

    def _remember(
        self, question: GraphQLRequest, asked: Asked, query: PlannedQuery, tally: OperationCounter
    ) -> None:
        """A question with plain variables has one plan: the next one is not understood anew."""
        operation = asked.operation
        is_short = len(question.document) <= _KNOWN_CHARACTERS
        if is_short and operation.is_query and operation.variables.are_plain(question.values):
            if len(self._known) >= self._settings.plans:
                self._known.clear()
            key = (question.document, question.operation_name, question.document_id)
            self._known[key] = Known(operation.variables, query, tally)

    async def answer_by_tree(self, question: GraphQLRequest) -> Answer:
        """The same answer by the other exit: graphql-core walks over the tree of the plan's JSON.

        Introspection needs it; tests compare the two.
        """
        return await self._answer_by_tree(self._documents.understand(question), question)

    def plan(self, question: GraphQLRequest) -> PlannedQuery:
        """What `answer` would run."""
        return self._planned(self._documents.understand(question), name_types=False)

    def _planned(self, asked: Asked, *, name_types: bool) -> PlannedQuery:
        document, operation, values, shape = asked
        key = (document.text, operation.name, name_types, shape)
        planned = self._plans.get(key)
        if planned is None:
            with self.measures.plan.timed():
                selector = Selector(document.fragments, mirror(values), name_types=name_types)
                planned = PlannedQuery(self._dialect, selector.query(operation.node))
            check_budget(self._settings, planned.fixed_cost or 0)
            self._plans[key] = planned
        return planned

    async def _answer_by_tree(
        self, asked: Asked, question: GraphQLRequest, tally: OperationCounter = NOBODY
    ) -> Answer:
        query = self._planned(asked, name_types=True)
        filled = self._filled(query, await self._run(query, asked.values), tally)
        with self.measures.encode.timed():
            result = execute_sync(
                self._documents.schema,
                asked.document.node,
                root_value=orjson.loads(filled.body)["data"],
                variable_values=dict(question.values),
                operation_name=asked.operation.name,
            )
            return filled._replace(body=orjson.dumps(_checked(result).formatted))


def _checked(result: ExecutionResult) -> ExecutionResult:
    if result.errors:
        raise result.errors[0]
    return result


def parts_of(roots: Sequence[plan.Root]) -> tuple[bytes, ...]:
    """The text of an answer to these roots, cut where each statement's answer belongs."""
    parts = [b'{"data":{']
    for place, root in enumerate(roots):
        parts[-1] += b"%s%s:" % (b"," if place else b"", orjson.dumps(root.key))
        if isinstance(root, plan.Constant):
            parts[-1] += root.json.encode()
        else:
            parts.append(b"")
    parts[-1] += b"}}"
    return tuple(parts)


def fill_gaps(parts: Sequence[bytes], rows: Sequence[Row]) -> bytes:
    """The whole answer; null where a statement returned no row."""
    answer = [parts[0]]
    for place, row in enumerate(rows, 1):
        answer.append(row[0] or b"null")
        answer.append(parts[place])
    return b"".join(answer)


def error_answer(error: AllyGraphError) -> bytes:
    """An error as a GraphQL answer, each with its code, and with the id of its request."""
    details = getattr(error, "details", ()) or ({"message": error.message},)
    extensions = {"code": error.code}
    exchange = current_context()
    if exchange is not None:
        exchange.code = error.code
        extensions["requestId"] = exchange.request_id
    errors = [{**detail, "extensions": extensions} for detail in details]
    return orjson.dumps({"errors": errors})
