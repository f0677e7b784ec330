"""Executes GraphQL queries: text -> document -> operation and values -> plan -> JSON text.

The text of a query that has run before with plain variables leads directly to its prepared plan.
`Mutations` executes mutations.
"""

from collections.abc import Sequence
from contextlib import suppress
from time import perf_counter

import orjson
from graphql import ExecutionResult, GraphQLSchema, execute_sync

from service import plan
from service.auth.callers import require
from service.database.executor import Row
from service.documents.documents import GraphQLRequest, ValidatedRequest
from service.documents.lifting import LiftedText, template_of
from service.engine.answer_cache import Answer
from service.engine.as_of import refused_as_of
from service.engine.background import takes_long
from service.engine.engine import Engine
from service.engine.known_queries import KnownQueries, KnownQuery, KnownTemplate
from service.engine.mutations import Mutations
from service.engine.prepared_plans import PreparedQuery, join_response
from service.errors import AllyGraphError, QueryError, SubscriptionNotAcceptable, TooComplex
from service.observability.counters import NOBODY, OperationCounter
from service.planning.arguments import mirror
from service.planning.selection import Selector
from service.request.caller import Role
from service.request.context import RequestContext

# Running a longer document takes longer than reading it, and caching it would take much memory.
_KNOWN_CHARACTERS = 4_000


