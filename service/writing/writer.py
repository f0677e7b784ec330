"""The writer of a process: one thread with one connection, which runs one write at a time."""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Timer
from typing import NamedTuple

from sqlalchemy import Connection, RootTransaction
from sqlalchemy.exc import DBAPIError

from schema.records.revision import revision_statement
from service.database import Database, busy_with_writes
from service.database.commit_watch import CommitWatch
from service.database.concurrency_limit import write_limit
from service.errors import AllyGraphError, BusyDatabase, LostCommit, UnconfirmedWrite
from service.observability.counters import Stage
from service.request.caller import Role
from service.request.context import RequestContext
from service.settings import Settings
from service.writing.idempotency import check_key, keep_answer, kept_answer
from service.writing.result import WriteResult
from service.writing.transaction import Transaction, check_message

__all__ = ["Work", "WriteResult", "Writer"]

# The number of checks of a commit within the time that it may take.
_CHECKS = 10
# The time that a stopping process waits for the write in progress, in seconds.
_CLOSE_SECONDS = 5.0

# The work of a request within its transaction.
Work = Callable[[Transaction], WriteResult]
_Answer = Callable[["_Begun", RequestContext], WriteResult]


class _Begun(NamedTuple):
    """A transaction that has the writers' lock, and its revision."""

    transaction: RootTransaction
    revision: int

    @property
    def connection(self) -> Connection:
        """The connection of the transaction."""
        return self.transaction.connection


