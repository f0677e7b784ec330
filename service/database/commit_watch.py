"""Bounds a commit: PostgreSQL waits without a time limit for a standby that is lost."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import Any

from sqlalchemy import Connection, Engine, RootTransaction, event

from service.database import Database


class CommitWatch:
    """The commits of one writer. Another thread breaks one off if it takes too long.

    Its transaction may then be kept or not: the server no longer says. No cancel request is sent,
    since PostgreSQL would then acknowledge a commit that no standby has.
    """

    def __init__(self, database: Database, seconds: float) -> None:
        """`seconds`: how long a commit may take."""
        self.seconds = seconds
        self._database = database
        self._lock = Lock()
        # Of the driver: SQLAlchemy would reopen a lost connection on request.
        self._driver: Any = None
        self._since: float | None = None
        # Of the current transaction: whether its commit has begun, and whether it was broken off.
        self.has_begun = False
        self.is_broken_off = False
        self._timer: Timer | None = None

    def follow(self, connection: Connection | None) -> None:
        """The connection of the writer from now on. Called with None before it is closed."""
        with self._lock:
            self._driver = connection and connection.connection.driver_connection

    def begin_transaction(self) -> None:
        """Forgets the last commit."""
        self.has_begun = self.is_broken_off = False

    @contextmanager
    def committing(self) -> Iterator[None]:
        """The block commits."""
        self.has_begun, self._since = True, time.monotonic()
        try:
            yield
        finally:
            self._since = None

    def commit(self, transaction: RootTransaction) -> None:
        """Commits, and breaks it off by itself: for a caller whose thread has no event loop."""
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
        """Breaks off each commit of an engine by itself: for a command, whatever it does."""

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
        """Breaks a commit off if its time is over; called by another thread."""
        since = self._since
        if since is not None and time.monotonic() - since > self.seconds:
            self.break_off()

    def break_off(self) -> None:
        """Whatever the writer's connection waits for fails at once."""
        with self._lock:
            if self._driver is not None:
                self.is_broken_off = True
                self._database.hang_up(self._driver)
