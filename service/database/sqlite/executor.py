"""Runs statements on SQLite.

A query first runs on the thread of the event loop, for a few milliseconds at most. If it takes
longer, it is interrupted and runs again in a thread pool, within the time limit of a request; later
queries of its plan go to the thread pool directly, until many in a row were quick there. So do
those of a plan that reads all supports, from the first.
"""

import asyncio
import math
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import apsw
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from schema.writing.short_statements import read
from service.database.executor import Bound, Prepared, Row
from service.database.sqlite.database import SQLiteDatabase, open_reader
from service.errors import TimedOut, TooComplex
from service.observability.counters import Gauge, ServerState
from service.plan import Variables
from service.sql.binding import Statement

_GRACE_SECONDS = 0.02
# The limit for a quick run in the thread pool: lower, since the times of two runs differ.
_QUICK_SECONDS = _GRACE_SECONDS / 4
# The time between two checks of a reader that its file is still the same, in seconds.
_LOOK_SECONDS = 1.0
# SQLite virtual machine instructions between two checks of the time limit.
_INSTRUCTIONS = 20_000
_THREADS = 4
# Nearly all queries run on the thread of the event loop, so it has a larger cache.
_CACHE_KIB_HERE = 16_000
_CACHE_KIB_THERE = 4_000

_DISK_FREE = "Free space on the disk of the database, in bytes."
_NEWEST = "SELECT max(number) FROM revision"
_AT_TIME = "SELECT coalesce(max(number), 0) FROM revision WHERE time <= ?"

# SQLite's messages for a statement that exceeds one of its limits. No query within the default
# settings does (`tests/oracle/test_at_the_limits.py`), but an operator may raise the settings.
_TOO_MUCH = re.compile(
    "Recursion limit|parser stack overflow|Expression tree is too large|nested too deep"
    "|at most 64 tables"
    "|too many (columns|terms|arguments|SQL variables)|statement too long"
    "|VIEWs and/or subqueries nested too deep"
)


class Deadline:
    """The time limit of queries, on the monotonic clock. Another thread may end them earlier."""

    __slots__ = ("end", "seconds")

    def __init__(self, seconds: float) -> None:
        """`seconds`: the time limit from now."""
        self.seconds = seconds
        self.end = time.monotonic() + seconds

    def end_now(self) -> None:
        """Ends these queries; later queries of the connection have their own deadlines."""
        self.end = -math.inf


_NEVER = Deadline(math.inf)


class Reader:
    """A connection that interrupts queries at a deadline."""

    def __init__(self, database: SQLiteDatabase, cache_kib: int) -> None:
        """Opens the database."""
        self._unavailable = database.unavailable
        self._check_is_same = database.check_is_same
        self._looks_at = 0.0
        self._connection = open_reader(database.path, cache_kib)
        self._deadline = _NEVER
        self._data_version, self._revision = -1, 0
        self._connection.set_progress_handler(self._is_over, _INSTRUCTIONS)

    def _is_over(self) -> bool:
        return time.monotonic() > self._deadline.end

    def ask(self, statements: Sequence[Bound], deadline: Deadline) -> list[Row]:
        """The one row of each query, all of one snapshot; the last column is its revision."""
        now = time.monotonic()
        if now > self._looks_at:
            self._look(now)
        self._deadline = deadline
        try:
            if len(statements) == 1:
                ((sql, values),) = statements
                return [_as_bytes(self._connection.execute(sql, values).fetchone())]
            return self._ask_together(statements)
        except apsw.InterruptError:
            raise TimedOut(
                f"The query took longer than {deadline.seconds:g} seconds; select less."
            ) from None
        except apsw.Error as error:
            _refuse_too_complex(error)
            raise self._unavailable(error) from error

    def _look(self, now: float) -> None:
        self._check_is_same()
        self._looks_at = now + _LOOK_SECONDS

    def _ask_together(self, statements: Sequence[Bound]) -> list[Row]:
        self._connection.execute("BEGIN")
        try:
            execute = self._connection.execute
            return [_as_bytes(execute(sql, values).fetchone()) for sql, values in statements]
        finally:
            self._connection.execute("ROLLBACK")

    def find(self, sql: str, values: Sequence[Any]) -> Row | None:
        """The first row of a query without a deadline; None if there is none."""
        self._deadline = _NEVER
        try:
            row = self._connection.execute(sql, values).fetchone()
        except apsw.Error as error:
            raise self._unavailable(error) from error
        return None if row is None else _as_bytes(row)

    def newest_revision(self) -> int:
        """The newest revision, of any process.

        `PRAGMA data_version` shows whether another connection has written, in any process, and is
        faster than a query.
        """
        self._deadline = _NEVER
        now = time.monotonic()
        if now > self._looks_at:
            self._look(now)
        try:
            version = self._connection.execute("PRAGMA data_version").get
            if version != self._data_version:
                self._revision = self._connection.execute(_NEWEST).get
                self._data_version = version
        except apsw.Error as error:
            raise self._unavailable(error) from error
        return self._revision

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()


def _as_bytes(row: Any) -> Row:
    """Texts as UTF-8, as they are sent."""
    return [each.encode() if type(each) is str else each for each in row]


def _refuse_too_complex(error: BaseException | None) -> None:
    """Raises TooComplex if the error is that the statement exceeds a limit of SQLite."""
    if isinstance(error, apsw.SQLError) and _TOO_MUCH.match(str(error)):
        raise TooComplex(
            "The query is too complex for SQLite; select less, or use PostgreSQL."
        ) from None


