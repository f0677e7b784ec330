"""The transaction of a bulk request: it knows which line is being written."""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from schema.concepts import NODES, Concept
from schema.rules import Problem
from service.errors import RefusedWrite
from service.writing.rows.buffer import RowBuffer, buffered
from service.writing.transaction import Check, Transaction

_BY_TABLE = {concept.table.name: concept for concept in NODES}


class BulkTransaction(Transaction):
    """A transaction of many operations, which counts what it does instead of listing it.

    They are made within `buffered`.
    """

    def __init__(
        self,
        connection: Connection,
        author: str,
        message: str | None = None,
        *,
        is_admin: bool = True,
        revision: int | None = None,
    ) -> None:
        """Begins the revision, as any transaction."""
        super().__init__(connection, author, message, is_admin=is_admin, revision=revision)
        # The line that is being written, and what was found wrong with it before its operation.
        self.line = 0
        self.known_problems: Sequence[Problem] = ()
        self._counts: Counter[tuple[str, str]] = Counter()
        # For each check the line that asked for it last.
        self._lines: dict[Hashable, int] = {}

    @contextmanager
    def buffered(self) -> Iterator[RowBuffer]:
        """What is written within waits in the buffer; at the end all is in the database."""
        with buffered(self.connection) as buffer:
            self._buffer = buffer
            yield buffer

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Nothing: rows wait only within `buffered`."""
        yield

    @contextmanager
    def operation(self) -> Iterator[None]:
        """The same; after a refused operation nothing is kept, so its notes and checks may stay."""
        self._buffer.begin_operation()
        try:
            yield
        except RefusedWrite:
            self._buffer.undo_operation()
            raise
        self._buffer.end_operation()

    def findings(self) -> list[Problem]:
        """Those that are known of the line."""
        return list(self.known_problems)

    def look_ahead(self, concept: Concept, given: Any) -> None:
        """Nothing: what all lines of a batch refer to is read at once."""

    def recall(self, target: Concept, value: Any) -> int | None:
        """As long as nothing is changed or removed, a name leads where it led before."""
        name = _plain(value)
        return None if name is None else self._buffer.memory.get((target.name, *name))

    def remember(self, target: Concept, value: Any, key: int) -> None:
        """Until something is changed or removed, or the operation that asked is undone."""
        name = _plain(value)
        if name is not None:
            self._buffer.memory[target.name, *name] = key

    def _note(self, verb: str, thing: str) -> None:
        self._counts[verb, thing.rpartition("_")[0]] += 1

    def check_at_end(self, name: Hashable, check: Check) -> None:
        """The same; if the check finds a problem, it is that of the current line."""
        super().check_at_end(name, check)
        self._lines[name] = self.line

    def open_problems(self) -> Iterator[tuple[int, Problem]]:
        """Makes the checks; yields what they find, with the number of the line."""
        for name, check in self._checks.items():
            problem = check(self.connection)
            if problem:
                yield self._lines[name], problem
        self._checks.clear()

    def in_words(self) -> str:
        """`Created 20000 supports, 1 source. Updated 3 actors.`"""
        parts: dict[str, list[str]] = {}
        for (verb, table), count in self._counts.items():
            concept = _BY_TABLE[table]
            noun = concept.noun if count == 1 else concept.plural
            parts.setdefault(verb, []).append(f"{count} {noun}")
        return " ".join(f"{verb} {', '.join(things)}." for verb, things in parts.items())


def _plain(value: Any) -> tuple[str, ...] | None:
    """A reference by one text, as a key of a dictionary; None for any other."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, dict) and len(value) == 1:
        (item,) = value.items()
        return item if isinstance(item[1], str) else None
    return None
