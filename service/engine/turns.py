"""Short work on the thread of the event loop, a few milliseconds in each of its iterations.

One new document takes less time to read than to hand over to a thread. But a thousand that arrive
at once, on WebSockets, would all be read before the loop serves anybody else.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

from service.errors import TimedOut

Result = TypeVar("Result")

# The time of one turn. What has begun is finished, so a turn may take longer.
_TURN_SECONDS = 0.005


class Turns:
    """Runs work in the order in which it comes."""

    def __init__(self, seconds: float) -> None:
        """`seconds`: the time limit of a request."""
        self._seconds = seconds
        self._spent = 0.0
        self._ends = False
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def run(self, work: Callable[..., Result], *arguments: object) -> Result:
        """What `work` returns. Raises what it raises, or TimedOut."""
        if self._spent >= _TURN_SECONDS or self._waiting:
            await self._wait()
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
        if not self._ends:
            self._ends = True
            asyncio.get_running_loop().call_soon(self._end)

    def _end(self) -> None:
        """The next turn begins with the work that has waited for the longest time."""
        self._spent, self._ends = 0.0, False
        while self._waiting:
            turn = self._waiting.popleft()
            # A client may have left meanwhile.
            if not turn.done():
                turn.set_result(None)
                break
        if self._waiting:
            # Whatever becomes of the one that was woken.
            self._end_soon()
