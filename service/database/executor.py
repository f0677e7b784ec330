"""The interface for running statements on a database, implemented for each kind of database."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from service.observability.counters import Gauge, ServerState
from service.plan import Variables
from service.sql.binding import Bound, Prepared, Statement

__all__ = ["Bound", "Executor", "Prepared", "Row"]

# The result of a query's statement: its columns, the last of which is the revision it read.
Row = Sequence[Any]


class Executor(Protocol):
    """Runs statements on one database."""

    # Whether `run_here` can return a result. It runs on the thread of the event loop.
    answers_at_once: bool

    def newest_revision(self) -> int:
        """The newest revision known to this process, without waiting.

        Raises DatabaseUnavailable.
        """

    async def ask_newest(self) -> int:
        """The newest revision, read from the database. Raises DatabaseUnavailable."""

    def when_written(self, wake: Callable[[], None]) -> None:
        """Registers `wake`, which is called, in the event loop, after each write of any process."""

    def when_interrupted(self, forget: Callable[[], None]) -> None:
        """Registers `forget`, called in the event loop when data may differ at the same revision.

        A failover may lose the last revisions, and later writes use their numbers again.
        """

    def hear(self, revision: int) -> None:
        """Updates the newest revision after a write of this process, before any notification."""

    def run_here(self, prepared: Prepared, variables: Variables) -> Sequence[Row] | None:
        """Runs each statement on this thread; returns None if that would take too long.

        Raises BadInput, BadCursor, TooComplex, DatabaseUnavailable.
        """

    async def run(
        self, prepared: Prepared, variables: Variables, at_least: int = 0
    ) -> Sequence[Row]:
        """The row of each statement, all from one snapshot.

        `at_least`: the revision that the snapshot must contain. Raises BadInput, BadCursor,
        TooComplex, TimedOut, DatabaseUnavailable.
        """

    async def run_on_new_connection(
        self, prepared: Prepared, variables: Variables
    ) -> Sequence[Row]:
        """Like `run`, on a new connection, which shows whether one can be opened."""

    async def find(self, statement: Statement, variables: Variables) -> Row | None:
        """The row of a look-up by key, from the newest snapshot; None if there is none."""

    async def revision_at(self, time: str) -> int:
        """The newest revision at a time; 0 before the first."""

    def servers(self) -> Iterable[ServerState]:
        """Each server with its connections, for the metrics."""

    def gauges(self) -> Iterable[Gauge]:
        """Further metrics that only this kind of database has."""

    async def start(self) -> None:
        """Begins to listen for writes of other processes; without this, the first query does."""

    async def close(self) -> None:
        """Waits for the queries in progress, and closes every connection."""
