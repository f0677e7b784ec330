"""Following the data: what a subscription is, and how it learns that there is something new.

Nothing is put into a queue for a subscriber. Each one pulls the event that comes after the revision
it has seen, when it has handed the one before to its client; so one that is slow costs nobody
anything, and one that comes back with the last revision it saw has missed nothing.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, aclosing, contextmanager, suppress
from contextvars import Context
from typing import Protocol

from service.auth.callers import Caller
from service.database.concurrency_limit import ConcurrencyLimit
from service.documents.documents import GraphQLRequest
from service.errors import AllyGraphError, TooManySubscriptions
from service.observability.counters import Counters
from service.observability.log import Event, log

# How often the database is asked whether another process has written to it, in seconds.
_ASKED_EVERY = 0.05
# The same where it does not answer.
_ASKED_IN_TROUBLE = 1.0
# How long clients have to read the last message before the process goes on to end, in seconds.
_FAREWELL_SECONDS = 1.0

_SUBSCRIBERS = "Operations that are open over WebSockets and event streams."
_OPEN = "WebSockets and event streams that are open."

Leave = Callable[[], Awaitable[None]]


class Subscription(Protocol):
    """One subscription, as whoever answers questions sees it."""

    @property
    def revision(self) -> int:
        """The revision after which it begins."""

    async def answer_after(self, revision: int) -> tuple[int, bytes | None]:
        """The next event after a revision: the revision it is about, and the answer as JSON text.

        Where nothing that matches has happened since: the newest revision, and None. Raises
        AllyGraphError.
        """


class OperationSource(Protocol):
    """Whoever answers questions."""

    async def open(self, question: GraphQLRequest, caller: Caller) -> Subscription | bytes:
        """A subscription; or the whole answer, where a query or a mutation was asked.

        Raises AllyGraphError.
        """


class Revisions:
    """Knows the newest revision, and wakes whoever waits for a newer one."""

    def __init__(self, current_revision: Callable[[], int]) -> None:
        """`current_revision` is asked often, so it has to be quick. It may raise AllyGraphError."""
        self._current_revision = current_revision
        self._known = -1
        self._changed = asyncio.Event()
        self._waiting = 0
        self._watch: asyncio.Task[None] | None = None

    def newest(self) -> int:
        """The number of the newest revision. Raises AllyGraphError."""
        revision = self._current_revision()
        if revision != self._known:
            self._known = revision
            # All who wait wait for this one event: a thousand are woken as one is.
            self._changed.set()
            self._changed = asyncio.Event()
        return revision

    def wake(self) -> None:
        """To be called when this process has written: its subscribers hear of it at once."""
        # Where it fails, whoever watches for the others finds it in a moment.
        with suppress(AllyGraphError):
            self.newest()

    async def wait_beyond(self, revision: int) -> int:
        """Waits for a revision newer than this one, and gives the newest."""
        self._waiting += 1
        if self._watch is None:
            # For all who will ever wait: its lines in the log belong to no request.
            watching = self._ask_again_and_again()
            self._watch = asyncio.create_task(watching, context=Context())
        try:
            while self._known <= revision:
                await self._changed.wait()
        finally:
            self._waiting -= 1
        return self._known

    async def _ask_again_and_again(self) -> None:
        """As long as somebody waits. Whatever goes wrong, it must go on: nobody else wakes them."""
        was_well = True
        while self._waiting:
            is_well = self._ask(tell=was_well)
            await asyncio.sleep(_ASKED_EVERY if is_well else _ASKED_IN_TROUBLE)
            was_well = is_well
        self._watch = None

    def _ask(self, *, tell: bool) -> bool:
        """Whether the database answers; where it does not, the log is told if `tell` says so."""
        try:
            self.newest()
        except AllyGraphError as error:
            if tell:
                log.error(Event.DATABASE_UNAVAILABLE, reason=str(error))
            return False
        except Exception:
            if tell:
                log.exception(Event.FAULT, task="watching for new revisions")
            return False
        return True


async def follow(subscription: Subscription, revisions: Revisions) -> AsyncGenerator[bytes]:
    """Each event after the subscription's own revision, in order, each once. It has no end.

    Raises AllyGraphError.
    """
    revision = subscription.revision
    while True:
        revision, body = await subscription.answer_after(revision)
        if body is None:
            await revisions.wait_beyond(revision)
        else:
            yield body
            # Who has much to catch up on lets everybody else have a turn after each event.
            await asyncio.sleep(0)


class Live:
    """What all connections that stay open share: whom to ask, their number, and their end."""

    def __init__(
        self,
        source: OperationSource,
        revisions: Revisions,
        most: int,
        measures: Counters | None = None,
        most_each: int | None = None,
    ) -> None:
        """`most`: how many connections, and how many operations, there may be at a time.

        `most_each`: how many of one client.
        """
        self.measures = measures or Counters()
        self.measures.watch("subscribers", _SUBSCRIBERS, "sum", lambda: self._operations.taken)
        self.measures.watch("live_connections", _OPEN, "sum", lambda: len(self._connections))
        self.source = source
        self.revisions = revisions
        self.is_ending = False
        self._operations = _places(most, most_each)
        self._places = _places(most, most_each)
        self._connections: set[Leave] = set()
        self._all_have_left = asyncio.Event()

    async def answers(self, question: GraphQLRequest, caller: Caller) -> AsyncGenerator[bytes]:
        """The one answer to a query or a mutation, or every event of a subscription.

        Raises AllyGraphError.
        """
        opened = await self.source.open(question, caller)
        if isinstance(opened, bytes):
            yield opened
            return
        async with aclosing(follow(opened, self.revisions)) as events:
            async for body in events:
                yield body

    def operation(self, client: str = "") -> AbstractContextManager[None]:
        """A place for one operation. Raises TooManySubscriptions where there is none."""
        return self._operations.take(client)

    @contextmanager
    def connection(self, leave: Leave, client: str = "") -> Iterator[None]:
        """A place for one connection, which calls `leave` when the process is told to stop.

        Raises TooManySubscriptions where there is none.
        """
        with self._places.take(client):
            self._connections.add(leave)
            try:
                yield
            finally:
                self._connections.discard(leave)
                if not self._connections:
                    self._all_have_left.set()

    async def end(self) -> None:
        """Ends every connection, and waits a moment for those who read what is sent to them."""
        self.is_ending = True
        if not self._connections:
            return
        self._all_have_left.clear()
        farewells = [asyncio.ensure_future(leave()) for leave in self._connections]
        with suppress(TimeoutError):
            async with asyncio.timeout(_FAREWELL_SECONDS):
                await asyncio.gather(*farewells, self._all_have_left.wait(), return_exceptions=True)


def _places(most: int, most_each: int | None) -> ConcurrencyLimit:
    full = (
        f"This process serves {most} subscriptions at a time, and that many are open; "
        "try again later."
    )
    full_each = f"A client may have {most_each} subscriptions at a time here; end one of yours."
    return ConcurrencyLimit(
        most, lambda: TooManySubscriptions(full), most_each, lambda: TooManySubscriptions(full_each)
    )
