"""Asks SQLite.

A quick question is answered at once, on the event loop's own thread, within a few milliseconds of
grace. One that takes longer is interrupted and asked again in a thread, where it has all the time
that a request may take; the next one of its plan goes to a thread straight away.
"""

import asyncio
import math
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from service.database.executor import Bound, Prepared, Row
from service.database.sqlite.database import SQLiteDatabase, open_reader
from service.errors import DatabaseUnavailable, TimedOut, TooComplex
from service.observability.counters import ServerState
from service.plan import Variables
from service.sql.binding import Statement

_GRACE_SECONDS = 0.02
# How many instructions of SQLite's machine lie between two looks at the clock.
_INSTRUCTIONS = 20_000
_THREADS = 4
# Nearly all questions are answered on the loop's thread: its pages are worth keeping.
_CACHE_KIB_HERE = 16_000
_CACHE_KIB_THERE = 4_000

_NEWEST = "SELECT max(number) FROM revision"
_AT_TIME = "SELECT coalesce(max(number), 0) FROM revision WHERE time <= ?"

# What SQLite says where a statement has more levels than it can read.
_TOO_DEEP = frozenset(
    {"parser stack overflow", "Expression tree is too large (maximum depth 1000)"}
)


class Reader:
    """One connection whose questions end when their time is up."""

    def __init__(self, database: SQLiteDatabase, cache_kib: int) -> None:
        """Opens the database."""
        self._explain = database.explain
        self._connection = open_reader(database.path, cache_kib)
        self._end = math.inf
        self._data_version, self._revision = -1, 0
        self._connection.set_progress_handler(self._is_over, _INSTRUCTIONS)

    def _is_over(self) -> bool:
        return time.monotonic() > self._end

    def ask(self, questions: Sequence[Bound], seconds: float) -> list[Row]:
        """The one row of each answer, all of one state of the data, whose revision comes last."""
        self._end = time.monotonic() + seconds
        try:
            if len(questions) == 1:
                ((sql, values),) = questions
                return [self._connection.execute(sql, values).fetchone()]
            return self._ask_together(questions)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise TimedOut(f"The answer took longer than {seconds:g} seconds.") from None
            if str(error) in _TOO_DEEP:
                raise TooComplex(
                    "The question nests too deep for the database; ask less."
                ) from None
            raise DatabaseUnavailable(self._explain(error)) from error
        except sqlite3.DatabaseError as error:
            raise DatabaseUnavailable(self._explain(error)) from error

    def _ask_together(self, questions: Sequence[Bound]) -> list[Row]:
        self._connection.execute("BEGIN")
        try:
            execute = self._connection.execute
            return [execute(sql, values).fetchone() for sql, values in questions]
        finally:
            self._connection.execute("ROLLBACK")

    def find(self, sql: str, values: Sequence[Any]) -> Row | None:
        """The first row of an answer that is not about the data; None where there is none."""
        self._end = math.inf
        try:
            row: Row | None = self._connection.execute(sql, values).fetchone()
        except sqlite3.DatabaseError as error:
            raise DatabaseUnavailable(self._explain(error)) from error
        return row

    def newest_revision(self) -> int:
        """The number of the newest revision, whoever wrote it.

        SQLite tells by a number of its own whether another connection has written, in whatever
        process, and tells it faster than anything can be read.
        """
        self._end = math.inf
        try:
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
            if version != self._data_version:
                (self._revision,) = self._connection.execute(_NEWEST).fetchone()
                self._data_version = version
        except sqlite3.DatabaseError as error:
            raise DatabaseUnavailable(self._explain(error)) from error
        return self._revision

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()


