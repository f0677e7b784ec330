"""The writer of a process: one thread with one connection, one write after the other."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DatabaseError

from service.database import database_path, explain, open_engine
from service.errors import DatabaseUnavailable
from service.settings import Settings
from service.writing.idempotency import check_key, keep_answer, kept_answer
from service.writing.request import Answer, WriteRequest
from service.writing.transaction import Transaction, check_message

__all__ = ["Answer", "Work", "WriteRequest", "Writer"]

# What a request does within its transaction.
Work = Callable[[Transaction], Answer]


class Writer:
    """Writes of this process wait for each other here; for those of others the database waits."""

    def __init__(self, settings: Settings, written: Callable[[], None] = lambda: None) -> None:
        """The first write opens the database. `written` is called after each, in the loop."""
        self._written = written
        self._path = database_path(settings.database_url)
        self._engine = _open_engine(settings)
        self._seconds = settings.write_seconds
        self._hours = settings.idempotency_hours
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._connection: Connection | None = None

    async def write(self, request: WriteRequest, work: Work) -> Answer:
        """Runs the work in one transaction; what it answers is kept before the client has it.

        All is undone where the work raises, or answers that nothing is to be kept. Raises what the
        work raises, and MalformedBody, KeyReused, InvalidRecord, DatabaseUnavailable.
        """
        check_key(request.idempotency_key)
        check_message(request.message)
        end = time.monotonic() + self._seconds
        loop = asyncio.get_running_loop()
        try:
            answer = loop.run_in_executor(self._thread, self._write, request, work, end)
        except RuntimeError:
            raise DatabaseUnavailable("The service stops; try again once it is back.") from None
        done = await answer
        self._written()
        return done

    def _write(self, request: WriteRequest, work: Work, end: float) -> Answer:
        with self._database_errors_told():
            connection = self._connect()
            _wait_at_most(connection, end - time.monotonic())
            with connection.begin() as transaction:
                # With the right to write: a transaction that asks for it later may ask in vain.
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                known = kept_answer(connection, request, self._hours)
                answer = known or self._answer(connection, request, work)
                if known or not answer.is_kept:
                    transaction.rollback()
            return answer

    def _answer(self, connection: Connection, request: WriteRequest, work: Work) -> Answer:
        tx = Transaction(connection, request.caller.name, request.message)
        answer = work(tx)
        if answer.is_kept:
            tx.finish()
            answer = answer._replace(revision=tx.revision)
            keep_answer(connection, request, answer, self._hours)
        return answer

    def _connect(self) -> Connection:
        if self._connection is None:
            # SQLite would make the file anew, and empty.
            if not self._path.exists():
                raise DatabaseUnavailable(f"There is no database at {self._path} any more.")
            self._connection = self._engine.connect()
        return self._connection

    @contextmanager
    def _database_errors_told(self) -> Iterator[None]:
        try:
            yield
        except (DatabaseError, sqlite3.DatabaseError) as error:
            self._disconnect()
            cause: Any = getattr(error, "orig", error)
            # The others are faults of ours, such as a row that refers to nothing.
            if type(cause) not in (sqlite3.DatabaseError, sqlite3.OperationalError):
                raise
            raise DatabaseUnavailable(self._explained(cause)) from error

    def _explained(self, cause: sqlite3.DatabaseError) -> str:
        # The lowest byte tells of what sort an error is.
        if getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            return (
                f"Others have been writing for {self._seconds:g} seconds, so nothing was written; "
                "try again."
            )
        return explain(self._path, cause)

    def _disconnect(self) -> None:
        """The next write opens the database anew."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def close(self) -> None:
        """Waits for the writes that are under way, and closes the database."""
        self._thread.shutdown()
        self._disconnect()
        self._engine.dispose()


def _open_engine(settings: Settings) -> Engine:
    """An engine whose transactions begin and end as we say, and not as Python's driver does."""
    engine = open_engine(settings.database_url, settings.write_seconds)

    @event.listens_for(engine, "connect")
    def _leave_transactions_to_us(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None

    return engine


def _wait_at_most(connection: Connection, seconds: float) -> None:
    """How long the database waits for other processes; some of the time has passed in the queue."""
    driver = connection.connection.driver_connection
    if driver:
        driver.execute(f"PRAGMA busy_timeout = {max(0, int(seconds * 1000))}")
