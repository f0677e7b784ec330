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
from schema.records.revision import next_revision
from schema.rules import Problem
from schema.rules.values import fault
from service.errors import InvalidRecord, RefusedWrite
from service.writing import rows

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
    ) -> None:
        """Begins the revision. `message`: what it changes; None: in words made of the notes.

        `is_admin`: whether the author may write what only admins may.
        """
        self.is_admin = is_admin
        self.connection = connection
        self.author = author
        self.revision = next_revision(connection, author, message, is_announced=True)
        self.changed_records = begin_noting(connection)
        # The ids of records that stay although what they belonged to is deleted.
        self.kept: list[str] = []
        self._has_message = message is not None
        self._notes: dict[str, list[str]] = {}
        self._noted = ""
        self._checks: dict[Hashable, Check] = {}
        self._is_refused = False

    @contextmanager
    def operation(self) -> Iterator[None]:
        """The block is one operation. If it is refused, nothing of the transaction can be kept."""
        try:
            yield
        except RefusedWrite:
            self._is_refused = True
            raise

    def findings(self) -> list[Problem]:
        """A new list for the problems of an operation, with those that are known before it."""
        return []

    def recall(self, target: Concept, value: Any) -> int | None:
        """The key of the record that a reference named before; None if that has to be looked up."""
        return None

    def remember(self, target: Concept, value: Any, key: int) -> None:
        """The reference names the record with this key."""

    def note(self, verb: str, thing: str) -> None:
        """What was done, for the revision's message: `note("Created", "support_12")`."""
        self._notes.setdefault(verb, []).append(thing)

    def check_at_end(self, name: Hashable, check: Check) -> None:
        """Something that need not hold until the request is done; the same name, the same check."""
        self._checks[name] = check

    def finish(self) -> None:
        """Makes the checks, and completes the revision; the writer does it before it commits.

        Whoever reads the revision or reports problems of the checks may do it earlier, as often as
        needed. Raises InvalidRecord.
        """
        if self._is_refused:
            raise RuntimeError("An operation was refused, so its transaction must be rolled back.")
        problems = [check(self.connection) for check in self._checks.values()]
        found = [problem for problem in problems if problem]
        if found:
            raise InvalidRecord(found)
        self._checks.clear()
        if not self._has_message:
            self._complete_message()

    def _complete_message(self) -> None:
        message = self.in_words() or "Changed nothing."
        if message != self._noted:
            self._noted = message
            this = {"number": self.revision}
            rows.update_rows(self.connection, _REVISIONS, {"message": message}, this)

    def in_words(self) -> str:
        """`Created support_12, evidence_40. Updated actor_3.`, as long as a message may be."""
        message = " ".join(f"{verb} {', '.join(things)}." for verb, things in self._notes.items())
        longest = _MESSAGE.limit or len(message)
        # Most are short, and shortening reads the whole of them.
        if len(message) <= longest:
            return message
        return textwrap.shorten(message, longest, placeholder=" and more.")
