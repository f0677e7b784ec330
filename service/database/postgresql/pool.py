"""The connections to one PostgreSQL server: so many at most, made as they are needed.

asyncpg has a pool, which begins a task and a timer for each question. That is more than all else
that a short question takes in this process, and nothing that a question does has to be set back.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

Connection = Any


class NoneInTime(Exception):
    """No connection became free while somebody could wait for it."""


class ConnectionPool:
    """Each is given to one question at a time; whoever waits longest is next."""

    def __init__(
        self, connect: Callable[[], Awaitable[Connection]], most: int, wait_seconds: float
    ) -> None:
        """`connect` makes a new one; nobody waits longer than `wait_seconds` for another's.

        There are none yet.
        """
        self._connect = connect
        self._free: list[Connection] = []
        # Each with the time at which it waits no more; the first one's is the earliest.
        self._waiting: deque[tuple[asyncio.Future[Connection | None], float]] = deque()
        self._wait_seconds = wait_seconds
        self._alarm: asyncio.TimerHandle | None = None
        self.most = most
        self.opened = 0
        self._is_closed = False

    @property
    def in_use(self) -> int:
        """How many are with a question, or are being made for one."""
        return self.opened - len(self._free)

    def free(self) -> Connection | None:
        """One that is free now; None where there is none."""
        while self._free:
            connection = self._free.pop()
            if not connection.is_closed():
                return connection
            self._forget(connection)
        return None

    async def take(self) -> Connection:
        """One, as soon as there is one. Raises NoneInTime, and what connecting raises."""
        if self._is_closed:
            raise ConnectionError("The connections are closed.")
        connection = self.free()
        while connection is None:
            if self.opened < self.most:
                return await self._open()
            connection = await self._wait()
        return connection

    def give_back(self, connection: Connection) -> None:
        """It is free again. One that was left within a transaction is not taken back."""
        if connection.is_closed() or connection.is_in_transaction():
            self._forget(connection)
            self._call_next(None)
        elif self._call_next(connection):
            return
        elif self._is_closed:
            self._forget(connection)
        else:
            self._free.append(connection)

    async def _wait(self) -> Connection | None:
        """What is given back; None where the place of one that is lost is given on."""
        loop = asyncio.get_running_loop()
        waiter = loop.create_future()
        end = loop.time() + self._wait_seconds
        self._waiting.append((waiter, end))
        if self._alarm is None:
            # One timer for all: to set one for each would take longer than most of them wait.
            self._alarm = loop.call_at(end, self._end_waits, loop)
        try:
            return await waiter
        except asyncio.CancelledError:
            # It may have been given something at the moment at which it gave up.
            if waiter.done() and not waiter.cancelled() and not waiter.exception():
                given = waiter.result()
                if given is None:
                    self._call_next(None)
                else:
                    self.give_back(given)
            raise

    def _end_waits(self, loop: asyncio.AbstractEventLoop) -> None:
        """Tells those whose time is over, and comes back for the next one."""
        now = loop.time()
        while self._waiting and self._waiting[0][1] <= now:
            waiter, _ = self._waiting.popleft()
            if not waiter.done():
                waiter.set_exception(NoneInTime())
        following = self._waiting[0][1] if self._waiting else None
        self._alarm = loop.call_at(following, self._end_waits, loop) if following else None

    async def _open(self) -> Connection:
        self.opened += 1
        try:
            return await self._connect()
        except BaseException:
            self.opened -= 1
            self._call_next(None)
            raise

    def _call_next(self, connection: Connection | None) -> bool:
        while self._waiting:
            waiter, _ = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(connection)
                return True
        return False

    def _forget(self, connection: Connection) -> None:
        self.opened -= 1
        connection.terminate()

    async def close(self, wait_seconds: float) -> None:
        """Closes those that are free, and waits so long for those that are not."""
        self._is_closed = True
        with suppress(TimeoutError, NoneInTime):
            async with asyncio.timeout(wait_seconds):
                while self.opened:
                    connection = self.free() or (await self._wait() if self.opened else None)
                    if connection is not None:
                        self.opened -= 1
                        await connection.close()
