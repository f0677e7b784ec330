"""The engine: shape -> plan -> statements -> budget -> as-of -> run.

Every read of either API takes this path. The engine makes a plan with its statements once for each
shape, and caches it here.
"""

import asyncio
import time
from collections.abc import Callable, Hashable, Sequence
from functools import partial
from threading import Lock
from time import perf_counter
from typing import Any, TypeVar

from schema.graphql.schema import graphql_schema
from service import plan
from service.database import Database, database_at
from service.database.concurrency_limit import query_limit
from service.database.executor import Row
from service.database.executors import ask_within, open_executor
from service.documents.documents import Documents, GraphQLRequest, ValidatedRequest
from service.documents.recently_used import RecentlyUsed
from service.engine.as_of import check_since, earlier_revision
from service.engine.background import Background, has_many, takes_long
from service.engine.budget import check_budget
from service.engine.complexity import check_complexity, check_lists
from service.engine.panels import accepted
from service.engine.prepared_plans import Cached, PreparedPlan, compiled, size_of
from service.engine.turns import Turns
from service.errors import TooComplex
from service.observability.counters import QUICK, Counters
from service.request.connection import CancelledOnClose
from service.request.context import RequestContext
from service.settings import Settings
from service.sql.binding import Prepared, Statement
from service.writing.transaction import Transaction
from service.writing.writer import Writer

# Compiling a plan of a higher complexity takes more than about 5 milliseconds.
_QUICKLY_COMPILED = 50
# Binding lists with more values takes more than about 5 milliseconds too.
_QUICKLY_BOUND = 1_000
_NEWEST = Prepared((Statement("SELECT max(number) FROM revision", (), ()),))


Made = TypeVar("Made", bound=Cached)


