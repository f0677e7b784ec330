"""An executor that takes on so many questions at a time, and refuses the next one at once."""

from collections.abc import Callable, Iterable, Sequence

from service.database.concurrency_limit import ConcurrencyLimit
from service.database.executor import Executor, Prepared, Row
from service.observability.counters import ServerState
from service.plan import Variables
from service.sql.binding import Statement


class BoundedExecutor:
    """Another executor, for questions that clients wait for.

    What is answered at once needs no place: nothing else is under way meanwhile.
    """

    def __init__(self, executor: Executor, places: ConcurrencyLimit) -> None:
        """`places` raises Overloaded."""
        self._executor = executor
        self._places = places
        self.answers_at_once = executor.answers_at_once
        # Asked by every request, so without a detour.
        self.newest_revision = executor.newest_revision
        self.run_here = executor.run_here

    async def run(
        self, prepared: Prepared, variables: Variables, at_least: int = 0
    ) -> Sequence[Row]:
        """The row of each statement. Raises Overloaded where too much is under way."""
        # No `with`: its generator would be a tenth of what a short question takes here.
        self._places.enter()
        try:
            return await self._executor.run(prepared, variables, at_least)
        finally:
            self._places.leave()

    async def run_anew(self, prepared: Prepared, variables: Variables) -> Sequence[Row]:
        """The same through a connection of its own."""
        return await self._executor.run_anew(prepared, variables)

    async def find(self, statement: Statement, variables: Variables) -> Row | None:
        """The row of a statement that looks one key up."""
        return await self._executor.find(statement, variables)

    async def ask_newest(self) -> int:
        """The number of the newest revision, asked of the database now."""
        return await self._executor.ask_newest()

    async def revision_at(self, time: str) -> int:
        """The number of the revision that was the newest at a time."""
        return await self._executor.revision_at(time)

    def servers(self) -> Iterable[ServerState]:
        """Each server with its connections."""
        return self._executor.servers()

    def when_written(self, wake: Callable[[], None]) -> None:
        """Whom to tell when somebody has written."""
        self._executor.when_written(wake)

    def when_interrupted(self, forget: Callable[[], None]) -> None:
        """Whom to tell when other data may be there than was asked before."""
        self._executor.when_interrupted(forget)

    def hear(self, revision: int) -> None:
        """Somebody has written this revision."""
        self._executor.hear(revision)

    async def start(self) -> None:
        """Begins to follow who else writes."""
        await self._executor.start()

    async def close(self) -> None:
        """Closes every connection."""
        await self._executor.close()