class SQLiteExecutor:
    """Asks on the loop's thread or in another, as the question deserves."""

    answers_at_once = True

    def __init__(self, database: SQLiteDatabase, seconds: float) -> None:
        """`seconds`: how long an answer may take."""
        self._database = database
        self._seconds = seconds
        self._grace = min(_GRACE_SECONDS, seconds)
        self._here = Reader(database, _CACHE_KIB_HERE)
        # Asked by every request, so without a detour. Raises DatabaseUnavailable.
        self.newest_revision = self._here.newest_revision
        self._wake: Callable[[], None] = lambda: None
        self._local = threading.local()
        self._readers: list[Reader] = []
        # How many questions are answered in a thread, or wait for one.
        self._there = 0
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="reader")

    async def ask_newest(self) -> int:
        """There is no other way to know it."""
        return self.newest_revision()

    def when_written(self, wake: Callable[[], None]) -> None:
        """Whom to tell of writes of this process; others are found by asking `newest_revision`."""
        self._wake = wake

    def when_interrupted(self, forget: Callable[[], None]) -> None:
        """Nobody replaces a file that is open."""

    def hear(self, revision: int) -> None:
        """`newest_revision` finds it."""
        self._wake()

    async def start(self) -> None:
        """The connections are there."""

    async def revision_at(self, time: str) -> int:
        """The number of the revision that was the newest at a time; 0 before the first."""
        ((revision,),) = self._here.ask([(_AT_TIME, (time,))], self._seconds)
        return int(revision)

    async def find(self, statement: Statement, variables: Variables) -> Row | None:
        """The row of a statement that looks one key up, and so is always quick."""
        return self._here.find(statement.sql, statement.arguments(variables))

    async def run(self, prepared: Prepared, variables: Variables, at_least: int = 0) -> list[Row]:
        """The row of each statement. A file is never behind itself, whatever is asked for."""
        rows = self.run_here(prepared, variables)
        return await self.run_there(prepared, variables) if rows is None else rows

    def run_here(self, prepared: Prepared, variables: Variables) -> list[Row] | None:
        """The same at once; None where it is slow, or has just proved to be."""
        if prepared.is_slow:
            return None
        try:
            return self._here.ask(prepared.bound(variables), self._grace)
        except TimedOut:
            prepared.is_slow = True
            return None

    async def run_there(self, prepared: Prepared, variables: Variables) -> list[Row]:
        """The same in a thread, with all the time there is."""
        loop = asyncio.get_running_loop()
        questions = prepared.bound(variables)
        end = time.monotonic() + self._seconds
        self._there += 1
        try:
            return await loop.run_in_executor(self._threads, self._ask_there, questions, end)
        finally:
            self._there -= 1

    def _ask_there(self, questions: Sequence[Bound], end: float) -> list[Row]:
        seconds = end - time.monotonic()
        if seconds <= 0:
            # So that those who waited as long do not keep the next ones waiting.
            raise TimedOut(f"No thread was free for {self._seconds:g} seconds; try again later.")
        reader: Reader | None = getattr(self._local, "reader", None)
        if reader is None:
            reader = self._local.reader = Reader(self._database, _CACHE_KIB_THERE)
            self._readers.append(reader)
        try:
            return reader.ask(questions, seconds)
        except TimedOut:
            # With its time in the queue, that is.
            raise TimedOut(f"The answer took longer than {self._seconds:g} seconds.") from None

    async def run_anew(self, prepared: Prepared, variables: Variables) -> list[Row]:
        """The same through a connection of its own: one that is open outlives its file."""
        questions = prepared.bound(variables)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._ask_anew, questions)

    def _ask_anew(self, questions: Sequence[Bound]) -> list[Row]:
        try:
            reader = Reader(self._database, _CACHE_KIB_THERE)
        except sqlite3.DatabaseError as error:
            raise DatabaseUnavailable(self._database.explain(error)) from error
        try:
            return reader.ask(questions, self._seconds)
        finally:
            reader.close()

    def servers(self) -> Iterator[ServerState]:
        """The file, with the connections of the threads; that of the loop is always there."""
        in_use = min(self._there, _THREADS)
        opened = max(in_use, len(self._readers))
        yield ServerState("primary", in_use, opened, _THREADS)

    async def close(self) -> None:
        """Waits for the threads and closes every connection."""
        self._threads.shutdown()
        for reader in (self._here, *self._readers):
            reader.close()


def ask_within(connection: Connection, questions: Sequence[Bound], end: float) -> list[Row]:
    """The first row of each answer, from within a transaction: it sees what was written there.

    `end`: the moment of the monotonic clock by which it is to be done. Raises TimedOut and
    TooComplex; other errors of the database are for whoever began the transaction.
    """
    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(lambda: time.monotonic() > end, _INSTRUCTIONS)
    try:
        found = (connection.exec_driver_sql(sql, tuple(values)) for sql, values in questions)
        return [tuple(each.fetchone() or (None,)) for each in found]
    except OperationalError as error:
        if getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise TimedOut("The answer to the write took too long; ask for less of it.") from None
        if str(error.orig) in _TOO_DEEP:
            raise TooComplex("The question nests too deep for the database; ask less.") from None
        raise
    finally:
        driver.set_progress_handler(None, 0)
