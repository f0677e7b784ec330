"""Runs statements on PostgreSQL: on the primary, or on a replica that is recent enough.

Each write sends its revision with NOTIFY, in the same transaction, so each process has the newest
revision without a query. After a lost connection it reads the newest revision again.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import count
from typing import Any, NoReturn

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from schema.records.revision import REVISION_CHANNEL
from service.database.executor import Bound, Prepared, Row
from service.database.postgresql.connection_lost import LOST, ConnectionLost, refuse_cancelled
from service.database.postgresql.database import PostgreSQLDatabase
from service.database.postgresql.hosts import has_several_hosts, primaries_of
from service.database.postgresql.server import Server
from service.database.postgresql.standbys import STANDBYS, Standbys, standbys_in
from service.errors import AllyGraphError, TimedOut, TooComplex
from service.observability.counters import Gauge, ServerState
from service.observability.log import Event, log
from service.plan import Variables
from service.settings import Settings
from service.sql.binding import Statement

_NEWEST = "SELECT max(number) FROM revision"
_AT_TIME = "SELECT coalesce(max(number), 0) FROM revision WHERE time <= $1"

# The time between two checks of the listening connection, in seconds.
_CHECK_SECONDS = 10.0
# The pause before the next attempt to connect, in seconds.
_RETRY_SECONDS = 0.5
# The time between two reads of a replica's revision, in seconds.
_REPLICA_CHECK_SECONDS = 0.2
# The time between two checks which hosts of the URL are primaries, in seconds.
_HOSTS_CHECK_SECONDS = 30.0


class Replica:
    """A read replica, its revision, and its lag."""

    def __init__(self, server: Server, max_lag: float) -> None:
        """`max_lag`: the lag in seconds beyond which the replica gets no queries."""
        self.server = server
        self.revision = -1
        self.is_up = False
        self._max_lag = max_lag
        self._up_to_date_at = 0.0

    def may_answer(self, at_least: int) -> bool:
        """Whether the replica has this revision, and does not exceed the maximum lag."""
        return self.is_up and self.revision >= at_least and self.lag <= self._max_lag

    @property
    def lag(self) -> float:
        """The seconds for which the replica has been behind the primary; 0 if it is not."""
        return max(0.0, time.monotonic() - self._up_to_date_at - 2 * _REPLICA_CHECK_SECONDS)

    async def check(self, newest: int) -> None:
        """Reads the replica's revision. `newest`: the revision of the primary."""
        try:
            ((revision,),) = await self.server.ask([(_NEWEST, ())])
        except (ConnectionLost, AllyGraphError):
            self.is_up = False
            return
        self.revision, self.is_up = revision, True
        if revision >= newest:
            self._up_to_date_at = time.monotonic()


