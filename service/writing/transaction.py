"""One write request: one transaction of the database, one revision."""

import textwrap
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

from schema.changed_records import begin_noting
from schema.concepts import Concept
from schema.records import Revision
from schema.records.columns import Meaning
from schema.records.revision import complete_revision, next_revision, take_back
from schema.rules import Problem
from schema.rules.values import fault
from schema.short_statements import unanswered
from service.errors import InvalidRecord, RefusedWrite
from service.writing.lookahead import Wanted
from service.writing.rows.buffer import buffer_of, gathered, write_waiting

# Asked once all is written; gives what is wrong, if anything is.
Check = Callable[[Connection], Problem | None]

_REVISIONS = SQLModel.metadata.tables[str(Revision.__tablename__)]
_MESSAGE: Meaning = _REVISIONS.c.message.info["meaning"]


def check_message(message: str | None) -> None:
    """Raises InvalidRecord for what can't be a revision's message."""
    wrong = None if message is None else fault(message, _MESSAGE)
    if wrong:
        raise InvalidRecord([Problem(("message",), wrong.code, wrong.message)])


class Transaction:
    """What the operations of one request share. The transaction has begun, so has its revision."""

    def __init__(
        self,
        connection: Connection,
        author: str,
        message: str | None = None,
        *,
        is_admin: bool = True,
        revision: int | None = None,
    ) -> None:
        """Begins the revision. `message`: what it changes; None: in words made of the notes.

        `is_admin`: whether the author may write what only admins may. `revision`: the one that has
        begun already.
        """
        self.is_admin = is_admin
        self.connection = connection
        self.author = author
        if revision is None:
            revision = next_revision(connection, author, message)
        self.revision = revision
        self.changed_records = begin_noting(connection)
        # The ids of records that stay although what they belonged to is deleted.
        self.kept: list[str] = []
        # How often something was changed; an operation that finds all as it is to be adds nothing.
        self.changes = 0
        self._has_message = message is not None
        self._notes: dict[str, list[str]] = {}
        self._is_finished = False
        self._is_to_complete = False
        self._checks: dict[Hashable, Check] = {}
        self._is_refused = False

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Until the end of the block, rows may wait to be written together with all else."""
        with gathered(self.connection):
            yield

    @contextmanager
    def operation(self) -> Iterator[None]:
        """The block is one operation. If it is refused, nothing of the transaction can be kept."""
        buffer = buffer_of(self.connection)
        if buffer is not None:
            buffer.forget_known(0)
        try:
            yield
        except RefusedWrite:
            self._is_refused = True
            raise

    def findings(self) -> list[Problem]:
        """A new list for the problems of an operation, with those that are known before it."""
        return []

    def look_ahead(self, concept: Concept, given: Any) -> None:
        """Reads at once what a new record refers to, where each read is waited for."""
        buffer = buffer_of(self.connection)
        if buffer is not None:
            wanted = Wanted(with_former=False)
            wanted.add_record(concept, given)
            buffer.know_each(wanted.looks, wanted.new_tables)

    def recall(self, target: Concept, value: Any) -> int | None:
        """The key of the record that a reference named before; None if that has to be looked up."""
        return None

    def remember(self, target: Concept, value: Any, key: int) -> None:
        """The reference names the record with this key."""

    def note(self, verb: str, thing: str) -> None:
        """What was changed, for the revision's message: `note("Created", "support_12")`."""
        self.changes += 1
        self._note(verb, thing)

    def _note(self, verb: str, thing: str) -> None:
        self._notes.setdefault(verb, []).append(thing)

    def check_at_end(self, name: Hashable, check: Check) -> None:
        """Something that need not hold until the request is done; the same name, the same check."""
        self._checks[name] = check

    def check(self) -> None:
        """Makes the checks; as often as needed, since later operations may solve a problem.

        Raises InvalidRecord.
        """
        if self._is_refused:
            raise RuntimeError("An operation was refused, so its transaction must be rolled back.")
        problems = [check(self.connection) for check in self._checks.values()]
        found = [problem for problem in problems if problem]
        if found:
            raise InvalidRecord(found)
        self._checks.clear()

    def finish(self) -> None:
        """Makes the checks; `complete` writes what follows from them. The writer does both.

        Where nothing was changed there is no revision: `revision` is then the newest that there is.
        Whoever reads it does this earlier, after the last operation. Raises InvalidRecord.
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
            # Only short statements can be sent together, and the history is read by others.
            self.write_waiting()

    def complete(self) -> None:
        """Writes what still waits once the transaction is finished."""
        if self._is_to_complete:
            with unanswered(self.connection):
                self.write_waiting()

    def write_waiting(self) -> None:
        """Writes what waits: rows, and once all is done what completes the revision.

        As far as possible by statements that can be sent together with others.
        """
        write_waiting(self.connection)
        if self._is_to_complete:
            self._is_to_complete = False
            message = None if self._has_message else self.in_words()
            complete_revision(self.connection, self.revision, message)
            self.changed_records.complete(self.connection, self.revision)

    def in_words(self) -> str:
        """`Created support_12, evidence_40. Updated actor_3.`, as long as a message may be."""
        message = " ".join(f"{verb} {', '.join(things)}." for verb, things in self._notes.items())
        longest = _MESSAGE.limit or len(message)
        # Most are short, and shortening reads the whole of them.
        if len(message) <= longest:
            return message
        return textwrap.shorten(message, longest, placeholder=" and more.")