class SQLiteExecutor:
    """Runs queries on the thread of the event loop, or in a thread pool if they are slow."""

    answers_at_once = True

    def __init__(
        self, database: SQLiteDatabase, seconds: float, *, reads_once: bool = False
    ) -> None:
        """`seconds`: the time limit of a query. `reads_once`: little is read a second time."""
        self._database = database
        self._seconds = seconds
        self._grace = min(_GRACE_SECONDS, seconds)
        self._here = Reader(database, _CACHE_KIB_THERE if reads_once else _CACHE_KIB_HERE)
        # On the hot path, so without an extra call. Raises DatabaseUnavailable.
        self.newest_revision = self._here.newest_revision
        self._wake: Callable[[], None] = lambda: None
        self._local = threading.local()
        self._readers: list[Reader] = []
        # The number of queries that run in the thread pool, or wait for it.
        self._there = 0
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="reader")

    async def ask_newest(self) -> int:
        """Like `newest_revision`, which always reads the database."""
        return self.newest_revision()

    def when_written(self, wake: Callable[[], None]) -> None:
        """Registers `wake`, called after each write of this process.

        Poll `newest_revision` for the writes of others.
        """
        self._wake = wake

    def when_interrupted(self, forget: Callable[[], None]) -> None:
        """Does nothing: data at one revision never differs in an open file."""

    def hear(self, revision: int) -> None:
        """Calls `wake`; `newest_revision` reads the revision itself."""
        self._wake()

    async def start(self) -> None:
        """Does nothing: connections open when needed."""

    async def revision_at(self, time: str) -> int:
        """The newest revision at a time; 0 before the first."""
        ((revision,),) = self._here.ask([(_AT_TIME, (time,))], Deadline(self._seconds))
        return int(revision)

    async def find(self, statement: Statement, variables: Variables) -> Row | None:
        """The row of a look-up by key, which is always fast."""
        return self._here.find(statement.sql, statement.arguments(variables))

    def run_here(self, prepared: Prepared, variables: Variables) -> list[Row] | None:
        """Runs each statement on this thread; returns None if the plan is slow."""
        if prepared.is_slow:
            return None
        try:
            return self._here.ask(prepared.bound(variables), Deadline(self._grace))
        except TimedOut:
            prepared.took_long()
            return None

    async def run(self, prepared: Prepared, variables: Variables, at_least: int = 0) -> list[Row]:
        """Runs each statement in the thread pool, within the time limit.

        Interrupts the query if the task is cancelled. `at_least` has no effect: a file has no
        replicas.
        """
        loop = asyncio.get_running_loop()
        statements = prepared.bound(variables)
        deadline = Deadline(self._seconds)
        self._there += 1
        try:
            ask = self._ask_there
            rows, took = await loop.run_in_executor(self._threads, ask, statements, deadline)
        except asyncio.CancelledError:
            # No client waits for the result, so free the thread for other queries.
            deadline.end_now()
            raise
        finally:
            self._there -= 1
        prepared.have_run(quickly=took < _QUICK_SECONDS)
        return rows

    def _ask_there(
        self, statements: Sequence[Bound], deadline: Deadline
    ) -> tuple[list[Row], float]:
        """The rows, and the seconds that the query took, without its time in the queue."""
        begun = time.monotonic()
        if deadline.end <= begun:
            # Skip queries that have timed out in the queue.
            raise TimedOut(
                f"No thread was free within {deadline.seconds:g} seconds; send fewer at once."
            )
        reader: Reader | None = getattr(self._local, "reader", None)
        if reader is None:
            reader = self._local.reader = Reader(self._database, _CACHE_KIB_THERE)
            self._readers.append(reader)
        # The limit includes the time in the queue.
        return reader.ask(statements, deadline), time.monotonic() - begun

    async def run_on_new_connection(self, prepared: Prepared, variables: Variables) -> list[Row]:
        """Like `run`, on a new connection: an open one still works if its file was deleted."""
        statements = prepared.bound(variables)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._run_on_new_connection, statements)

    def _run_on_new_connection(self, statements: Sequence[Bound]) -> list[Row]:
        self._database.check_is_same()
        try:
            reader = Reader(self._database, _CACHE_KIB_THERE)
        except apsw.Error as error:
            raise self._database.unavailable(error) from error
        try:
            return reader.ask(statements, Deadline(self._seconds))
        finally:
            reader.close()

    def servers(self) -> Iterator[ServerState]:
        """Yields one state: the connections of the thread pool, without the event loop's own."""
        in_use = min(self._there, _THREADS)
        opened = max(in_use, len(self._readers))
        yield ServerState("primary", in_use, opened, _THREADS)

    def gauges(self) -> Iterator[Gauge]:
        """The free space on the disk of the file."""
        yield Gauge("disk_free_bytes", _DISK_FREE, (), "max", self._disk_free)

    def _disk_free(self) -> dict[tuple[str, ...], float]:
        try:
            return {(): shutil.disk_usage(self._database.path.absolute().parent).free}
        except OSError:
            return {}

    async def close(self) -> None:
        """Waits for the thread pool, and closes all connections."""
        self._threads.shutdown()
        for reader in (self._here, *self._readers):
            reader.close()


def ask_within(connection: Connection, statements: Sequence[Bound], end: float) -> list[Row]:
    """The first row of each statement, within a transaction and with its uncommitted writes.

    `end`: the deadline, on the monotonic clock. Raises TimedOut and TooComplex; the caller handles
    other errors of the database.
    """
    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(lambda: time.monotonic() > end, _INSTRUCTIONS)
    try:
        found = (read(connection, sql, values) for sql, values in statements)
        return [_as_bytes(rows[0] if rows else (None,)) for rows in found]
    except OperationalError as error:
        if isinstance(error.orig, apsw.InterruptError):
            raise TimedOut(
                "Reading the result of the write took too long; select less of it."
            ) from None
        _refuse_too_complex(error.orig)
        raise
    finally:
        driver.set_progress_handler(None)
