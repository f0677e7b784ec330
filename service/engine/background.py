"""A thread for work that would delay other requests: reading long documents and large plans.

The interpreter switches to the event loop every 5 milliseconds, so other requests continue. With
one thread such work takes at most half of the interpreter's time.
"""

import asyncio
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from service.errors import Overloaded, TimedOut

Result = TypeVar("Result")

# Reading a shorter document takes less time than handing it over to a thread and back.
_SHORT_CHARACTERS = 300
# The maximum number of pieces of work in progress or waiting.
_MOST_PRESENT = 100
# Checking fewer values of variables also takes less time than handing them over.
_FEW_VALUES = 100


class Background:
    """Runs a process's long work on one thread, one piece after the other."""

    def __init__(self, seconds: float) -> None:
        """`seconds`: the time limit of a request. The thread starts with the first work."""
        self._seconds = seconds
        self._thread = ThreadPoolExecutor(1, "background")
        self._present = 0
        self._shared: dict[Hashable, asyncio.Task[Any]] = {}

    async def run(self, work: Callable[..., Result], *arguments: Any) -> Result:
        """Runs `work` in the thread and returns its result.

        Raises what `work` raises, Overloaded if too much work is waiting, or TimedOut. The thread
        finishes work that has begun before the time limit, and its result is dropped.
        """
        if self._present >= _MOST_PRESENT:
            raise Overloaded("Too many long queries are waiting to be read; send it again.")
        loop = asyncio.get_running_loop()
        self._present += 1
        try:
            async with asyncio.timeout(self._seconds):
                return await loop.run_in_executor(self._thread, work, *arguments)
        except TimeoutError:
            raise TimedOut(
                f"The query took longer than {self._seconds:g} seconds to read; send a shorter one."
            ) from None
        finally:
            self._present -= 1

    async def run_once(self, key: Hashable, work: Callable[..., Result], *arguments: Any) -> Result:
        """Like `run`, but concurrent requests with the same key share one piece of work."""
        task: asyncio.Task[Result] | None = self._shared.get(key)
        if task is None:
            task = asyncio.create_task(self.run(work, *arguments))
            self._shared[key] = task
            task.add_done_callback(lambda done: self._forget(key, done))
        # A client that disconnects must not cancel the work for the other clients.
        return await asyncio.shield(task)

    def _forget(self, key: Hashable, done: asyncio.Task[Any]) -> None:
        del self._shared[key]
        if not done.cancelled():
            # If all clients have disconnected, no task has retrieved the exception, which asyncio
            # would log.
            done.exception()

    def close(self) -> None:
        """Cancels the work that has not begun, and does not wait for the rest."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def takes_long(text: str, values: Mapping[str, Any]) -> bool:
    """Whether reading a document with these variables takes more than a few milliseconds."""
    return len(text) > _SHORT_CHARACTERS or has_many(values)


def has_many(values: Any, few: int = _FEW_VALUES) -> bool:
    """Whether variables have so many values that checking them takes a few milliseconds."""
    left, waiting = few, [values]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict | list):
            left -= len(value)
            if left < 0:
                return True
            waiting += value.values() if isinstance(value, dict) else value
    return False