class Writer:
    """Runs the writes of this process one after the other.

    They wait here for each other, and in the database for the writes of other processes.
    """

    def __init__(
        self,
        database: Database,
        settings: Settings,
        written: Callable[[int], None] = lambda _: None,
        stage: Stage | None = None,
    ) -> None:
        """Does not connect: the first write does.

        `written` is called with the revision of each stored write, in the event loop. `stage`
        counts the time that writes take, with their time in the queue.
        """
        self._stage = stage or Stage("write")
        self._written = written
        self._database = database
        self._engine = database.writer_engine(settings.write_seconds)
        self._seconds = settings.write_seconds
        self._commit = CommitWatch(database, settings.seconds)
        self._next_check: asyncio.TimerHandle | None = None
        self._in_progress = 0
        self._hours = settings.idempotency_hours
        self._places = write_limit(settings.waiting_writes)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._connection: Connection | None = None

    async def write(
        self, context: RequestContext, work: Work, begin: type[Transaction] = Transaction
    ) -> WriteResult:
        """Runs the work in one transaction, and returns its result after the commit.

        `begin`: the class of the transaction that the work gets. The transaction is rolled back if
        the work raises, or returns a result with `is_kept=False`.

        Raises what the work raises, and MalformedBody, KeyReused, InvalidRecord, Overloaded,
        DatabaseUnavailable, UnconfirmedWrite.
        """
        if context.idempotency_key is not None:
            check_key(context.idempotency_key)
        check_message(context.message)
        with self._places.take(), self._stage.timed():
            done = await self._in_thread(context, partial(self._answer, work=work, begin=begin))
        if done.is_kept and done.revision is not None:
            self._written(done.revision)
        return done

    async def _in_thread(self, context: RequestContext, answer: _Answer) -> WriteResult:
        """Runs the write in the thread; one time limit covers the queue and the database's lock."""
        end = time.monotonic() + self._seconds
        loop = asyncio.get_running_loop()
        try:
            job = self._thread.submit(self._write, context, answer, end)
        except RuntimeError:
            raise BusyDatabase("The service stops; send it again once it is back.") from None
        has_expired = False

        def expire() -> None:
            nonlocal has_expired
            has_expired = job.cancel()

        timer = loop.call_later(self._seconds, expire)
        self._in_progress += 1
        self._check_commit_later(loop)
        try:
            return await asyncio.wrap_future(job)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if has_expired and not (task and task.cancelling()):
                raise busy_with_writes(self._seconds) from None
            raise
        finally:
            self._in_progress -= 1
            timer.cancel()

    def _check_commit_later(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._next_check is None:
            seconds = self._commit.seconds / _CHECKS
            self._next_check = loop.call_later(seconds, self._check_commit, loop)

    def _check_commit(self, loop: asyncio.AbstractEventLoop) -> None:
        self._next_check = None
        self._commit.check()
        if self._in_progress:
            self._check_commit_later(loop)

    def _write(self, context: RequestContext, make: _Answer, end: float) -> WriteResult:
        self._commit.begin_transaction()
        with self._database_errors_translated(), self._begun(context, end) as begun:
            is_keyed = context.idempotency_key is not None
            known = kept_answer(begun.connection, context, self._hours) if is_keyed else None
            answer = known or make(begun, context)
            if known or not answer.is_kept:
                begun.transaction.rollback()
            else:
                # A commit into a database file that was deleted or replaced would be lost.
                self._database.check_is_same()
            return answer

    @contextmanager
    def _begun(self, context: RequestContext, end: float) -> Iterator["_Begun"]:
        """Begins a transaction with the writers' lock; commits it at the end of the block.

        If the connection was lost since the last write, it connects again. No statement of the
        write has run by then, so none can run twice.
        """
        was_open = self._connection is not None
        try:
            begun = self._begin(context, end)
        except DBAPIError as error:
            if not (was_open and error.connection_invalidated):
                raise
            self._disconnect()
            begun = self._begin(context, end)
        with begun.transaction as transaction:
            yield begun
            if transaction.is_active:
                with self._commit.committing():
                    transaction.commit()

    def _begin(self, context: RequestContext, end: float) -> "_Begun":
        self._database.check_is_same()
        transaction = self._connect().begin()
        connection = transaction.connection
        first = revision_statement(connection, context.caller.name, context.message)
        # Part of the time limit has passed in the queue.
        seconds = end - time.monotonic()
        (((revision,),),) = self._database.begin_write(connection, seconds, first)
        return _Begun(transaction, int(revision))

    def _answer(
        self, begun: "_Begun", context: RequestContext, work: Work, begin: type[Transaction]
    ) -> WriteResult:
        caller, connection = context.caller, begun.connection
        is_admin = caller.role.includes(Role.ADMIN)
        tx = begin(
            *(connection, caller.name, context.message), is_admin=is_admin, revision=begun.revision
        )
        with tx.gathering():
            answer = work(tx)
            if not answer.is_kept:
                return answer
            tx.finish()
            tx.complete()
        answer = answer._replace(revision=tx.revision)
        if context.idempotency_key is not None:
            keep_answer(connection, context, answer, self._hours)
        elif not tx.changes:
            # Nothing has changed, so there is nothing to commit.
            return answer._replace(is_kept=False)
        return answer

    def _connect(self) -> Connection:
        if self._connection is None:
            self._database.check_is_there()
            self._connection = self._engine.connect()
            self._commit.follow(self._connection)
        return self._connection

    @contextmanager
    def _database_errors_translated(self) -> Iterator[None]:
        try:
            yield
        except self._database.errors as error:
            self._disconnect()
            translated = self._translated(error)
            if translated is None:
                raise
            raise translated from error

    def _translated(self, error: Exception) -> AllyGraphError | None:
        """The error for the client; None for a bug of the service."""
        if self._commit.has_begun:
            if self._commit.is_broken_off:
                return UnconfirmedWrite(self._commit.seconds)
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                return LostCommit(self._database.explain(error))
        return self._database.trouble(error, self._seconds)

    def _disconnect(self) -> None:
        """Closes the connection; the next write opens the database again."""
        if self._connection is not None:
            self._commit.follow(None)
            self._connection.close()
            self._connection = None

    def close(self) -> None:
        """Waits a limited time for the writes in progress, and closes the database."""
        late = Timer(_CLOSE_SECONDS, self._commit.break_off)
        late.start()
        self._thread.shutdown()
        late.cancel()
        self._disconnect()
        self._engine.dispose()
