"""A pool of connections to one PostgreSQL server, which opens them on demand, up to a limit.

asyncpg's pool starts a task and a timer for each query, and resets the connection afterwards. The
task and the timer cost more than the rest of a short query, and no query leaves anything to reset.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

Connection = Any


class PoolTimeout(Exception):
    """No connection became free in time."""


class ConnectionPool:
    """Lends each connection to one query at a time, in the order of the requests."""

    def __init__(
        self, connect: Callable[[], Awaitable[Connection]], size: int, wait_seconds: float
    ) -> None:
        """Opens no connection yet.

        `connect` opens a connection. A request waits up to `wait_seconds` for one.
        """
        self._connect = connect
        self._free: list[Connection] = []
        # The waiting requests with their deadlines; the first has the earliest deadline.
        self._waiting: deque[tuple[asyncio.Future[Connection | None], float]] = deque()
        self._wait_seconds = wait_seconds
        self._timer: asyncio.TimerHandle | None = None
        self.size = size
        self.opened = 0
        self._is_closed = False

    @property
    def in_use(self) -> int:
        """The number of connections that are lent, or being opened."""
        return self.opened - len(self._free)

    def free(self) -> Connection | None:
        """A connection that is free now, or None."""
        while self._free:
            connection = self._free.pop()
            if not connection.is_closed():
                return connection
            self._discard(connection)
        return None

    async def take(self) -> Connection:
        """Waits for a connection. Raises PoolTimeout, and the errors of `connect`."""
        if self._is_closed:
            raise ConnectionError("The connections are closed.")
        connection = self.free()
        while connection is None:
            if self.opened < self.size:
                return await self._open()
            connection = await self._wait()
        return connection

    def give_back(self, connection: Connection) -> None:
        """Returns a connection. One with an open transaction is closed."""
        if connection.is_closed() or connection.is_in_transaction():
            self._discard(connection)
            self._wake_next(None)
        elif self._wake_next(connection):
            return
        elif self._is_closed:
            self._discard(connection)
        else:
            self._free.append(connection)

    async def _wait(self) -> Connection | None:
        """Waits for a returned connection; None if one was closed, so that another may be opened.

        Raises PoolTimeout.
        """
        loop = asyncio.get_running_loop()
        waiter = loop.create_future()
        end = loop.time() + self._wait_seconds
        self._waiting.append((waiter, end))
        if self._timer is None:
            # One timer for all requests: setting one for each takes longer than most of them wait.
            self._timer = loop.call_at(end, self._time_out_waiters, loop)
        try:
            return await waiter
        except asyncio.CancelledError:
            # The request may have got a connection just before it was cancelled.
            if waiter.done() and not waiter.cancelled() and not waiter.exception():
                connection = waiter.result()
                if connection is None:
                    self._wake_next(None)
                else:
                    self.give_back(connection)
            raise

    def _time_out_waiters(self, loop: asyncio.AbstractEventLoop) -> None:
        """Fails the requests whose deadline has passed, and sets the timer for the next one."""
        now = loop.time()
        while self._waiting and self._waiting[0][1] <= now:
            waiter, _ = self._waiting.popleft()
            if not waiter.done():
                waiter.set_exception(PoolTimeout())
        following = self._waiting[0][1] if self._waiting else None
        self._timer = loop.call_at(following, self._time_out_waiters, loop) if following else None

    async def _open(self) -> Connection:
        self.opened += 1
        try:
            return await self._connect()
        except BaseException:
            self.opened -= 1
            self._wake_next(None)
            raise

    def _wake_next(self, connection: Connection | None) -> bool:
        while self._waiting:
            waiter, _ = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(connection)
                return True
        return False

    def _discard(self, connection: Connection) -> None:
        self.opened -= 1
        connection.terminate()

    async def close(self, wait_seconds: float) -> None:
        """Closes the free connections, and waits up to `wait_seconds` for the others."""
        self._is_closed = True
        with suppress(TimeoutError, PoolTimeout):
            async with asyncio.timeout(wait_seconds):
                while self.opened:
                    connection = self.free() or (await self._wait() if self.opened else None)
                    if connection is not None:
                        self.opened -= 1
                        await connection.close()
