"""One PostgreSQL server and the connections through which it is asked."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from service.database.executor import Bound, Row
from service.database.postgresql.connection_lost import LOST, Lost
from service.database.postgresql.database import PostgreSQLDatabase
from service.database.postgresql.pool import ConnectionPool, NoneInTime
from service.database.postgresql.statement_batching import StatementBatching, Values
from service.errors import DatabaseUnavailable, TimedOut, TooComplex
from service.settings import Settings

Connection = Any

_CONNECT_SECONDS = 5
# What asyncpg says where a statement has more values than PostgreSQL's protocol can count.
_TOO_MANY_VALUES = "number of query arguments"

# How much longer than the database, which keeps the time itself, it is waited here, since something
# may be in the way between. Who waited for a connection has no more time than this in all.
_GRACE_SECONDS = 2.0
_KEPT_STATEMENTS = 200


class Server:
    """A pool of connections, made as they are needed."""

    def __init__(self, database: PostgreSQLDatabase, settings: Settings) -> None:
        """Nothing is reached yet."""
        self.database = database
        self._seconds = settings.seconds
        self._settings = {
            "statement_timeout": str(int(settings.seconds * 1000)),
            "default_transaction_read_only": "on",
            # Compiling a statement takes longer than nearly every one of ours.
            "jit": "off",
            # So does planning them, each time anew, for values that make no difference.
            "plan_cache_mode": "force_generic_plan",
        }
        self._connections = ConnectionPool(self._open, settings.pool_size, settings.seconds)
        self._run_one: Callable[[str, Values], Awaitable[Row]] = self._run_alone
        if settings.statement_batching:
            self._batching = StatementBatching(self._run_batch)
            self._run_one = self._batching.run

    async def ask(self, statements: Sequence[Bound]) -> list[Row]:
        """The one row of each statement, all of one state of the data; None where there is none.

        Raises TimedOut, TooComplex, DatabaseUnavailable, and Lost where another may be asked.
        """
        if len(statements) == 1:
            ((text, values),) = statements
            return [await self._run_one(text, values)]
        # The database's own limit is one for each of them.
        async with self._connection() as (connection, seconds):
            async with asyncio.timeout(min(seconds, self._seconds)):
                return await _run_in_transaction(connection, statements)

    async def _run_alone(self, text: str, values: Values) -> Row:
        async with self._connection() as (connection, seconds):
            row: Row = await connection.fetchrow(text, *values, timeout=seconds)
            return row

    async def _run_batch(self, text: str, batch: Sequence[Values]) -> Sequence[Row]:
        """The row of each run, one after the other; fewer rows where some have none."""
        async with self._connection() as (connection, seconds):
            begun = time.perf_counter()
            try:
                if len(batch) == 1:
                    return [await connection.fetchrow(text, *batch[0], timeout=seconds)]
                rows: Sequence[Row] = await connection.fetchmany(text, batch, timeout=seconds)
                return rows
            finally:
                seconds_each = (time.perf_counter() - begun) / len(batch)
                self._batching.record_duration(text, seconds_each)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[tuple[Connection, float]]:
        """A connection, and how many seconds are left to ask it; what goes wrong is told."""
        seconds = self._seconds + _GRACE_SECONDS
        # Most find one that is free, and wait for nothing but the answer.
        connection = self._connections.free()
        if connection is None:
            began = time.monotonic()
            connection = await self._take()
            seconds -= time.monotonic() - began
        try:
            yield connection, seconds
        except (TimeoutError, asyncpg.QueryCanceledError):
            raise self._timed_out() from None
        except asyncpg.ProgramLimitExceededError:
            raise TooComplex("The question nests too deep for the database; ask less.") from None
        except LOST as error:
            if _TOO_MANY_VALUES in str(error):
                raise TooComplex("The question has more than 32,767 values; ask less.") from None
            # Whatever state it is in, nobody is to find it there.
            connection.terminate()
            raise Lost(error) from error
        except asyncpg.UndefinedTableError as error:
            raise DatabaseUnavailable(self.database.explain(error)) from error
        finally:
            self._connections.give_back(connection)

    async def _take(self) -> Connection:
        """A connection that was in use, or a new one."""
        try:
            return await self._connections.take()
        except NoneInTime:
            raise self._timed_out() from None
        except (TimeoutError, *LOST) as error:
            raise Lost(error) from error

    def _timed_out(self) -> TimedOut:
        return TimedOut(f"The answer took longer than {self._seconds:g} seconds.")

    async def _open(self) -> Connection:
        connection = await asyncpg.connect(
            self.database.url,
            timeout=_CONNECT_SECONDS,
            command_timeout=self._seconds + _GRACE_SECONDS,
            server_settings=self._settings,
            statement_cache_size=_KEPT_STATEMENTS,
            max_cached_statement_lifetime=0,
            max_cacheable_statement_size=0,
        )
        try:
            await _read_bytes(connection)
        except BaseException:
            connection.terminate()
            raise
        return connection

    async def connect(self) -> Connection:
        """A connection of its own. Raises one of LOST, or TimeoutError."""
        return await asyncpg.connect(
            self.database.url,
            timeout=_CONNECT_SECONDS,
            command_timeout=_CONNECT_SECONDS,
            server_settings=self._settings,
        )

    @property
    def connections(self) -> tuple[int, int, int]:
        """How many connections are in use, how many are open, and how many there may be."""
        connections = self._connections
        return connections.in_use, connections.opened, connections.most

    async def close(self) -> None:
        """Lets the questions that are under way end."""
        await self._connections.close(_GRACE_SECONDS)


async def _run_in_transaction(connection: Connection, statements: Sequence[Bound]) -> list[Row]:
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        return [await connection.fetchrow(text, *values) for text, values in statements]


async def _read_bytes(connection: Connection) -> None:
    """An answer is sent as it was read: nothing is made of its text."""
    await connection.set_type_codec(
        "text", schema="pg_catalog", format="binary", encoder=str.encode, decoder=bytes
    )