class Engine:
    """Plans, runs and writes on one database."""

    def __init__(self, settings: Settings, database: Database, *, reads_once: bool = False) -> None:
        """Opens the database. Raises StartError or DatabaseUnavailable."""
        # Builds what may fail before it opens the database, so that a failure leaves nothing open.
        self.documents = Documents(graphql_schema(), settings)
        self.settings = settings
        self.database = database
        self.dialect = database.dialect
        self.counters = Counters()
        self.executor = open_executor(database, settings, reads_once=reads_once)
        self.writer = Writer(database, settings, self.executor.hear, self.counters.write)
        # Bound methods as attributes: every request calls them, and so saves one call each.
        self.newest_revision = self.executor.newest_revision
        self.answers_at_once = self.executor.answers_at_once
        self._run_here = self.executor.run_here
        self._sql = self.counters.sql
        self._limit = query_limit(settings.questions)
        self.background = Background(settings.seconds)
        self._turns = Turns(settings.seconds)
        self._plans: RecentlyUsed[Hashable, Any] = RecentlyUsed(settings.plan_cache_bytes)
        # A write may look up its plan in another thread.
        self._lock = Lock()
        self.counters.watch(
            "questions_under_way",
            "Questions that wait for the database.",
            "sum",
            lambda: self._limit.taken,
        )

    @classmethod
    def open(cls, settings: Settings, *, reads_once: bool = False) -> "Engine":
        """Opens the engine on the database of the settings.

        `reads_once`: for a process that reads the database from its beginning to its end.
        Raises StartError if this version cannot serve the database.
        """
        database = database_at(settings.database_url)
        database.check()
        return cls(settings, database, reads_once=reads_once)

    # --- plans ----------------------------------------------------------------------------------

    def cached(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Returns the cached plan of this key, or what `make` makes.

        Raises OverBudget if its fixed cost is too high.
        """
        found: Made | None = self._found(key)
        if found is None:
            with self.counters.plan.timed():
                found = make()
            self._keep(key, found)
        check_budget(self.settings, found.fixed_cost or 0)
        return found

    async def cached_in_background(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Like `cached`, but calls `make` in the background. Raises OverBudget or TooComplex."""
        found: Made | None = self._found(key)
        if found is None:
            with self.counters.plan.timed():
                found = await self.background.run_once(key, make)
            self._keep(key, found)
        check_budget(self.settings, found.fixed_cost or 0)
        return found

    async def prepare(self, key: Hashable, make: Callable[[], plan.Plan]) -> PreparedPlan:
        """Returns the prepared plan of this key. Raises OverBudget or TooComplex."""
        return await self.compiled(key, make, lambda query: PreparedPlan(self.dialect, query))

    async def understand(self, request: GraphQLRequest) -> ValidatedRequest:
        """Parses and validates a request; in the background if that takes long.

        Raises QueryError, MalformedBody, MethodNotAllowed or DocumentNotAllowed.
        """
        has_read = self.documents.has_read(request.document)
        if has_many(request.values):
            return await self.background.run(self.documents.understand, request)
        if has_read:
            return self.documents.understand(request)
        if takes_long(request.document, {}):
            document, name, values, *others = request
            key = document, name, repr(values), *others
            return await self.background.run_once(key, self.documents.understand, request)
        return await self._turns.run(self.documents.understand, request)

    async def compiled(
        self,
        key: Hashable,
        make: Callable[[], plan.Plan],
        compile_: Callable[[plan.Plan], Made],
        *,
        takes_long: bool = False,
    ) -> Made:
        """Returns the cached result of this key, or compiles the plan that `make` makes.

        Compiles in the background if the plan is complex. `takes_long`: whether making the plan
        takes long as well, and so also runs in the background. Raises OverBudget or TooComplex.
        """
        found: Made | None = self._found(key)
        if found is None:
            with self.counters.plan.timed():
                found = await self._compile(key, make, compile_, takes_long)
            self._keep(key, found)
        check_budget(self.settings, found.fixed_cost or 0)
        return found

    def _found(self, key: Hashable) -> Any:
        with self._lock:
            return self._plans.get(key)

    def _keep(self, key: Hashable, made: Cached) -> None:
        with self._lock:
            self._plans.keep_if_again(key, made, size_of(key, made))

    def forget(self, query: PreparedPlan) -> None:
        """Drops a plan that the database has refused."""
        with self._lock:
            self._plans.drop(lambda made: made is query)

    async def _compile(
        self,
        key: Hashable,
        make: Callable[[], plan.Plan],
        compile_: Callable[[plan.Plan], Made],
        takes_long: bool,
    ) -> Made:
        if takes_long:
            query, complexity = await self.background.run_once(("plan", key), self._plan, make)
        else:
            query, complexity = await self._turns.run(self._plan, make)
        if complexity <= _QUICKLY_COMPILED:
            return await self._turns.run(compile_, query)
        return await self.background.run_once(("compile", key), compile_, query)

    def _plan(self, make: Callable[[], plan.Plan]) -> tuple[plan.Plan, int]:
        """Makes a plan, and computes its complexity. Raises TooComplex."""
        query = make()
        return query, check_complexity(self.settings, query.roots)

    def is_cacheable(self, context: RequestContext, revision: int) -> bool:
        """Whether a response from this revision may be cached.

        True for the newest revision, and for an earlier one that the request names. A replica that
        lags behind reads an earlier revision without such a request, and its response is not
        cached.
        """
        return context.read_as_of is not None or revision >= self.newest_revision()

    # --- reads ----------------------------------------------------------------------------------

    async def run(
        self,
        query: PreparedPlan,
        values: plan.Variables,
        context: RequestContext,
        *,
        limited: bool = True,
    ) -> Sequence[Row]:
        """Returns one row for each statement, all of one revision, not older than `context.seen`.

        `limited`: whether the query counts against the limit of concurrent queries, as every query
        does that a client waits for. Other queries do not run on the event loop. Raises QueryError
        or AnswerError.
        """
        at_least, prepared = context.seen, query.prepared
        if not query.is_current or context.as_of is not None:
            await check_since(self.executor, query.plan.since, values)
            revision = await earlier_revision(
                self.executor, query.plan.as_of, context.as_of, values
            )
            context.read_as_of = revision
            if revision is not None:
                values, prepared = {**values, plan.AS_OF: revision}, await self._of_earlier(query)
                # The database server that answers must have reached the revision that the query
                # reads.
                at_least = max(at_least, revision)
        if query.fixed_cost is None:
            check_budget(self.settings, query.cost(values))
        if prepared.lists:
            prepared = await self._with_lists(prepared, values)
        begun = perf_counter()
        try:
            # The limit counts queries that wait; a query answered at once does not wait.
            rows = None
            if self.answers_at_once and limited:
                rows = await self._turns.run(self._run_here, prepared, values)
            if rows is None:
                rows = await self._wait_for(prepared, values, at_least, context, limited=limited)
            return accepted(rows, query.panels) if query.panels else rows
        except TooComplex:
            self.forget(query)
            raise
        finally:
            self._sql.ended(begun)

    async def _wait_for(
        self,
        prepared: Prepared,
        values: plan.Variables,
        at_least: int,
        context: RequestContext,
        *,
        limited: bool,
    ) -> Sequence[Row]:
        if not limited:
            return await self.executor.run(prepared, values, at_least)
        # No `with` statement: its generator would take a tenth of the time of a short query.
        self._limit.enter()
        try:
            if context.until_closed is None:
                return await self.executor.run(prepared, values, at_least)
            with CancelledOnClose(context.until_closed):
                return await self.executor.run(prepared, values, at_least)
        finally:
            self._limit.leave()

    async def _with_lists(self, prepared: Prepared, values: plan.Variables) -> Prepared:
        """Returns the statements, with long lists bound in the background. Raises TooComplex."""
        count = prepared.list_values(values)
        check_lists(self.settings, count)
        if count <= _QUICKLY_BOUND:
            return prepared
        bound = await self.background.run(prepared.with_values, values)
        bound.is_slow = True
        return bound

    async def _of_earlier(self, query: PreparedPlan) -> Prepared:
        if query.of_earlier is None:
            compile_ = partial(compiled, self.dialect, query.plan, as_of=True)
            with self.counters.plan.timed():
                query.of_earlier = await self.background.run(compile_)
        return query.of_earlier

    def run_at_once(
        self, query: PreparedPlan, values: plan.Variables, context: RequestContext | None
    ) -> Sequence[Row] | None:
        """Returns the rows of the newest revision without waiting, or None if that takes too long.

        `context`: of a request whose stages may be observed.
        """
        begun = perf_counter()
        if query.fixed_cost is None:
            check_budget(self.settings, query.cost(values))
        if query.prepared.lists and query.prepared.list_values(values) > _QUICKLY_BOUND:
            return None
        rows = self._run_here(query.prepared, values)
        if rows is not None:
            ended = perf_counter()
            took = ended - begun
            if took <= QUICK:
                # The usual case, on the shortest path: counting here saves a call.
                self._sql.quick += 1
                self._sql.seconds += took
            else:
                self._sql.add(took)
            if context is not None:
                context.add_stage(self._sql.name, begun, ended)
            if query.panels:
                return accepted(rows, query.panels)
        return rows

    async def newest_on_new_connection(self) -> int:
        """Reads the newest revision over a new database connection, which shows that one opens."""
        ((revision,),) = await self.executor.run_on_new_connection(_NEWEST, {})
        return int(revision)

    # --- within a write -------------------------------------------------------------------------

    def deadline(self) -> float:
        """Returns the time at which a read that begins now must end, on the monotonic clock."""
        return time.monotonic() + self.settings.seconds

    def run_within(
        self,
        transaction: Transaction,
        queries: Sequence[PreparedPlan],
        values: plan.Variables,
        deadline: float,
    ) -> Sequence[Row]:
        """Returns one row for each statement of the queries, as seen within a transaction.

        Raises TimedOut or TooComplex.
        """
        bound = [each for query in queries for each in query.prepared.bound(values)]
        if not bound:
            return []
        return ask_within(transaction.connection, bound, deadline, transaction.write_waiting)

    # --- the process ----------------------------------------------------------------------------

    async def start(self) -> None:
        """Starts to follow the writes of other processes."""
        await self.executor.start()

    async def close(self) -> None:
        """Waits for the writes in progress, and closes the database."""
        await asyncio.to_thread(self.writer.close)
        await self.executor.close()
        self.background.close()
