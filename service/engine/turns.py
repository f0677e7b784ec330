"""Runs short work on the thread of the event loop, a few milliseconds in each iteration.

One new document takes less time to read than to hand over to a thread. But a thousand that arrive
at once, on WebSockets, would all be read before the loop serves another client.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from time import perf_counter
from typing import Any, TypeVar

from service.errors import TimedOut

Result = TypeVar("Result")

# The time of one turn. A task that has started finishes its work, so a turn may take longer.
_TURN_SECONDS = 0.005


class Turns:
    """Runs work in the order in which it arrives."""

    def __init__(self, seconds: float) -> None:
        """`seconds`: the time limit of a request."""
        self._seconds = seconds
        self._spent = 0.0
        self._is_ending = False
        # The task that ran the last work of this turn.
        self._task: asyncio.Task[Any] | None = None
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def run(self, work: Callable[..., Result], *arguments: object) -> Result:
        """Returns the result of `work`. Raises what it raises, or TimedOut.

        Several works of one task in one iteration share a turn: a request on its own never waits
        here, and so is answered before the loop reads that its client has closed its side.
        """
        task = asyncio.current_task()
        if task is not self._task and (self._spent >= _TURN_SECONDS or self._waiting):
            await self._wait()
        self._task = task
        self._end_soon()
        begun = perf_counter()
        try:
            return work(*arguments)
        finally:
            self._spent += perf_counter() - begun

    async def _wait(self) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(self._seconds):
                await turn
        except TimeoutError:
            raise TimedOut(
                f"The query waited longer than {self._seconds:g} seconds for others; send it again."
            ) from None

    def _end_soon(self) -> None:
        """Ends the turn in the next iteration."""
        if not self._is_ending:
            self._is_ending = True
            asyncio.get_running_loop().call_soon(self._end)

    def _end(self) -> None:
        """Starts the next turn with the work that has waited longest."""
        self._spent, self._is_ending, self._task = 0.0, False, None
        while self._waiting:
            turn = self._waiting.popleft()
            # A client may have left meanwhile.
            if not turn.done():
                turn.set_result(None)
                break
        if self._waiting:
            # The woken task may be cancelled before it runs, so the next turn is certain to end.
            self._end_soon()
