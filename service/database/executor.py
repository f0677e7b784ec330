"""What runs statements on a database. Each kind of database has its executor, in its own folder."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from service.observability.counters import Gauge, ServerState
from service.plan import Variables
from service.sql.binding import Bound, Prepared, Statement

__all__ = ["Bound", "Executor", "Prepared", "Row"]

# What an answer's statement returns: its columns, and last the revision that it was read from.
Row = Sequence[Any]


class Executor(Protocol):
    """Runs statements on one database."""

    # Whether `run_here` can return a result, on the thread of the event loop.
    answers_at_once: bool

    def newest_revision(self) -> int:
        """The newest revision known to this process, without waiting.

        Raises DatabaseUnavailable.
        """

    async def ask_newest(self) -> int:
        """The newest revision, read from the database. Raises DatabaseUnavailable."""

    def when_written(self, wake: Callable[[], None]) -> None:
        """`wake` is called, in the event loop, after each write of any process."""

    def when_interrupted(self, forget: Callable[[], None]) -> None:
        """`forget` is called, in the event loop, when the data may differ at the same revision.

        After a failover the last revisions may have been lost, and their numbers used again.
        """

    def hear(self, revision: int) -> None:
        """Takes in a revision that this process has written, before any notification."""

    def run_here(self, prepared: Prepared, variables: Variables) -> Sequence[Row] | None:
        """The row of each statement at once; None if that would take too long.

        Raises BadInput, BadCursor, TooComplex, DatabaseUnavailable.
        """

    async def run(
        self, prepared: Prepared, variables: Variables, at_least: int = 0
    ) -> Sequence[Row]:
        """The row of each statement, all from one snapshot, at this revision or a later one.

        Raises BadInput, BadCursor, TooComplex, TimedOut, DatabaseUnavailable.
        """

    async def run_on_new_connection(
        self, prepared: Prepared, variables: Variables
    ) -> Sequence[Row]:
        """The same through a new connection, which shows whether one can be opened."""

    async def find(self, statement: Statement, variables: Variables) -> Row | None:
        """The row of a look-up by key, from the newest snapshot."""

    async def revision_at(self, time: str) -> int:
        """The newest revision at a time; 0 before the first."""

    def servers(self) -> Iterable[ServerState]:
        """Each server with its connections, for the metrics."""

    def gauges(self) -> Iterable[Gauge]:
        """Further metrics that only this kind of database has."""

    async def start(self) -> None:
        """Begins to listen for writes of other processes; otherwise the first query does."""

    async def close(self) -> None:
        """Waits for the queries in progress, and closes every connection."""
