"""A thread for work that would delay other requests: documents and plans that take long to read.

The interpreter switches to the event loop every 5 milliseconds, so other requests go on. One
thread, so that such work takes at most half of the interpreter's time.
"""

import asyncio
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from service.errors import Overloaded, TimedOut

Result = TypeVar("Result")

# A shorter document is read in less time than it takes to hand it over to a thread and back.
_SHORT_CHARACTERS = 300
# Pieces of work that are in progress or waiting.
_MOST_PRESENT = 100
# Fewer values of variables take less time as well.
_FEW_VALUES = 100


class Background:
    """Runs work of a process, one piece after the other."""

    def __init__(self, seconds: float) -> None:
        """The thread starts with the first work. `seconds`: the time limit of a request."""
        self._seconds = seconds
        self._thread = ThreadPoolExecutor(1, "background")
        self._present = 0
        self._shared: dict[Hashable, asyncio.Task[Any]] = {}

    async def run(self, work: Callable[..., Result], *arguments: Any) -> Result:
        """What `work` returns.

        Raises what it raises, Overloaded if too much is waiting, or TimedOut. Work that has begun
        by then is finished, for nobody.
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
        """The same; requests that need work of the same key at the same time share it."""
        task: asyncio.Task[Result] | None = self._shared.get(key)
        if task is None:
            task = asyncio.create_task(self.run(work, *arguments))
            self._shared[key] = task
            task.add_done_callback(lambda done: self._forget(key, done))
        # One that leaves does not end the work of the others.
        return await asyncio.shield(task)

    def _forget(self, key: Hashable, done: asyncio.Task[Any]) -> None:
        del self._shared[key]
        if not done.cancelled():
            # Where all clients have left, the error is not retrieved.
            done.exception()

    def close(self) -> None:
        """Leaves work that has not begun."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def takes_long(text: str, values: Mapping[str, Any]) -> bool:
    """Whether a document with these variables takes more than some milliseconds to understand."""
    return len(text) > _SHORT_CHARACTERS or has_many(values)


def has_many(values: Any) -> bool:
    """Whether variables have so many values that checking them takes some milliseconds."""
    left, waiting = _FEW_VALUES, [values]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict | list):
            left -= len(value)
            if left < 0:
                return True
            waiting += value.values() if isinstance(value, dict) else value
    return False