class PostgreSQLExecutor:
    """Runs statements on a replica that is recent enough, or on the primary."""

    answers_at_once = False

    def __init__(self, database: PostgreSQLDatabase, settings: Settings) -> None:
        """Raises DatabaseUnavailable if the newest revision can't be read."""
        self._database = database
        self.primary = Server(database, settings)
        self.replicas = [
            Replica(Server(PostgreSQLDatabase(url), settings), settings.replica_lag_seconds)
            for url in settings.replicas
        ]
        # A connection pooler in transaction mode passes on no notifications.
        self._listener = self.primary
        if settings.listen_url:
            self._listener = Server(PostgreSQLDatabase(settings.listen_url), settings)
        self._turn = count()
        self._newest = _newest_in(database)
        # The highest revision notified since this process last began to listen.
        self._notified = 0
        self._wake: Callable[[], None] = lambda: None
        self._forget: Callable[[], None] = lambda: None
        self._tasks: list[asyncio.Task[None]] = []
        self._is_started = False
        # Whether notifications may have been missed.
        self._missed_notifications = False
        # As of the last check of the listening connection; None while it is lost.
        self._standbys: Standbys | None = None
        # None for a URL with one host.
        self._primaries: int | None = None

    def newest_revision(self) -> int:
        """The newest revision known to this process."""
        return self._newest

    async def ask_newest(self) -> int:
        """Reads the newest revision from the primary."""
        ((revision,),) = await self._ask_primary([(_NEWEST, ())])
        self.hear(revision)
        return int(revision)

    def when_written(self, wake: Callable[[], None]) -> None:
        """Registers `wake`, which is called when there is a newer revision."""
        self._wake = wake

    def when_interrupted(self, forget: Callable[[], None]) -> None:
        """Registers `forget`, called when revisions may have been missed, or lost in a failover."""
        self._forget = forget

    def run_here(self, prepared: Prepared, variables: Variables) -> None:
        """Returns None: every query waits for the network."""

    async def run(self, prepared: Prepared, variables: Variables, at_least: int = 0) -> list[Row]:
        """The row of each statement, at revision `at_least` or a later one."""
        if not self._is_started:
            await self.start()
        statements = prepared.bound(variables)
        if not statements:
            # Some fields need no statement, such as the tree of kinds.
            return []
        # The usual path makes as few calls as possible: each of them costs.
        try:
            if self.replicas:
                rows = await self._ask(statements, at_least)
            else:
                rows = await self.primary.ask(statements)
        except ConnectionLost:
            rows = await self._ask_primary(statements, at_least)
        revision = rows[0][-1]
        if revision > self._newest:
            self.hear(revision)
        return rows

    async def run_on_new_connection(self, prepared: Prepared, variables: Variables) -> list[Row]:
        """Like `run`, which opens a lost connection again."""
        return await self.run(prepared, variables)

    async def find(self, statement: Statement, variables: Variables) -> Row | None:
        """The row from the primary; from a replica only if the primary is not available."""
        (row,) = await self._ask_primary([(statement.sql, statement.arguments(variables))])
        return row

    async def revision_at(self, time: str) -> int:
        """The number of the revision that was the newest at a time; 0 before the first."""
        ((revision,),) = await self._ask_primary([(_AT_TIME, (time,))])
        return int(revision)

    # --- choice of a server -----------------------------------------------------------------------

    async def _ask(self, statements: Sequence[Bound], at_least: int) -> list[Row]:
        if self.replicas:
            able = [replica for replica in self.replicas if replica.may_answer(at_least)]
            if able:
                chosen = able[next(self._turn) % len(able)]
                try:
                    return await chosen.server.ask(statements)
                except ConnectionLost:
                    chosen.is_up = False
        return await self._ask_primary(statements, at_least)

    async def _ask_primary(self, statements: Sequence[Bound], at_least: int = 0) -> list[Row]:
        """Tries the primary twice, since its connection may have been lost; then the replicas."""
        try:
            return await self.primary.ask(statements)
        except ConnectionLost:
            with suppress(ConnectionLost):
                return await self.primary.ask(statements)
        for replica in self.replicas:
            if replica.revision < at_least:
                # The replica may have caught up since the last check.
                await replica.check(self._newest)
            if replica.revision >= at_least:
                with suppress(ConnectionLost):
                    return await replica.server.ask(statements)
        try:
            return await self.primary.ask(statements)
        except ConnectionLost as lost:
            _unavailable(self._database, lost)

    # --- writes of other processes ----------------------------------------------------------------

    async def start(self) -> None:
        """Listens for notifications from now on."""
        if not self._is_started:
            self._is_started = True
            self._tasks.append(asyncio.create_task(self._listen()))
            self._tasks += [asyncio.create_task(self._watch(each)) for each in self.replicas]
            if has_several_hosts(self._database.url):
                self._tasks.append(asyncio.create_task(self._watch_hosts()))

    def hear(self, revision: int) -> None:
        """Updates the newest revision: written by this process, notified, or read with a result."""
        self._notified = max(self._notified, revision)
        if revision > self._newest:
            self._newest = revision
            self._wake()

    async def _listen(self) -> None:
        """Listens for as long as the process runs; after any failure it connects again."""
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
            self._missed_notifications = True
            await asyncio.sleep(_RETRY_SECONDS)

    async def _listen_to_one(self) -> None:
        """Listens until the connection is lost."""
        connection = await self._listener.connect()
        is_lost = asyncio.Event()
        connection.add_termination_listener(lambda _: is_lost.set())
        try:
            self._notified = 0
            await connection.add_listener(REVISION_CHANNEL, self._on_notification)
            newest = await connection.fetchval(_NEWEST)
            # A notification that arrived during the query may be newer than its result.
            self._newest = max(newest, self._notified)
            if self._missed_notifications:
                # After a failover the data may be different at the same revision.
                self._forget()
            self._wake()
            self._standbys = standbys_in(await connection.fetchrow(STANDBYS))
            while not is_lost.is_set():
                with suppress(TimeoutError):
                    async with asyncio.timeout(_CHECK_SECONDS):
                        await is_lost.wait()
                if not is_lost.is_set():
                    self.hear(await connection.fetchval(_NEWEST))
                    self._standbys = standbys_in(await connection.fetchrow(STANDBYS))
        finally:
            self._standbys = None
            connection.terminate()

    def _on_notification(self, _: object, __: int, ___: str, payload: object) -> None:
        self.hear(int(str(payload)))

    async def _watch(self, replica: Replica) -> None:
        while True:
            await replica.check(self._newest)
            await asyncio.sleep(_REPLICA_CHECK_SECONDS if replica.is_up else _RETRY_SECONDS)

    async def _watch_hosts(self) -> None:
        """Logs an old primary that comes back after a failover."""
        while True:
            primaries = await asyncio.to_thread(primaries_of, self._database.url)
            self._primaries = len(primaries)
            if len(primaries) > 1:
                log.error(Event.TWO_PRIMARIES, hosts=primaries)
            await asyncio.sleep(_HOSTS_CHECK_SECONDS)

    def gauges(self) -> Iterator[Gauge]:
        """The primary's figures on its standbys, and the number of hosts that are primaries."""
        for name, description in _STANDBY_GAUGES.items():
            yield Gauge(name, description, (), "max", partial(self._standby_figure, name))
        yield Gauge("primaries", _PRIMARIES, (), "max", self._primaries_figure)

    def _standby_figure(self, name: str) -> dict[tuple[str, ...], float]:
        if self._standbys is None:
            return {}
        figures = zip(_STANDBY_GAUGES, self._standbys, strict=True)
        return {(): dict(figures)[name]}

    def _primaries_figure(self) -> dict[tuple[str, ...], float]:
        return {} if self._primaries is None else {(): self._primaries}

    def servers(self) -> Iterator[ServerState]:
        """The primary, and each replica with its lag."""
        yield ServerState("primary", *self.primary.connections)
        for number, replica in enumerate(self.replicas, 1):
            yield ServerState(f"replica {number}", *replica.server.connections, replica.lag)

    async def close(self) -> None:
        """Stops listening, and waits for the queries in progress."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for server in (self.primary, *(replica.server for replica in self.replicas)):
            await server.close()


# In the order of the fields of Standbys.
_STANDBY_GAUGES = {
    "standbys_required": "Synchronous standbys that a commit waits for.",
    "standbys_connected": "Standbys that are connected to the primary and may be synchronous.",
    "waiting_commits": "Commits that have waited for a standby for 5 seconds or longer.",
}
_PRIMARIES = "Hosts of the URL that take writes, if it names several; more than one is a fault."


def _unavailable(database: PostgreSQLDatabase, lost: ConnectionLost) -> NoReturn:
    raise database.unavailable(lost.cause) from lost.cause


def _newest_in(database: PostgreSQLDatabase) -> int:
    engine = database.engine()
    try:
        with engine.connect() as connection:
            newest: int = connection.exec_driver_sql(_NEWEST).scalar_one()
            return newest
    except DBAPIError as error:
        raise database.unavailable(error) from error
    finally:
        engine.dispose()


def _as_bytes(row: Row) -> Row:
    """Texts as UTF-8, as they are sent."""
    return [each.encode() if isinstance(each, str) else each for each in row]


# --- within a transaction that writes -----------------------------------------------------------


def ask_within(
    connection: Connection, statements: Sequence[Bound], end: float, before: Callable[[], None]
) -> list[Row]:
    """The first row of each statement, within a transaction that writes.

    `before`: runs statements that are sent together with them.
    """
    driver: Any = connection.connection.driver_connection
    milliseconds = max(1, int((end - time.monotonic()) * 1000))
    # The statements have PostgreSQL's own parameters: $1, $2.
    cursors = [psycopg.RawCursor(driver) for _ in statements]
    try:
        # Sent as one, so that the time limit costs no round trips.
        with driver.pipeline():
            before()
            driver.execute(f"SET LOCAL statement_timeout = {milliseconds}", prepare=False)
            for cursor, (text, values) in zip(cursors, statements, strict=True):
                cursor.execute(text, values)
            driver.execute("SET LOCAL statement_timeout = 0", prepare=False)
        return [_as_bytes(cursor.fetchone() or (None,)) for cursor in cursors]
    except psycopg.errors.QueryCanceled as error:
        refuse_cancelled(error)
        raise TimedOut(
            "Reading the result of the write took too long; select less of it."
        ) from None
    except psycopg.errors.ProgramLimitExceeded:
        raise TooComplex("The query is nested too deeply for the database; nest less.") from None
