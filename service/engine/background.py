"""A thread for work that would delay other requests: documents and plans that take long to read.

The interpreter gives the event loop its turn every 5 milliseconds, so other requests go on. One
thread, so that such work takes at most half of the interpreter's time, whoever sends it.
"""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")

# A shorter document is read in less time than it takes to hand it over to a thread and back.
_SHORT_CHARACTERS = 300
# Fewer values of variables take less time as well.
_FEW_VALUES = 100


class Background:
    """Runs work of a process, one piece after the other."""

    def __init__(self) -> None:
        """The thread starts with the first work."""
        self._thread = ThreadPoolExecutor(1, "background")

    async def run(self, work: Callable[..., Result], *arguments: Any) -> Result:
        """What `work` returns. Raises what it raises."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, work, *arguments)

    def close(self) -> None:
        """Leaves work that has not begun."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def takes_long(text: str, values: Mapping[str, Any]) -> bool:
    """Whether a document with these variables takes more than some milliseconds to understand."""
    return len(text) > _SHORT_CHARACTERS or _has_many(values)


def _has_many(values: Any) -> bool:
    left, waiting = _FEW_VALUES, [values]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict | list):
            left -= len(value)
            if left < 0:
                return True
            waiting += value.values() if isinstance(value, dict) else value
    return False
