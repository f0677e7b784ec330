"""One PostgreSQL server and the connections through which it is asked."""

import asyncio
from collections.abc import Sequence
from typing import Any

import asyncpg

from service.databases.postgresql import PostgreSQLDatabase
from service.errors import DatabaseUnavailable, TimedOut, TooComplex
from service.execute import Bound, Row
from service.execute.connections import Connections
from service.settings import Settings

Connection = Any

# What can happen to a connection, or to the server behind it, and says nothing of the question.
LOST = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    # What asyncpg says of a question that meets the news that the connection was ended.
    asyncpg.InternalClientError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    # It is told to let nobody in, or not yet in the state to do so.
    asyncpg.ObjectNotInPrerequisiteStateError,
    # None of several hosts is the primary.
    asyncpg.exceptions.TargetServerAttributeNotMatched,
    # A replica that had to choose between the question and keeping up.
    asyncpg.SerializationError,
    # The tables were changed beneath a statement that was prepared.
    asyncpg.InvalidCachedStatementError,
)

_CONNECT_SECONDS = 5
# What asyncpg says where a statement has more values than PostgreSQL's protocol can count.
_TOO_MANY_VALUES = "number of query arguments"

# What the answer waits for beyond the database's own limit: the network, and a free connection.
_GRACE_SECONDS = 2.0
_KEPT_STATEMENTS = 200


class Lost(Exception):
    """The server could not be asked; another one may be. `cause` is what the driver said."""

    def __init__(self, cause: Exception) -> None:
        """Nothing of the question was answered."""
        super().__init__(str(cause))
        self.cause = cause


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
        self._connections = Connections(self._open, settings.pool_size)

    async def ask(self, questions: Sequence[Bound]) -> list[Row]:
        """The one row of each answer, all of one state of the data.

        Raises TimedOut, TooComplex, DatabaseUnavailable, and Lost where another may be asked.
        """
        # Most find one that is free, and wait for nothing but the answer.
        connection = self._connections.free()
        if connection is not None:
            return await self._ask_over(connection, questions)
        try:
            async with asyncio.timeout(self._seconds + _GRACE_SECONDS) as limit:
                return await self._ask_over(await self._connections.take(), questions)
        except TimeoutError as error:
            if limit.expired():
                raise self._timed_out() from None
            # There was no connection to be had, and no answer was waited for.
            raise Lost(error) from error
        except LOST as error:
            raise Lost(error) from error

    async def _ask_over(self, connection: Connection, questions: Sequence[Bound]) -> list[Row]:
        try:
            if len(questions) == 1:
                ((text, values),) = questions
                return [await connection.fetchrow(text, *values)]
            # The database's own limit is one for each of them.
            async with asyncio.timeout(self._seconds):
                return await _ask_together(connection, questions)
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

    def _timed_out(self) -> TimedOut:
        return TimedOut(f"The answer took longer than {self._seconds:g} seconds.")

    async def _open(self) -> Connection:
        connection = await asyncpg.connect(
            self.database.url,
            timeout=_CONNECT_SECONDS,
            # The database keeps the time itself; this is for when nothing is heard from it.
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


async def _ask_together(connection: Connection, questions: Sequence[Bound]) -> list[Row]:
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        return [await connection.fetchrow(text, *values) for text, values in questions]


async def _read_bytes(connection: Connection) -> None:
    """An answer is sent as it was read: nothing is made of its text."""
    await connection.set_type_codec(
        "text", schema="pg_catalog", format="binary", encoder=str.encode, decoder=bytes
    )
