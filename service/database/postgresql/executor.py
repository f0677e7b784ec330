"""Asks PostgreSQL: the primary, or a replica that is far enough.

Who writes tells everybody by NOTIFY, in the transaction that wrote: so the newest revision is known
without asking. What was told while the connection was lost is read when there is one again.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from typing import Any, NoReturn

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from schema.records.revision import REVISION_CHANNEL
from service.database.executor import Bound, Prepared, Row
from service.database.postgresql.connection_lost import LOST, Lost
from service.database.postgresql.database import PostgreSQLDatabase
from service.database.postgresql.server import Server
from service.errors import AllyGraphError, DatabaseUnavailable, TimedOut, TooComplex
from service.observability.counters import ServerState
from service.observability.log import Event, log
from service.plan import Variables
from service.settings import Settings
from service.sql.binding import Statement

_NEWEST = "SELECT max(number) FROM revision"
_AT_TIME = "SELECT coalesce(max(number), 0) FROM revision WHERE time <= $1"

# How often who listens makes sure that somebody is there to be heard, in seconds.
_ASSURED_EVERY = 10.0
# After how long it is tried again where nobody is.
_TRIED_EVERY = 0.5
# How often a replica is asked how far it is.
_REPLICA_ASKED_EVERY = 0.2


class Replica:
    """A server that follows the primary, and how far it is."""

    def __init__(self, server: Server, behind_most: float) -> None:
        """`behind_most`: for how many seconds it may be behind before it is passed over."""
        self.server = server
        self.revision = -1
        self.is_up = False
        self._behind_most = behind_most
        self._level_at = 0.0

    def may_answer(self, at_least: int) -> bool:
        """Whether it has this revision, and has kept up of late."""
        return self.is_up and self.revision >= at_least and self.lag <= self._behind_most

    @property
    def lag(self) -> float:
        """For how many seconds it has been behind; 0 where it is not."""
        return max(0.0, time.monotonic() - self._level_at - 2 * _REPLICA_ASKED_EVERY)

    async def look(self, newest: int) -> None:
        """Asks how far it is."""
        try:
            ((revision,),) = await self.server.ask([(_NEWEST, ())])
        except (Lost, AllyGraphError):
            self.is_up = False
            return
        self.revision, self.is_up = revision, True
        if revision >= newest:
            self._level_at = time.monotonic()


class PostgreSQLExecutor:
    """Asks whichever server can answer."""

    answers_at_once = False

    def __init__(self, database: PostgreSQLDatabase, settings: Settings) -> None:
        """Raises DatabaseUnavailable where the newest revision can't be read."""
        self._database = database
        self.primary = Server(database, settings)
        self.replicas = [
            Replica(Server(PostgreSQLDatabase(url), settings), settings.replica_lag_seconds)
            for url in settings.replicas
        ]
        self._turn = count()
        self._newest = _newest_in(database)
        # The highest number heard since it began to listen the last time.
        self._heard = 0
        self._wake: Callable[[], None] = lambda: None
        self._forget: Callable[[], None] = lambda: None
        self._tasks: list[asyncio.Task[None]] = []
        self._is_started = False
        # Whether there was a time at which nobody listened, after the first question.
        self._was_deaf = False

    def newest_revision(self) -> int:
        """The number of the newest revision that has been heard of."""
        return self._newest

    async def ask_newest(self) -> int:
        """The primary knows."""
        ((revision,),) = await self._ask_primary([(_NEWEST, ())])
        self.hear(revision)
        return int(revision)

    def when_written(self, wake: Callable[[], None]) -> None:
        """Whom to tell when a newer one is heard of."""
        self._wake = wake

    def when_interrupted(self, forget: Callable[[], None]) -> None:
        """Whom to tell when it listens anew: who knows what was written, or taken back, between?"""
        self._forget = forget

    def run_here(self, prepared: Prepared, variables: Variables) -> None:
        """Nothing can be had without waiting for the network."""

    async def run(self, prepared: Prepared, variables: Variables, at_least: int = 0) -> list[Row]:
        """The row of each statement, of this revision or a later one."""
        if not self._is_started:
            await self.start()
        questions = prepared.bound(variables)
        if not questions:
            # Some fields are known without asking, as the tree of kinds is.
            return []
        # Where nothing is in the way nothing else is called: each layer counts.
        try:
            asked = self._ask(questions, at_least) if self.replicas else self.primary.ask(questions)
            rows = await asked
        except Lost:
            rows = await self._ask_primary(questions, at_least)
        revision = rows[0][-1]
        if revision > self._newest:
            self.hear(revision)
        return rows

    async def run_anew(self, prepared: Prepared, variables: Variables) -> list[Row]:
        """The same: a connection that is lost is made anew."""
        return await self.run(prepared, variables)

    async def find(self, statement: Statement, variables: Variables) -> Row | None:
        """The row, from the primary; from a replica only where there is no primary."""
        (row,) = await self._ask_primary([(statement.sql, statement.arguments(variables))])
        return row

    async def revision_at(self, time: str) -> int:
        """The number of the revision that was the newest at a time; 0 before the first."""
        ((revision,),) = await self._ask_primary([(_AT_TIME, (time,))])
        return int(revision)

    # --- whom to ask ----------------------------------------------------------------------------

    async def _ask(self, questions: Sequence[Bound], at_least: int) -> list[Row]:
        if self.replicas:
            able = [replica for replica in self.replicas if replica.may_answer(at_least)]
            if able:
                chosen = able[next(self._turn) % len(able)]
                try:
                    return await chosen.server.ask(questions)
                except Lost:
                    chosen.is_up = False
        return await self._ask_primary(questions, at_least)

    async def _ask_primary(self, questions: Sequence[Bound], at_least: int = 0) -> list[Row]:
        """Twice, if need be: a connection may have been lost since it was used last."""
        try:
            return await self.primary.ask(questions)
        except Lost:
            with suppress(Lost):
                return await self.primary.ask(questions)
        for replica in self.replicas:
            if replica.revision < at_least:
                # What is known of it is as old as it was asked last, and it may have caught up.
                await replica.look(self._newest)
            if replica.revision >= at_least:
                with suppress(Lost):
                    return await replica.server.ask(questions)
        try:
            return await self.primary.ask(questions)
        except Lost as lost:
            _unavailable(self._database, lost)

    # --- who else writes ------------------------------------------------------------------------

    async def start(self) -> None:
        """Listens from now on."""
        if not self._is_started:
            self._is_started = True
            self._tasks.append(asyncio.create_task(self._listen()))
            self._tasks += [asyncio.create_task(self._watch(each)) for each in self.replicas]

    def hear(self, revision: int) -> None:
        """Somebody has written it: this process, another one, or it was met in an answer."""
        self._heard = max(self._heard, revision)
        if revision > self._newest:
            self._newest = revision
            self._wake()

    async def _listen(self) -> None:
        """For as long as the process lives. Whatever goes wrong, it goes on."""
        was_well = True
        while True:
            try:
                await self._listen_to_one()
            except (*LOST, TimeoutError) as error:
                if was_well:
                    reason = self._database.explain(error)
                    log.error(Event.DATABASE_UNAVAILABLE, reason=reason)
                was_well = False
            except Exception:
                log.exception(Event.FAULT, task="listening for new revisions")
                was_well = False
            else:
                was_well = True
            self._was_deaf = True
            await asyncio.sleep(_TRIED_EVERY)

    async def _listen_to_one(self) -> None:
        """Until the connection is lost."""
        connection = await self.primary.connect()
        is_lost = asyncio.Event()
        connection.add_termination_listener(lambda _: is_lost.set())
        try:
            self._heard = 0
            await connection.add_listener(REVISION_CHANNEL, self._told)
            newest = await connection.fetchval(_NEWEST)
            # What was heard while this was asked is newer than what was read.
            self._newest = max(newest, self._heard)
            if self._was_deaf:
                # Other data may be there than before: what was known of the old counts no more.
                self._forget()
            self._wake()
            while not is_lost.is_set():
                with suppress(TimeoutError):
                    async with asyncio.timeout(_ASSURED_EVERY):
                        await is_lost.wait()
                if not is_lost.is_set():
                    self.hear(await connection.fetchval(_NEWEST))
        finally:
            connection.terminate()

    def _told(self, _: object, __: int, ___: str, payload: object) -> None:
        self.hear(int(str(payload)))

    async def _watch(self, replica: Replica) -> None:
        while True:
            await replica.look(self._newest)
            await asyncio.sleep(_REPLICA_ASKED_EVERY if replica.is_up else _TRIED_EVERY)

    def servers(self) -> Iterator[ServerState]:
        """The primary, and each replica with its lag."""
        yield ServerState("primary", *self.primary.connections)
        for number, replica in enumerate(self.replicas, 1):
            yield ServerState(f"replica {number}", *replica.server.connections, replica.lag)

    async def close(self) -> None:
        """Listens no more, and lets the questions that are under way end."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for server in (self.primary, *(replica.server for replica in self.replicas)):
            await server.close()


def _unavailable(database: PostgreSQLDatabase, lost: Lost) -> NoReturn:
    raise DatabaseUnavailable(database.explain(lost.cause)) from lost.cause


def _newest_in(database: PostgreSQLDatabase) -> int:
    engine = database.engine()
    try:
        with engine.connect() as connection:
            newest: int = connection.exec_driver_sql(_NEWEST).scalar_one()
            return newest
    except DBAPIError as error:
        raise DatabaseUnavailable(database.explain(error)) from error
    finally:
        engine.dispose()


# --- within a transaction that writes -----------------------------------------------------------


def ask_within(connection: Connection, questions: Sequence[Bound], end: float) -> list[Row]:
    """The first row of each answer, from within a transaction that writes."""
    driver: Any = connection.connection.driver_connection
    milliseconds = max(1, int((end - time.monotonic()) * 1000))
    try:
        # Its texts have the database's own places for values, $1 and so on.
        with psycopg.RawCursor(driver) as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {milliseconds}")
            found = []
            for text, values in questions:
                cursor.execute(text, values)
                found.append(cursor.fetchone() or (None,))
            cursor.execute("SET LOCAL statement_timeout = 0")
            return found
    except psycopg.errors.QueryCanceled:
        raise TimedOut("The answer to the write took too long; ask for less of it.") from None
    except psycopg.errors.ProgramLimitExceeded:
        raise TooComplex("The question nests too deep for the database; ask less.") from None
