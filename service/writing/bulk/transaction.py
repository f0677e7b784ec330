"""The transaction of a bulk request, which relates problems to lines."""

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
    """A transaction of many operations, which counts its changes instead of listing them.

    All operations run within `buffered`.
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
        """Begins the revision, with the parameters of any transaction."""
        super().__init__(connection, author, message, is_admin=is_admin, revision=revision)
        # The number of the current line, and the problems found in it before its operation.
        self.line = 0
        self.known_problems: Sequence[Problem] = ()
        self._counts: Counter[tuple[str, str]] = Counter()
        # For each check, the last line that required it.
        self._lines: dict[Hashable, int] = {}

    @contextmanager
    def buffered(self) -> Iterator[RowBuffer]:
        """Buffers the new rows of the block; the end of the block writes them to the database."""
        with buffered(self.connection) as buffer:
            self._buffer = buffer
            yield buffer

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Does nothing: rows are buffered only within `buffered`."""
        yield

    @contextmanager
    def operation(self) -> Iterator[None]:
        """Runs the block as one operation, whose rows are undone if it is refused.

        Its notes and checks need no undoing: a bulk request with a refused line is rolled back.
        """
        self._buffer.begin_operation()
        try:
            yield
        except RefusedWrite:
            self._buffer.undo_operation()
            raise
        self._buffer.end_operation()

    def findings(self) -> list[Problem]:
        """A new list with the problems found in the line before its operation."""
        return list(self.known_problems)

    def look_ahead(self, concept: Concept, given: Any) -> None:
        """Does nothing: `bulk.lookahead` reads what all lines of a batch refer to."""

    def recall(self, target: Concept, value: Any) -> int | None:
        """The key that `remember` stored for a reference; None if it has to be looked up."""
        name = _plain(value)
        return None if name is None else self._buffer.memory.get((target.name, *name))

    def remember(self, target: Concept, value: Any, key: int) -> None:
        """Stores the key of a reference until a row is updated, deleted or undone."""
        name = _plain(value)
        if name is not None:
            self._buffer.memory[target.name, *name] = key

    def _note(self, verb: str, thing: str) -> None:
        self._counts[verb, thing.rpartition("_")[0]] += 1

    def check_at_end(self, name: Hashable, check: Check) -> None:
        """Registers a check; a problem that it finds is reported for the current line."""
        super().check_at_end(name, check)
        self._lines[name] = self.line

    def open_problems(self) -> Iterator[tuple[int, Problem]]:
        """Runs the registered checks; yields each problem with the number of its line."""
        for name, check in self._checks.items():
            problem = check(self.connection)
            if problem:
                yield self._lines[name], problem
        self._checks.clear()

    def in_words(self) -> str:
        """The message of the revision: `Created 20000 supports, 1 source. Updated 3 actors.`"""
        parts: dict[str, list[str]] = {}
        for (verb, table), count in self._counts.items():
            concept = _BY_TABLE[table]
            noun = concept.noun if count == 1 else concept.plural
            parts.setdefault(verb, []).append(f"{count} {noun}")
        return " ".join(f"{verb} {', '.join(things)}." for verb, things in parts.items())


def _plain(value: Any) -> tuple[str, ...] | None:
    """A reference that is one string, as a dictionary key; None for any other reference."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, dict) and len(value) == 1:
        (item,) = value.items()
        return item if isinstance(item[1], str) else None
    return None
