"""Statement batching: sends simultaneous runs of the same statement to the server in one message.

Waking a server process, and being woken by its reply, costs each side several times as much as a
look-up by key: a batch of eight costs little more than two runs that are sent separately.
`ALLYGRAPH_STATEMENT_BATCHING=false` turns this off (decision 0021).
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

from service.database.executor import Row
from service.database.postgresql.connection_lost import ConnectionLost

Values = Sequence[Any]
# Runs a statement once for each set of values. Each run returns one row, or none.
RunBatch = Callable[[str, Sequence[Values]], Awaitable[Sequence[Row]]]

# A larger batch gains little, and delays those that come later.
_MAX_SIZE = 8
# A server process runs the statements of a batch one after the other: this is the maximum duration
# of a batch, in seconds, and the maximum time that a run waits for a batch.
_MAX_SECONDS = 0.002
# The weight of the newest batch in the moving average of a statement's duration.
_WEIGHT = 0.2
# The maximum number of statements whose duration is stored.
_MAX_STATEMENTS = 2_000


class _Run:
    """One run of a statement, with the future of its row. `batch`: the batch that has sent it."""

    __slots__ = ("batch", "row", "values")

    def __init__(self, values: Values, row: asyncio.Future[Row]) -> None:
        self.values = values
        self.row = row
        self.batch: _Batch | None = None


class _Batch(NamedTuple):
    """Runs that were sent together, and the task that waits for their rows."""

    runs: Sequence[_Run]
    task: asyncio.Task[None]

    def cancel_if_unwanted(self) -> None:
        """Cancels the batch, in the database too, once no task waits for any of its rows."""
        if all(run.row.done() for run in self.runs):
            self.task.cancel()


class _Statement:
    """The pending runs of one statement, and its duration. An unknown duration counts as slow."""

    __slots__ = ("active_batches", "is_due", "pending", "seconds", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.seconds = _MAX_SECONDS
        self.active_batches = 0
        self.pending: list[_Run] = []
        # Whether the pending runs are sent at the end of this iteration of the event loop.
        self.is_due = False

    def next_batch(self, *, waits: bool) -> Sequence[_Run]:
        """Takes the next runs to send, at most one batch; empty if none are to be sent now.

        `waits`: whether a batch that is not full waits while another one is active.
        """
        size = max(1, min(_MAX_SIZE, int(_MAX_SECONDS / self.seconds)))
        if waits and self.active_batches and len(self.pending) < size:
            return ()
        batch, self.pending = self.pending[:size], self.pending[size:]
        return batch


class StatementBatching:
    """Batches the runs of one iteration of the event loop, and those that arrive during a batch."""

    def __init__(self, run_batch: RunBatch, max_wait: float = _MAX_SECONDS) -> None:
        """`max_wait`: the seconds that a run waits for an active batch of the same statement."""
        self._run_batch = run_batch
        self._max_wait = max_wait
        self._statements: dict[str, _Statement] = {}
        self._due: list[_Statement] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, text: str, values: Values) -> Row:
        """The one row of a statement; None if there is none. Raises what `run_batch` raises."""
        statement = self._statements.get(text) or self._add(text)
        loop = asyncio.get_running_loop()
        if not statement.is_due:
            statement.is_due = True
            if not self._due:
                # Runs after all tasks that are ready now.
                loop.call_soon(self._send_due)
            self._due.append(statement)
        run = _Run(values, loop.create_future())
        statement.pending.append(run)
        try:
            return await run.row
        except asyncio.CancelledError:
            if run.batch is not None:
                run.batch.cancel_if_unwanted()
            elif run in statement.pending:
                statement.pending.remove(run)
            raise

    def record_duration(self, text: str, seconds: float) -> None:
        """Updates a statement's average duration. `seconds`: the mean duration in a batch."""
        statement = self._statements.get(text)
        if statement is not None:
            statement.seconds += _WEIGHT * (seconds - statement.seconds)

    def _add(self, text: str) -> _Statement:
        if len(self._statements) >= _MAX_STATEMENTS:
            # This loses no pending runs: the callback that sends them refers to their statement.
            self._statements = {}
        return self._statements.setdefault(text, _Statement(text))

    def _send_due(self) -> None:
        due, self._due = self._due, []
        for statement in due:
            statement.is_due = False
            self._send(statement)
            if statement.pending:
                # The active batch may take longer than this statement has taken so far.
                asyncio.get_running_loop().call_later(self._max_wait, self._send_rest, statement)

    def _send(self, statement: _Statement, *, waits: bool = True) -> None:
        while batch := statement.next_batch(waits=waits):
            statement.active_batches += 1
            task = asyncio.create_task(self._answer_batch(statement, batch))
            sent = _Batch(batch, task)
            for run in batch:
                run.batch = sent
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _send_rest(self, statement: _Statement) -> None:
        self._send(statement, waits=False)

    async def _answer_batch(self, statement: _Statement, batch: Sequence[_Run]) -> None:
        try:
            await self._answer(statement.text, batch)
        finally:
            statement.active_batches -= 1
            self._send(statement)

    async def _answer(self, text: str, batch: Sequence[_Run]) -> None:
        """Runs a batch. If it fails, repeats each run alone, so that only the faulty ones fail."""
        try:
            rows = await self._run_batch(text, [run.values for run in batch])
        except ConnectionLost as error:
            for run in batch:
                _fail(run, ConnectionLost(error.cause))
        except asyncio.CancelledError:
            for run in batch:
                run.row.cancel()
            raise
        except Exception as error:
            if len(batch) == 1:
                _fail(batch[0], error)
            else:
                await self._answer_each(text, batch)
        else:
            if len(rows) == len(batch):
                for run, row in zip(batch, rows, strict=True):
                    if not run.row.done():
                        run.row.set_result(row)
            else:
                # Some runs have no row, and the driver does not report which.
                await self._answer_each(text, batch)

    async def _answer_each(self, text: str, batch: Sequence[_Run]) -> None:
        for run in batch:
            await self._answer(text, [run])


def _fail(run: _Run, error: Exception) -> None:
    if not run.row.done():
        run.row.set_exception(error)
