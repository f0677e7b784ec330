"""Follows the data: defines a subscription, and wakes subscribers after new revisions.

There are no queues. A subscriber reads the event after the revision it has seen once its client has
read the event before. So a slow subscriber does not delay others, and a client that reconnects with
the last revision it has seen misses no event.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, aclosing, contextmanager, suppress
from contextvars import Context
from typing import Protocol

from service.database.concurrency_limit import ConcurrencyLimit
from service.documents.documents import GraphQLRequest
from service.errors import AllyGraphError, TooManySubscriptions
from service.observability.counters import Counters
from service.observability.log import Event, log
from service.request.context import RequestContext

# How often the database is polled for the writes of other processes, in seconds.
_POLL_SECONDS = 0.05
# The same interval while the database is unavailable.
_UNAVAILABLE_POLL_SECONDS = 1.0
# How long clients have to read the last message before the process ends, in seconds.
_CLOSING_SECONDS = 1.0

_SUBSCRIBERS = "Operations that are open over WebSockets and event streams."
_OPEN = "WebSockets and event streams that are open."

Leave = Callable[[], Awaitable[None]]


class Subscription(Protocol):
    """One subscription, which finds the events after a revision."""

    @property
    def revision(self) -> int:
        """The revision after which the subscription begins."""

    async def answer_after(self, revision: int) -> tuple[int, bytes | None]:
        """Returns the next event after a revision as JSON text, and the event's revision.

        Returns None and the newest revision if no change matches. Raises AllyGraphError.
        """


class OperationSource(Protocol):
    """Opens operations."""

    async def open(self, request: GraphQLRequest, context: RequestContext) -> Subscription | bytes:
        """Opens a subscription, or returns the whole response to a query or a mutation.

        Raises AllyGraphError.
        """


class Revisions:
    """Reads the newest revision, and wakes the tasks that wait for a newer one."""

    def __init__(self, current_revision: Callable[[], int]) -> None:
        """`current_revision`: is called often, so it must be fast; it may raise AllyGraphError."""
        self._current_revision = current_revision
        self._known = -1
        self._changed = asyncio.Event()
        self._waiting = 0
        self._watch: asyncio.Task[None] | None = None

    def newest(self) -> int:
        """Returns the newest revision, and wakes the waiting tasks if it has changed.

        Raises AllyGraphError.
        """
        revision = self._current_revision()
        if revision != self._known:
            self._known = revision
            # One event wakes all waiting tasks.
            self._changed.set()
            self._changed = asyncio.Event()
        return revision

    def wake(self) -> None:
        """Wakes the subscribers at once. Call it after each write of this process."""
        # If reading fails, the poll finds the revision a moment later.
        with suppress(AllyGraphError):
            self.newest()

    async def wait_beyond(self, revision: int) -> int:
        """Waits for a revision newer than this one, and returns the newest."""
        self._waiting += 1
        if self._watch is None:
            # In an empty context, so that its log lines do not name the request that started it.
            watching = self._poll()
            self._watch = asyncio.create_task(watching, context=Context())
        try:
            while self._known <= revision:
                await self._changed.wait()
        finally:
            self._waiting -= 1
        return self._known

    async def _poll(self) -> None:
        """Polls as long as tasks wait.

        Survives every error, because only the poll wakes those tasks.
        """
        was_available = True
        while self._waiting:
            is_available = self._poll_once(log_errors=was_available)
            await asyncio.sleep(_POLL_SECONDS if is_available else _UNAVAILABLE_POLL_SECONDS)
            was_available = is_available
        self._watch = None

    def _poll_once(self, *, log_errors: bool) -> bool:
        """Reads the newest revision; returns whether the database answers."""
        try:
            self.newest()
        except AllyGraphError as error:
            if log_errors:
                log.error(Event.DATABASE_UNAVAILABLE, reason=str(error))
            return False
        except Exception:
            if log_errors:
                log.exception(Event.FAULT, task="watching for new revisions")
            return False
        return True


async def follow(subscription: Subscription, revisions: Revisions) -> AsyncGenerator[bytes]:
    """Yields the events after the revision at which the subscription begins, in order, without end.

    Raises AllyGraphError.
    """
    revision = subscription.revision
    while True:
        revision, body = await subscription.answer_after(revision)
        if body is None:
            await revisions.wait_beyond(revision)
        else:
            yield body
            # A subscriber that catches up on many events must let other tasks run.
            await asyncio.sleep(0)


class Live:
    """What all open connections share: the source of operations, their limits and the shutdown."""

    def __init__(
        self,
        source: OperationSource,
        revisions: Revisions,
        most: int,
        counters: Counters | None = None,
        most_each: int | None = None,
    ) -> None:
        """`most`: the limit of open connections, and of open operations.

        `most_each`: the limit for one client.
        """
        self.counters = counters or Counters()
        self.counters.watch("subscribers", _SUBSCRIBERS, "sum", lambda: self._operations.taken)
        self.counters.watch("live_connections", _OPEN, "sum", lambda: len(self._connections))
        self.source = source
        self.revisions = revisions
        self.is_ending = False
        # Set when the process is about to stop but still serves.
        self.is_draining = False
        self._operations = _limit(most, most_each)
        self._open = _limit(most, most_each)
        self._connections: set[Leave] = set()
        self._all_have_left = asyncio.Event()

    async def answers(
        self, request: GraphQLRequest, context: RequestContext
    ) -> AsyncGenerator[bytes]:
        """Yields the response to a query or a mutation, or every event of a subscription.

        Raises AllyGraphError.
        """
        opened = await self.source.open(request, context)
        if isinstance(opened, bytes):
            yield opened
            return
        async with aclosing(follow(opened, self.revisions)) as events:
            async for body in events:
                yield body

    def operation(self, client: str = "") -> AbstractContextManager[None]:
        """Counts an operation while it is open. Raises TooManySubscriptions."""
        return self._operations.take(client)

    @contextmanager
    def connection(self, leave: Leave, client: str = "") -> Iterator[None]:
        """Counts a connection while it is open. `leave`: closes it when the process stops.

        Raises TooManySubscriptions.
        """
        with self._open.take(client):
            self._connections.add(leave)
            try:
                yield
            finally:
                self._connections.discard(leave)
                if not self._connections:
                    self._all_have_left.set()

    async def end(self) -> None:
        """Closes every connection, and gives clients a moment to read the last message."""
        self.is_ending = True
        if not self._connections:
            return
        self._all_have_left.clear()
        closings = [asyncio.ensure_future(leave()) for leave in self._connections]
        with suppress(TimeoutError):
            async with asyncio.timeout(_CLOSING_SECONDS):
                await asyncio.gather(*closings, self._all_have_left.wait(), return_exceptions=True)


def _limit(most: int, most_each: int | None) -> ConcurrencyLimit:
    full = (
        f"This process serves {most} subscriptions at a time, and that many are open; "
        "subscribe again after as many seconds as Retry-After says."
    )
    full_each = (
        f"A client may have at most {most_each} subscriptions at a time; end another one first."
    )
    return ConcurrencyLimit(
        most, lambda: TooManySubscriptions(full), most_each, lambda: TooManySubscriptions(full_each)
    )
