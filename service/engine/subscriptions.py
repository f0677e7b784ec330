"""Subscriptions: for each revision that changed something that matters, one event.

An event is the answer to `changes` of that one revision. It is made once, whoever asks for it: all
who follow the same share it.
"""

import asyncio
from collections.abc import Hashable, Mapping
from typing import Any

import orjson
from cachetools import LRUCache

from service import plan
from service.auth.callers import Caller
from service.database.executor import Executor, Prepared
from service.documents.documents import Asked, Documents, GraphQLRequest
from service.engine.answer_cache import Answer, AnswerCache
from service.engine.as_of import check_since
from service.engine.budget import check_budget, cost_of
from service.engine.queries import Queries, fill_gaps, parts_of
from service.errors import AllyGraphError
from service.planning.arguments import fill, mirror
from service.planning.selection import Selector
from service.settings import Settings
from service.sql.compile import compile_root
from service.sql.dialect import Dialect
from service.writing.request import WriteRequest

_NOTHING = b""


class PlannedSubscription:
    """A subscription with its two statements, for every request of its shape."""

    def __init__(self, dialect: Dialect, following: plan.Following) -> None:
        """One finds the next revision that matters, the other tells of it."""
        self.since = following.since
        self.cost = cost_of((following.event,))
        self.next = Prepared((compile_root(dialect, following.next),))
        self.event = Prepared((compile_root(dialect, following.event),))
        self.parts = parts_of((following.event,))


class Subscriptions:
    """Opens subscriptions, and answers whatever else comes over a connection that stays open."""

    def __init__(
        self,
        settings: Settings,
        dialect: Dialect,
        executor: Executor,
        documents: Documents,
        questions: Queries,
        cache: AnswerCache,
    ) -> None:
        """Nothing is followed yet. `cache` keeps the events."""
        self._settings = settings
        self._dialect = dialect
        self._executor = executor
        self._documents = documents
        self._questions = questions
        self._plans: LRUCache[Hashable, PlannedSubscription] = LRUCache(settings.plans)
        self._events = cache
        self._sought: dict[Hashable, asyncio.Task[Answer]] = {}

    async def open(self, question: GraphQLRequest, caller: Caller) -> "Subscription | bytes":
        """The subscription that is asked for, or the whole answer to what is none.

        Raises AllyGraphError.
        """
        asked = self._documents.understand(question)
        if not asked.operation.is_subscription:
            answer = await self._questions.answer(question, WriteRequest(caller))
            answer.tally.answered += 1
            return answer.body
        tally = self._questions.measures.operation(asked.operation.name)
        try:
            opened = await self._open(asked)
        except AllyGraphError as error:
            error.operation = tally.name
            raise
        tally.answered += 1
        return opened

    async def _open(self, asked: Asked) -> "Subscription":
        planned = self._planned(asked)
        values = {**asked.values, plan.EVENT_SINCE: 0, plan.EVENT_UNTIL: 0}
        check_budget(self._settings, planned.cost(values))
        revision = self._executor.newest_revision()
        if planned.since:
            await check_since(self._executor, (planned.since,), values)
            revision = planned.since.read(fill(planned.since.source, values))
        return Subscription(self, planned, values, self._name(asked), revision)

    def _planned(self, asked: Asked) -> PlannedSubscription:
        key = (asked.document.text, asked.operation.name, asked.shape)
        planned = self._plans.get(key)
        if planned is None:
            selector = Selector(asked.document.fragments, mirror(asked.values))
            following = selector.subscription(asked.operation.node)
            planned = self._plans[key] = PlannedSubscription(self._dialect, following)
        return planned

    def _name(self, asked: Asked) -> Hashable:
        """What two subscriptions have in common that are told the same."""
        values = orjson.dumps(asked.values, default=str, option=orjson.OPT_SORT_KEYS)
        return asked.document.text, asked.operation.name, values

    async def event_after(
        self, planned: PlannedSubscription, values: Mapping[str, Any], name: Hashable, revision: int
    ) -> Answer:
        """The next event; without a body where there is none up to its revision."""
        newest = self._executor.newest_revision()
        if newest <= revision:
            return Answer(_NOTHING, newest)
        key = (name, revision)
        kept: Answer | None = self._events.get(newest, key)
        if kept is None:
            kept = await self._sought_once(planned, values, (newest, *key))
            self._events.keep(newest, key, len(kept.body), kept)
        return kept

    async def _sought_once(
        self, planned: PlannedSubscription, values: Mapping[str, Any], key: tuple[Any, ...]
    ) -> Answer:
        """A thousand who wait for the same event ask the database once."""
        task = self._sought.get(key)
        if task is None:
            newest, *_, revision = key
            task = asyncio.create_task(self._seek(planned, values, newest, revision))
            self._sought[key] = task
            task.add_done_callback(lambda _: self._sought.pop(key))
        return await asyncio.shield(task)

    async def _seek(
        self, planned: PlannedSubscription, values: Mapping[str, Any], newest: int, revision: int
    ) -> Answer:
        values = {**values, plan.EVENT_SINCE: revision}
        with self._questions.measures.sql.timed():
            (row,) = await self._executor.run(planned.next, values, newest)
        found = orjson.loads(row[0])["nodes"]
        if not found:
            return Answer(_NOTHING, newest)
        number: int = found[0]["revision"]["number"]
        bounds = {plan.EVENT_SINCE: number - 1, plan.EVENT_UNTIL: number}
        with self._questions.measures.sql.timed():
            rows = await self._executor.run(planned.event, {**values, **bounds}, newest)
        return Answer(fill_gaps(planned.parts, rows), number)


class Subscription:
    """One subscription. It holds where it began and nothing of what was told since."""

    def __init__(
        self,
        subscriptions: Subscriptions,
        planned: PlannedSubscription,
        values: Mapping[str, Any],
        name: Hashable,
        revision: int,
    ) -> None:
        """`revision`: after which it begins."""
        self._subscriptions = subscriptions
        self._planned = planned
        self._values = values
        self._name = name
        self.revision = revision

    async def answer_after(self, revision: int) -> tuple[int, bytes | None]:
        """The next event after a revision, and the revision it is about.

        Without an event: the newest revision, up to which nothing that matches has happened.
        """
        event = await self._subscriptions.event_after(
            self._planned, self._values, self._name, revision
        )
        return event.revision, event.body or None
