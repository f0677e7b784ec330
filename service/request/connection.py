"""Cancels a read when its client closes the connection, if no other client waits for it."""

import asyncio
from collections.abc import Awaitable, Callable
from types import TracebackType

# Returns once the client has closed the connection.
UntilClosed = Callable[[], Awaitable[None]]

# The delay before a connection is watched: most reads are complete by then.
_WATCHED_AFTER_SECONDS = 0.05


class Disconnected(Exception):
    """The client closed the connection before its request was complete or answered."""


class CancelledOnClose:
    """A context manager that cancels its block when the client disconnects; raises Disconnected.

    Only for reads: a cancelled write may or may not have been committed.
    """

    __slots__ = ("_has_left", "_task", "_timer", "_until_closed", "_watcher")

    def __init__(self, until_closed: UntilClosed) -> None:
        self._until_closed = until_closed
        self._has_left = False
        self._watcher: asyncio.Task[None] | None = None

    def __enter__(self) -> None:
        self._task = asyncio.current_task()
        # A timer, since it costs a fraction of a task, and every query that waits needs one.
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(_WATCHED_AFTER_SECONDS, self._watch)

    def _watch(self) -> None:
        self._watcher = asyncio.create_task(self._cancel_once_closed())

    async def _cancel_once_closed(self) -> None:
        await self._until_closed()
        if self._task is not None:
            self._has_left = True
            self._task.cancel()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        if self._watcher is not None:
            self._watcher.cancel()
        # If the server has cancelled the task as well, the task remains cancelled.
        if self._has_left and self._task is not None and self._task.uncancel() == 0:
            raise Disconnected from None
