"""Subscriptions: one event for each revision with a matching change.

An event is the result of `changes` for that one revision. It is read once for all subscribers of
the same operation.
"""

import asyncio
from collections.abc import Hashable
from typing import Any, NamedTuple

import orjson

from service import plan
from service.documents.documents import GraphQLRequest, ValidatedRequest
from service.engine.answer_cache import Answer, AnswerCache
from service.engine.as_of import check_since, refused_as_of
from service.engine.budget import check_budget
from service.engine.complexity import check_complexity
from service.engine.engine import Engine
from service.engine.prepared_plans import PreparedPlan, PreparedQuery, join_response
from service.engine.queries import Queries
from service.errors import AllyGraphError
from service.planning.arguments import fill, mirror
from service.planning.selection import Selector
from service.request.context import RequestContext
from service.sql.dialect import Dialect

_NO_EVENT = b""
# The maximum number of events that are read at once. Each write causes an event for each operation,
# and queries that clients wait for need the other threads or connections.
_SEARCHES_MOST = 2


class PreparedSubscription:
    """A subscription with its two plans, ready for every request of its shape."""

    def __init__(self, dialect: Dialect, following: plan.Following) -> None:
        """Compiles two plans: `next` finds the next matching revision, `event` reads its event."""
        self.since = following.since
        self.next = PreparedPlan(dialect, plan.Plan((following.next,)))
        self.event = PreparedQuery(dialect, plan.Plan((following.event,)))
        self.fixed_cost = self.event.fixed_cost

    @property
    def characters(self) -> int:
        """The length of the SQL, in characters."""
        return self.next.characters + self.event.characters


class SubscriptionKey(NamedTuple):
    """Identifies subscriptions that have the same events."""

    document: str
    operation: str | None
    values: bytes


class Subscriptions:
    """Opens subscriptions, and executes the other operations of WebSockets and event streams."""

    def __init__(self, engine: Engine, queries: Queries, cache: AnswerCache) -> None:
        """`cache`: caches the events."""
        self.newest_revision = engine.newest_revision
        self._engine = engine
        self._queries = queries
        self._events = cache
        self._searches: dict[Hashable, asyncio.Task[Answer]] = {}
        self._searching = asyncio.Semaphore(_SEARCHES_MOST)

    async def open(
        self, request: GraphQLRequest, context: RequestContext
    ) -> "Subscription | bytes":
        """Opens a subscription, or returns the whole response to a query or a mutation.

        Raises AllyGraphError.
        """
        validated = await self._engine.understand(request)
        if not validated.operation.is_subscription:
            answer = await self._queries.answer(request, context)
            answer.operation.answered += 1
            return _with_as_of(answer)
        if context.as_of is not None:
            raise refused_as_of()
        operation = self._engine.counters.operation(validated.operation.name)
        try:
            opened = await self._open(validated)
        except AllyGraphError as error:
            error.operation = operation.name
            raise
        operation.answered += 1
        return opened

    async def _open(self, validated: ValidatedRequest) -> "Subscription":
        prepared = await self._prepared(validated)
        values = {**validated.values, plan.EVENT_SINCE: 0, plan.EVENT_UNTIL: 0}
        check_budget(self._engine.settings, prepared.event.cost(values))
        revision = self.newest_revision()
        if prepared.since:
            await check_since(self._engine.executor, (prepared.since,), values)
            revision = prepared.since.read(fill(prepared.since.source, values))
        return Subscription(self, prepared, values, _key_of(validated), revision)

    async def _prepared(self, validated: ValidatedRequest) -> PreparedSubscription:
        document, operation, values, shape = validated

        def make() -> PreparedSubscription:
            settings = self._engine.settings
            selector = Selector(document.fragments, mirror(values), most_values=settings.complexity)
            following = selector.subscription(operation.node)
            check_complexity(settings, (following.next, following.event))
            return PreparedSubscription(self._engine.dialect, following)

        key = ("subscription", document.text, operation.name, shape)
        return await self._engine.cached_in_background(key, make)

    async def event_after(self, subscription: "Subscription", revision: int) -> Answer:
        """Returns the next event, or without one an empty body with the newest revision."""
        newest = self.newest_revision()
        if newest <= revision:
            return Answer(_NO_EVENT, newest)
        key = (subscription.key, revision)
        event: Answer | None = self._events.get(newest, key)
        if event is None:
            event = await self._search_once(subscription, revision, newest)
            self._events.keep(newest, key, len(event.body), event)
        return event

    async def _search_once(
        self, subscription: "Subscription", revision: int, newest: int
    ) -> Answer:
        """Searches for an event; subscribers that wait for the same event share one search."""
        key = (newest, subscription.key, revision)
        task = self._searches.get(key)
        if task is None:
            task = asyncio.create_task(self._search(subscription, revision, newest))
            self._searches[key] = task
            task.add_done_callback(lambda _: self._searches.pop(key))
        return await asyncio.shield(task)

    async def _search(self, subscription: "Subscription", revision: int, newest: int) -> Answer:
        prepared, context = subscription.prepared, RequestContext(seen=newest)
        values = {**subscription.values, plan.EVENT_SINCE: revision}
        async with self._searching:
            ((number, _),) = await self._engine.run(prepared.next, values, context, limited=False)
            if number is None:
                return Answer(_NO_EVENT, newest)
            values |= {plan.EVENT_SINCE: number - 1, plan.EVENT_UNTIL: number}
            rows = await self._engine.run(prepared.event, values, context, limited=False)
        return Answer(join_response(prepared.event.parts, rows), number)


class Subscription:
    """One subscription. It stores the revision at which it began, but not what it has sent."""

    def __init__(
        self,
        subscriptions: Subscriptions,
        prepared: PreparedSubscription,
        values: dict[str, Any],
        key: SubscriptionKey,
        revision: int,
    ) -> None:
        """`revision`: the subscription begins after this revision."""
        self._subscriptions = subscriptions
        self.prepared = prepared
        self.values = values
        self.key = key
        self.revision = revision

    async def answer_after(self, revision: int) -> tuple[int, bytes | None]:
        """Returns the next event after a revision, and the event's revision.

        Without an event: None, and the newest revision, up to which no change matches.
        """
        event = await self._subscriptions.event_after(self, revision)
        return event.revision, event.body or None


def _with_as_of(answer: Answer) -> bytes:
    """Adds the revision that the request names to the body: a stream has no header for it."""
    if answer.as_of is None:
        return answer.body
    return answer.body[:-1] + b',"extensions":{"asOf":%d}}' % answer.as_of


def _key_of(validated: ValidatedRequest) -> SubscriptionKey:
    values = orjson.dumps(validated.values, default=str, option=orjson.OPT_SORT_KEYS)
    return SubscriptionKey(validated.document.text, validated.operation.name, values)
