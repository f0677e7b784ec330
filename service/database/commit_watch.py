"""A time limit for commits: PostgreSQL waits for a lost standby without one."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import Any

from sqlalchemy import Connection, Engine, RootTransaction, event

from service.database import Database


class CommitWatch:
    """Watches the commits of one writer; another thread breaks off a commit that takes too long.

    Its transaction may then be committed or not: the server can no longer report it. No cancel
    request is sent, since PostgreSQL would then acknowledge a commit that no standby has.
    """

    def __init__(self, database: Database, seconds: float) -> None:
        """`seconds`: the maximum duration of a commit."""
        self.seconds = seconds
        self._database = database
        self._lock = Lock()
        # The driver's connection: SQLAlchemy's would reopen a lost one when it is used.
        self._driver: Any = None
        self._since: float | None = None
        # Whether the commit of the current transaction has begun, and whether it was broken off.
        self.has_begun = False
        self.is_broken_off = False
        self._timer: Timer | None = None

    def follow(self, connection: Connection | None) -> None:
        """Sets the writer's connection. Call it with None before the connection is closed."""
        with self._lock:
            self._driver = connection and connection.connection.driver_connection

    def begin_transaction(self) -> None:
        """Resets the state of the last commit."""
        self.has_begun = self.is_broken_off = False

    @contextmanager
    def committing(self) -> Iterator[None]:
        """Marks the block as the commit of the transaction, for `check`."""
        self.has_begun, self._since = True, time.monotonic()
        try:
            yield
        finally:
            self._since = None

    def commit(self, transaction: RootTransaction) -> None:
        """Commits with a timer that breaks the commit off: for a thread without an event loop."""
        self.follow(transaction.connection)
        timer = Timer(self.seconds, self.break_off)
        timer.start()
        try:
            with self.committing():
                transaction.commit()
        finally:
            timer.cancel()
            self.follow(None)

    def watch(self, engine: Engine) -> None:
        """Sets a timer for each commit of an engine: for commands, which commit in many places."""

        def begin_commit(connection: Connection) -> None:
            self.begin_transaction()
            self.has_begun = True
            self.follow(connection)
            self._timer = Timer(self.seconds, self.break_off)
            self._timer.start()

        def end_commit(*_: object) -> None:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
                self.follow(None)

        event.listen(engine, "commit", begin_commit)
        # No event reports the end of a commit; the next event shows it.
        event.listen(engine, "begin", end_commit)
        event.listen(engine, "checkin", end_commit)

    def check(self) -> None:
        """Breaks off a commit that has exceeded its time limit; called by another thread."""
        since = self._since
        if since is not None and time.monotonic() - since > self.seconds:
            self.break_off()

    def break_off(self) -> None:
        """Closes the writer's connection, so that whatever it waits for fails at once."""
        with self._lock:
            if self._driver is not None:
                self.is_broken_off = True
                self._database.hang_up(self._driver)
