"""Questions that are asked by the same statement at the same time go to the database together.

To wake a process of the server, and to be woken by it, takes either side several times as long as
the server takes to look up a key: eight that go together take little more than two that do not.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

from service.database.executor import Row
from service.database.postgresql.connection_lost import Lost

Values = Sequence[Any]
# Runs a statement once for each of several values, of which each has one row at the most.
Run = Callable[[str, Sequence[Values]], Awaitable[Sequence[Row]]]

# More than that gain little, and let those that come later wait.
_MOST = 8
# One process answers them one after the other: for so long, in seconds, that nobody notices.
_LONGEST = 0.002
# How much the newest batch of a statement counts for how long it takes.
_WEIGHT = 0.2
# Of how many statements it is known how long they take.
_KNOWN_MOST = 2_000


class _Asked(NamedTuple):
    values: Values
    answer: asyncio.Future[Row]


class _Statement:
    """Who waits to ask it, and how long it takes: what is not known to be quick goes alone."""

    __slots__ = ("is_due", "seconds", "text", "under_way", "waiting")

    def __init__(self, text: str) -> None:
        self.text = text
        self.seconds = _LONGEST
        self.under_way = 0
        self.waiting: list[_Asked] = []
        # Whether it is looked at by the end of this turn.
        self.is_due = False

    def next_batch(self, *, waits: bool) -> Sequence[_Asked]:
        """Those who go now: as many as may, or the rest unless it `waits` for those under way."""
        size = max(1, min(_MOST, int(_LONGEST / self.seconds)))
        if waits and self.under_way and len(self.waiting) < size:
            return ()
        batch, self.waiting = self.waiting[:size], self.waiting[size:]
        return batch


class StatementBatching:
    """Puts together what is asked in one turn of the event loop, or while others are answered."""

    def __init__(self, run: Run) -> None:
        """Nothing is asked yet."""
        self._run = run
        self._statements: dict[str, _Statement] = {}
        self._due: list[_Statement] = []
        self._running: set[asyncio.Task[None]] = set()

    async def ask(self, text: str, values: Values) -> Row:
        """The one row; None where there is none. Raises what running it raises."""
        statement = self._statements.get(text) or self._known(text)
        loop = asyncio.get_running_loop()
        if not statement.is_due:
            statement.is_due = True
            if not self._due:
                # Behind all that is asked in this turn already.
                loop.call_soon(self._send_due)
            self._due.append(statement)
        asked = _Asked(values, loop.create_future())
        statement.waiting.append(asked)
        return await asked.answer

    def took(self, text: str, seconds: float) -> None:
        """How long one run of it took, of those that ran together on average."""
        statement = self._statements.get(text)
        if statement is not None:
            statement.seconds += _WEIGHT * (seconds - statement.seconds)

    def _known(self, text: str) -> _Statement:
        if len(self._statements) >= _KNOWN_MOST:
            # Whoever waits is held by what is to send them, and need not be known here.
            self._statements = {}
        return self._statements.setdefault(text, _Statement(text))

    def _send_due(self) -> None:
        due, self._due = self._due, []
        for statement in due:
            statement.is_due = False
            self._send(statement)
            if statement.waiting:
                # Those under way may take longer than such ones did so far.
                asyncio.get_running_loop().call_later(_LONGEST, self._send_rest, statement)

    def _send(self, statement: _Statement, *, waits: bool = True) -> None:
        while batch := statement.next_batch(waits=waits):
            statement.under_way += 1
            running = asyncio.create_task(self._answer_batch(statement, batch))
            self._running.add(running)
            running.add_done_callback(self._running.discard)

    def _send_rest(self, statement: _Statement) -> None:
        self._send(statement, waits=False)

    async def _answer_batch(self, statement: _Statement, batch: Sequence[_Asked]) -> None:
        try:
            await self._answer(statement.text, batch)
        finally:
            statement.under_way -= 1
            self._send(statement)

    async def _answer(self, text: str, batch: Sequence[_Asked]) -> None:
        """Answers all of them. One that fails does no harm to the others: then each goes alone."""
        try:
            rows = await self._run(text, [asked.values for asked in batch])
        except Lost as error:
            for asked in batch:
                _tell(asked.answer, Lost(error.cause))
        except asyncio.CancelledError:
            for asked in batch:
                asked.answer.cancel()
            raise
        except Exception as error:
            if len(batch) == 1:
                _tell(batch[0].answer, error)
            else:
                await self._answer_each(text, batch)
        else:
            if len(rows) == len(batch):
                for asked, row in zip(batch, rows, strict=True):
                    if not asked.answer.done():
                        asked.answer.set_result(row)
            else:
                # Some have no row, and nothing says which.
                await self._answer_each(text, batch)

    async def _answer_each(self, text: str, batch: Sequence[_Asked]) -> None:
        for asked in batch:
            await self._answer(text, [asked])


def _tell(answer: asyncio.Future[Row], error: Exception) -> None:
    if not answer.done():
        answer.set_exception(error)