class Queries:
    """Executes queries, and passes mutations to `Mutations`."""

    def __init__(self, engine: Engine) -> None:
        """Works on the database of `engine`."""
        self.counters = engine.counters
        self.newest_revision = engine.newest_revision
        self._engine = engine
        self._documents = engine.documents
        self._mutations = Mutations(engine)
        self._known = KnownQueries(engine.settings, engine.counters, engine.documents)

    def answer_at_once(
        self, request: GraphQLRequest, context: RequestContext | None = None
    ) -> Answer | None:
        """Returns the response to a known, quick query; None if `answer` has to run it.

        `context`: of the request, if it has been made; the shortest path needs none.
        """
        found = self._known.find(request) if self._engine.answers_at_once else None
        if found is None:
            return None
        known, values = found
        query = known.query
        if not query.is_current:
            return None
        try:
            rows = self._engine.run_at_once(query, values, context)
        except AllyGraphError as error:
            if values is not request.values and isinstance(error, QueryError):
                # `answer` finds the position of the error in the original text.
                return None
            error.operation = known.operation.name
            raise
        if not rows:
            context = context or RequestContext()
            return None if rows is None else self._answer_of(query, rows, context, known.operation)
        return Answer(join_response(query.parts, rows), rows[0][-1], True, known.operation)

    async def answer(self, request: GraphQLRequest, context: RequestContext) -> Answer:
        """Runs a query or a mutation and returns the response.

        A mutation requires the role of an editor. Raises AllyGraphError.
        """
        found = self._known.find(request)
        if found is None:
            return await self._answer_new(request, context)
        known, values = found
        try:
            rows = await self._engine.run(known.query, values, context)
            return self._answer_of(known.query, rows, context, known.operation)
        except AllyGraphError as error:
            if isinstance(error, TooComplex):
                self._known.forget(known.query)
            if values is not request.values and isinstance(error, QueryError):
                # The error is at a literal: reading the text itself gives the position of the
                # error.
                return await self._answer_new(request, context)
            error.operation = known.operation.name
            raise

    async def _answer_new(self, request: GraphQLRequest, context: RequestContext) -> Answer:
        with self.counters.parse.timed():
            validated = await self._engine.understand(request)
        operation = self.counters.operation(validated.operation.name)
        try:
            answer = await self._answer(validated, request, context, operation)
            # The cache would answer later requests, which then would not register the document
            # again.
            return answer._replace(is_cacheable=False) if request.registers else answer
        except AllyGraphError as error:
            error.operation = operation.name
            raise

    async def _answer(
        self,
        validated: ValidatedRequest,
        request: GraphQLRequest,
        context: RequestContext,
        operation: OperationCounter,
    ) -> Answer:
        if validated.operation.is_mutation:
            return await self._write(validated, context, operation)
        if validated.operation.is_subscription:
            raise SubscriptionNotAcceptable(
                "A subscription goes over a WebSocket, or comes as text/event-stream; accept that."
            )
        query = await self._prepared(validated, name_types=False)
        if query.plan.introspects:
            return await self._answer_by_tree(validated, request, context, operation)
        rows = await self._engine.run(query, validated.values, context)
        await self._remember(request, validated, query, operation)
        return self._answer_of(query, rows, context, operation)

    async def _write(
        self, validated: ValidatedRequest, context: RequestContext, operation: OperationCounter
    ) -> Answer:
        require(context.caller, Role.EDITOR)
        if context.as_of is not None:
            raise refused_as_of()
        written = await self._mutations.answer(validated, context)
        revision = written.revision or self._engine.newest_revision()
        return Answer(written.body, revision, is_cacheable=False, operation=operation)

    def _answer_of(
        self,
        query: PreparedQuery,
        rows: Sequence[Row],
        context: RequestContext,
        operation: OperationCounter = NOBODY,
    ) -> Answer:
        revision = rows[0][-1] if rows else context.read_as_of
        if revision is None:
            revision = self._engine.newest_revision()
        begun = perf_counter()
        body = join_response(query.parts, rows)
        self.counters.encode.ended(begun)
        is_cacheable = self._engine.is_cacheable(context, revision)
        return Answer(body, revision, is_cacheable, operation, as_of=context.read_as_of)

    async def _remember(
        self,
        request: GraphQLRequest,
        validated: ValidatedRequest,
        query: PreparedQuery,
        operation: OperationCounter,
    ) -> None:
        """Keeps the plan by the request's text if the variables are plain.

        With plain variables an operation has only one shape, so the text determines the plan.
        """
        variables = validated.operation.variables
        if not variables.are_plain(request.values):
            return
        lifted = self._known.keep(request, KnownQuery(variables, query, operation))
        if lifted:
            await self._keep_template(lifted, request, validated)

    async def _keep_template(
        self, lifted: LiftedText, request: GraphQLRequest, validated: ValidatedRequest
    ) -> None:
        document, operation, values, _ = validated
        template = template_of(self._documents.schema, document)
        if template is None:
            return

        def make() -> plan.Plan:
            literals = {name: plan.Slot((name,)) for name in template.variables}
            selector = Selector(
                template.fragments,
                {**mirror(values), **literals},
                most_values=self._engine.settings.complexity,
            )
            return selector.query(template.operation)

        # The request has its response already, so an error in the template's plan must not reach
        # it.
        with suppress(AllyGraphError):
            query = await self._engine.compiled(
                ("template", lifted.template),
                make,
                lambda query: PreparedQuery(self._engine.dialect, query),
                takes_long=takes_long(request.document, values),
            )
            known = KnownTemplate(operation.variables, query, template, operation.name)
            self._known.keep_template(lifted, known)

    async def plan_of_query(self, request: GraphQLRequest) -> plan.Plan | None:
        """Returns the plan that `answer` runs, or None for a mutation or subscription.

        Raises AllyGraphError.
        """
        validated = await self._engine.understand(request)
        if validated.operation.is_mutation or validated.operation.is_subscription:
            return None
        return (await self._prepared(validated, name_types=False)).plan

    async def plan(self, request: GraphQLRequest) -> PreparedQuery:
        """Returns the prepared plan that `answer` runs."""
        return await self._prepared(await self._engine.understand(request), name_types=False)

    async def _prepared(self, validated: ValidatedRequest, *, name_types: bool) -> PreparedQuery:
        document, operation, values, shape = validated

        def make() -> plan.Plan:
            selector = Selector(
                document.fragments,
                mirror(values),
                name_types=name_types,
                most_values=self._engine.settings.complexity,
            )
            return selector.query(operation.node)

        key = (document.text, operation.name, name_types, shape)
        return await self._engine.compiled(
            key,
            make,
            lambda query: PreparedQuery(self._engine.dialect, query),
            takes_long=takes_long(document.text, values),
        )

    # --- through graphql-core -------------------------------------------------------------------

    async def answer_by_tree(self, request: GraphQLRequest, context: RequestContext) -> Answer:
        """Returns the same response by way of graphql-core, which resolves the JSON field by field.

        Introspection needs this path; tests compare it with `answer`.
        """
        validated = await self._engine.understand(request)
        return await self._answer_by_tree(validated, request, context)

    async def _answer_by_tree(
        self,
        validated: ValidatedRequest,
        request: GraphQLRequest,
        context: RequestContext,
        operation: OperationCounter = NOBODY,
    ) -> Answer:
        query = await self._prepared(validated, name_types=True)
        rows = await self._engine.run(query, validated.values, context)
        answer = self._answer_of(query, rows, context, operation)
        with self.counters.encode.timed():
            body = await self._engine.background.run(
                _resolved, self._documents.schema, validated, request, answer.body
            )
            return answer._replace(body=body)


def _resolved(
    schema: GraphQLSchema, validated: ValidatedRequest, request: GraphQLRequest, body: bytes
) -> bytes:
    """Executes the operation in graphql-core, whose resolvers read the JSON of a response."""
    result = execute_sync(
        schema,
        validated.document.node,
        root_value=orjson.loads(body)["data"],
        variable_values=dict(request.values),
        operation_name=validated.operation.name,
    )
    return orjson.dumps(_checked(result).formatted)


def _checked(result: ExecutionResult) -> ExecutionResult:
    if result.errors:
        raise result.errors[0]
    return result
