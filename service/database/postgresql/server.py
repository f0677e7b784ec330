"""One PostgreSQL server: its connections, the settings of its sessions, and its errors."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from service.database.executor import Bound, Row
from service.database.postgresql.connection_lost import LOST, ConnectionLost, refuse_cancelled
from service.database.postgresql.database import PostgreSQLDatabase
from service.database.postgresql.pool import ConnectionPool, PoolTimeout
from service.database.postgresql.pooler import SESSION, TRANSACTION
from service.database.postgresql.statement_batching import StatementBatching, Values
from service.errors import TimedOut, TooComplex
from service.settings import Settings

Connection = Any

_CONNECT_SECONDS = 5
# Part of asyncpg's message for more values than PostgreSQL's protocol allows.
_TOO_MANY_VALUES = "number of query arguments"

# The database enforces the time limit. This process waits this much longer, in seconds, since the
# network may be slow; the wait for a connection counts.
_GRACE_SECONDS = 2.0
_PREPARED_STATEMENTS = 200


class Server:
    """Runs statements through a pool of connections."""

    def __init__(self, database: PostgreSQLDatabase, settings: Settings) -> None:
        """Opens no connection yet."""
        self.database = database
        self._seconds = settings.seconds
        self._settings = {
            "statement_timeout": str(int(settings.seconds * 1000)),
            "default_transaction_read_only": "on",
            # For nearly all statements, compiling takes longer than running.
            "jit": "off",
            # Planning again for each set of values costs time, and leads to the same plan.
            "plan_cache_mode": "force_generic_plan",
        }
        self._pooler = database.pooler
        self._set_local = "; ".join(
            f"SET LOCAL {name} = '{value}'" for name, value in self._settings.items()
        )
        self._pool = ConnectionPool(self._open, settings.pool_size, settings.seconds)
        self._run_one: Callable[[str, Values], Awaitable[Row]] = self._run_alone
        if self._pooler == TRANSACTION:
            self._run_one = self._run_in_own_transaction
        elif settings.statement_batching:
            self._batching = StatementBatching(self._run_batch)
            self._run_one = self._batching.run

    async def ask(self, statements: Sequence[Bound]) -> list[Row]:
        """The one row of each statement, all from one snapshot; None if a statement has no row.

        Raises TimedOut, TooComplex, DatabaseUnavailable, and ConnectionLost if another server may
        answer.
        """
        if len(statements) == 1:
            ((text, values),) = statements
            return [await self._run_one(text, values)]
        # The time limit of the database is one per statement.
        async with self._connection() as (connection, seconds):
            async with asyncio.timeout(min(seconds, self._seconds)):
                return await self._run_in_transaction(connection, statements)

    async def _run_alone(self, text: str, values: Values) -> Row:
        async with self._connection() as (connection, seconds):
            row: Row = await connection.fetchrow(text, *values, timeout=seconds)
            return row

    async def _run_in_own_transaction(self, text: str, values: Values) -> Row:
        """Runs a statement behind a pooler in transaction mode, where settings need one too."""
        async with self._connection() as (connection, seconds), asyncio.timeout(seconds):
            (row,) = await self._run_in_transaction(connection, [(text, values)])
            return row

    async def _run_in_transaction(
        self, connection: Connection, statements: Sequence[Bound]
    ) -> list[Row]:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            if self._pooler == TRANSACTION:
                await connection.execute(self._set_local)
            return [await connection.fetchrow(text, *values) for text, values in statements]

    async def _run_batch(self, text: str, batch: Sequence[Values]) -> Sequence[Row]:
        """The rows of the runs, in their order; fewer than the runs if some have none."""
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
        """Lends a connection, with the remaining seconds; translates the errors of the block."""
        seconds = self._seconds + _GRACE_SECONDS
        # Usually a connection is free.
        connection = self._pool.free()
        if connection is None:
            began = time.monotonic()
            connection = await self._take()
            seconds -= time.monotonic() - began
        try:
            yield connection, seconds
        except asyncpg.QueryCanceledError as error:
            refuse_cancelled(error)
            raise self._timed_out() from None
        except TimeoutError:
            raise self._timed_out() from None
        except asyncpg.ProgramLimitExceededError:
            raise TooComplex(
                "The query is nested too deeply for the database; nest less."
            ) from None
        except LOST as error:
            if _TOO_MANY_VALUES in str(error):
                raise TooComplex("The query has more than 32,767 values; send fewer.") from None
            # The state of the connection is unknown, so it must not be used again.
            connection.terminate()
            raise ConnectionLost(error) from error
        except asyncpg.UndefinedTableError as error:
            raise self.database.unavailable(error) from error
        finally:
            self._pool.give_back(connection)

    async def _take(self) -> Connection:
        """Waits for a connection, or opens one."""
        try:
            return await self._pool.take()
        except PoolTimeout:
            raise self._timed_out() from None
        except (TimeoutError, *LOST) as error:
            raise ConnectionLost(error) from error

    def _timed_out(self) -> TimedOut:
        return TimedOut(f"The query took longer than {self._seconds:g} seconds; select less.")

    async def _open(self) -> Connection:
        connection = await asyncpg.connect(
            self.database.serving_url,
            timeout=self.database.connect_seconds or _CONNECT_SECONDS,
            command_timeout=self._seconds + _GRACE_SECONDS,
            server_settings={} if self._pooler else self._settings,
            statement_cache_size=0 if self._pooler == TRANSACTION else _PREPARED_STATEMENTS,
            max_cached_statement_lifetime=0,
            max_cacheable_statement_size=0,
        )
        try:
            if self._pooler == SESSION:
                await connection.execute(self._set_local.replace("SET LOCAL", "SET"))
            # In one transaction, since looking up the type takes several messages, which a pooler
            # may otherwise send to different server connections.
            async with connection.transaction():
                await _read_text_as_bytes(connection)
        except BaseException:
            connection.terminate()
            raise
        return connection

    async def connect(self) -> Connection:
        """Opens a connection outside the pool. Raises one of LOST, or TimeoutError."""
        return await asyncpg.connect(
            self.database.serving_url,
            timeout=self.database.connect_seconds or _CONNECT_SECONDS,
            command_timeout=_CONNECT_SECONDS,
            server_settings={} if self._pooler else self._settings,
        )

    @property
    def connections(self) -> tuple[int, int, int]:
        """The number of connections in use, of open ones, and the maximum."""
        pool = self._pool
        return pool.in_use, pool.opened, pool.size

    async def close(self) -> None:
        """Waits for the queries in progress, then closes the connections."""
        await self._pool.close(_GRACE_SECONDS)


async def _read_text_as_bytes(connection: Connection) -> None:
    """Makes asyncpg return text as bytes: results are sent as they are read, without decoding."""
    await connection.set_type_codec(
        "text", schema="pg_catalog", format="binary", encoder=str.encode, decoder=bytes
    )
