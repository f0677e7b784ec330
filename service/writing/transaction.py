"""One write request: one transaction of the database, one revision."""

import textwrap
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

from schema.concepts import Concept
from schema.records import Revision
from schema.records.columns import Meaning
from schema.records.revision import complete_revision, next_revision, take_back
from schema.rules import Problem
from schema.rules.values import fault
from schema.writing.changed_records import begin_noting
from schema.writing.short_statements import unanswered
from service.errors import InvalidRecord, RefusedWrite
from service.writing.lookahead import Wanted
from service.writing.rows.buffer import buffer_of, gathered, write_waiting

# Called after the last operation; returns a problem, or None.
Check = Callable[[Connection], Problem | None]

_REVISIONS = SQLModel.metadata.tables[str(Revision.__tablename__)]
_MESSAGE: Meaning = _REVISIONS.c.message.info["meaning"]


def check_message(message: str | None) -> None:
    """Raises InvalidRecord for an invalid revision message."""
    wrong = None if message is None else fault(message, _MESSAGE)
    if wrong:
        raise InvalidRecord([Problem(("message",), wrong.code, wrong.message)])


class Transaction:
    """What the operations of one request share. The database transaction has begun already."""

    def __init__(
        self,
        connection: Connection,
        author: str,
        message: str | None = None,
        *,
        is_admin: bool = True,
        revision: int | None = None,
    ) -> None:
        """Begins the revision. `message`: its message; default: made from the notes.

        `is_admin`: whether the author may write what only admins may. `revision`: the number of a
        revision that has begun already.
        """
        self.is_admin = is_admin
        self.connection = connection
        self.author = author
        if revision is None:
            revision = next_revision(connection, author, message)
        self.revision = revision
        self.changed_records = begin_noting(connection)
        # The ids of records that remain although their data set was deleted.
        self.kept: list[str] = []
        # The number of noted changes; an operation without effect adds nothing.
        self.changes = 0
        self._has_message = message is not None
        self._notes: dict[str, list[str]] = {}
        self._is_finished = False
        self._is_to_complete = False
        self._checks: dict[Hashable, Check] = {}
        self._is_refused = False

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Allows rows to wait within the block, to be sent together with other statements."""
        with gathered(self.connection):
            yield

    @contextmanager
    def operation(self) -> Iterator[None]:
        """Runs the block as one operation. If it is refused, the transaction must roll back."""
        buffer = buffer_of(self.connection)
        if buffer is not None:
            buffer.forget_known(0)
        try:
            yield
        except RefusedWrite:
            self._is_refused = True
            raise

    def findings(self) -> list[Problem]:
        """A new list for the problems of an operation, with those found before it."""
        return []

    def look_ahead(self, concept: Concept, given: Any) -> None:
        """Reads what a new record refers to at once, if the database is remote."""
        buffer = buffer_of(self.connection)
        if buffer is not None:
            wanted = Wanted(with_former=False)
            wanted.add_record(concept, given)
            buffer.know_each(wanted.looks, wanted.new_tables)

    def recall(self, target: Concept, value: Any) -> int | None:
        """The key that `remember` stored for a reference; None: it has to be looked up."""
        return None

    def remember(self, target: Concept, value: Any, key: int) -> None:
        """May store the key of the record that a reference names; this class does not."""

    def note(self, verb: str, thing: str) -> None:
        """Notes a change for the revision's message: `note("Created", "support_12")`."""
        self.changes += 1
        self._note(verb, thing)

    def _note(self, verb: str, thing: str) -> None:
        self._notes.setdefault(verb, []).append(thing)

    def check_at_end(self, name: Hashable, check: Check) -> None:
        """Registers a check that must hold only at the end of the request.

        It replaces a check with the same name.
        """
        self._checks[name] = check

    def check(self) -> None:
        """Runs the registered checks. Raises InvalidRecord with the problems that they find.

        Checks that fail stay registered, since later operations may solve their problems.
        """
        if self._is_refused:
            raise RuntimeError("An operation was refused, so its transaction must be rolled back.")
        problems = [check(self.connection) for check in self._checks.values()]
        found = [problem for problem in problems if problem]
        if found:
            raise InvalidRecord(found)
        self._checks.clear()

    def finish(self) -> None:
        """Runs the checks and decides whether there is a revision; then call `complete`.

        If nothing was changed, this takes the revision back: `revision` is then the newest one that
        exists. The writer calls both methods; work that reads `revision` calls this one before,
        after its last operation. Raises InvalidRecord.
        """
        self.check()
        if self._is_finished:
            return
        self._is_finished = True
        if not self.changes:
            self.revision = take_back(self.connection, self.revision)
            return
        self._is_to_complete = True
        if self.changed_records.is_in_history:
            # These changes are read from the history, by statements that can't be sent together.
            self.write_waiting()

    def complete(self) -> None:
        """Writes what still waits after `finish`, with all statements sent together."""
        if self._is_to_complete:
            with unanswered(self.connection):
                self.write_waiting()

    def write_waiting(self) -> None:
        """Writes the waiting rows, and after `finish` what completes the revision.

        As far as possible it uses statements that can be sent together with others.
        """
        write_waiting(self.connection)
        if self._is_to_complete:
            self._is_to_complete = False
            message = None if self._has_message else self.in_words()
            complete_revision(self.connection, self.revision, message)
            self.changed_records.complete(self.connection, self.revision)

    def in_words(self) -> str:
        """The message made from the notes: `Created support_12, evidence_40. Updated actor_3.`

        Shortened to the maximum length of a message.
        """
        message = " ".join(f"{verb} {', '.join(things)}." for verb, things in self._notes.items())
        longest = _MESSAGE.limit or len(message)
        # Most messages are short, and `shorten` is slow.
        if len(message) <= longest:
            return message
        return textwrap.shorten(message, longest, placeholder=" and more.")
