"""A small database for tests, and functions that write to it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from schema.concepts import CONCEPTS
from service.auth.callers import Caller, Role
from service.errors import RefusedWrite
from service.request.context import RequestContext
from service.settings import Settings
from service.writing import operations
from service.writing.transaction import Transaction
from service.writing.writer import Work, Writer, WriteResult
from tests.names import names
from tests.stores import database_of, everything, open_connection, placed, url_of

ALICE = Caller("alice", Role.ADMIN)

DRONES = {
    "supporter": {"slug": "iran"},
    "recipient": {"slug": "russia"},
    "kind": "DRONES",
    "phase": "DELIVERED",
    "startedOn": "2024-10",
}

# The initial records. In every table the ids count from 1.
BEGINNING: list[tuple[str, dict[str, Any]]] = [
    (
        "Actor",
        {
            "slug": "iran",
            "name": "Iran",
            "kind": "STATE",
            "aliases": names("Persia"),
            "codes": [{"scheme": "COW", "value": "630"}],
        },
    ),
    ("Actor", {"slug": "russia", "name": "Russia", "kind": "STATE"}),
    ("Actor", {"slug": "north-korea", "name": "North Korea", "kind": "STATE"}),
    ("Actor", {"slug": "analyst", "name": "An analyst", "kind": "PERSON"}),
    ("Source", {"title": "A report", "url": "https://example.org/report"}),
    (
        "Statement",
        {
            "text": "Iran sends drones.",
            "speaker": {"slug": "analyst"},
            "source": {"id": "source_1"},
            "mentions": [{"slug": "iran"}, {"slug": "russia"}],
        },
    ),
    (
        "Support",
        {
            **DRONES,
            "place": "Isfahan",
            "evidence": [{"statement": {"id": "statement_1"}, "stance": "ASSERTS"}],
        },
    ),
]


class World:
    """A database to which alice writes."""

    def __init__(self, path: Path, **settings: Any) -> None:
        self.path = path
        self.settings = Settings(database_url=url_of(path), **settings)
        self.writer = Writer(database_of(path), self.settings)
        self._reader: Any = None

    def write(
        self,
        work: Work,
        caller: Caller = ALICE,
        begin: type[Transaction] = Transaction,
        **request: Any,
    ) -> WriteResult:
        return asyncio.run(self.writer.write(RequestContext(caller, **request), work, begin))

    def do(self, *works: Callable[[Transaction], object], **request: Any) -> WriteResult:
        """Runs all of these in one request."""

        def work(transaction: Transaction) -> WriteResult:
            for each in works:
                each(transaction)
            return WriteResult(200, b"done")

        return self.write(work, **request)

    def create(self, concept: str, /, **given: Any) -> str:
        """Creates a record, and returns its id."""
        made: list[operations.Written] = []
        self.do(lambda tx: made.append(operations.create(tx, CONCEPTS[concept], given)))
        return f"{concept.lower()}_{made[0].id}"

    def update(self, id: str, /, **given: Any) -> WriteResult:
        return self.do(updating(id, **given))

    def delete(self, id: str) -> WriteResult:
        return self.do(deleting(id))

    def merge(self, keep: Any, *others: Any, **more: Any) -> WriteResult:
        return self.do(merging(keep, *others, **more))

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        if self._reader is None:
            self._reader = open_connection(self.path)
        found: list[tuple[Any, ...]] = self._reader.execute(placed(query), values).fetchall()
        return found

    def value(self, query: str, *values: Any) -> Any:
        ((found,),) = self.rows(query, *values)
        return found

    def revision(self) -> int:
        found: int = self.value("SELECT max(number) FROM revision")
        return found

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Returns each row of each table."""
        return everything(self.path)

    def close(self) -> None:
        self.writer.close()
        if self._reader:
            self._reader.close()
            self._reader = None


def creating(concept: str, /, **given: Any) -> Callable[[Transaction], operations.Written]:
    return lambda tx: operations.create(tx, CONCEPTS[concept], given)


def updating(
    id: str, /, if_revision: int | None = None, **given: Any
) -> Callable[[Transaction], operations.Written]:
    concept, key = _split(id)
    return lambda tx: operations.update(tx, CONCEPTS[concept], key, given, if_revision)


def deleting(
    id: str, if_revision: int | None = None
) -> Callable[[Transaction], operations.Written]:
    concept, key = _split(id)
    return lambda tx: operations.delete(tx, CONCEPTS[concept], key, if_revision)


def merging(keep: Any, /, *others: Any, **more: Any) -> Callable[[Transaction], object]:
    return lambda tx: operations.merge_actors(tx, {"keep": keep, "merge": others, **more})


def executing(sql: str, *values: Any) -> Callable[[Transaction], None]:
    """Changes rows by a statement of SQL, and notes this in the transaction."""

    def execute(tx: Transaction) -> None:
        tx.connection.exec_driver_sql(placed(sql), values)
        tx.note("Executed", "sql")

    return execute


def _split(id: str) -> tuple[str, int]:
    concept, key = id.split("_")
    return concept.capitalize(), int(key)


@contextmanager
def undone_if_refused(tx: Transaction) -> Iterator[None]:
    """Rolls back a refused write within the block, so that the transaction can continue."""
    notes = {verb: list(things) for verb, things in tx._notes.items()}
    checks, changes = dict(tx._checks), tx.changes
    changed = deepcopy(vars(tx.changed_records))
    with tx.connection.begin_nested() as savepoint:
        try:
            yield
        except RefusedWrite:
            savepoint.rollback()
            tx._notes, tx._checks, tx._is_refused = notes, checks, False
            tx.changes = changes
            vars(tx.changed_records).update(changed)
            raise


@contextmanager
def refused(*expected: tuple[str, str]) -> Iterator[None]:
    """Checks that the write is refused with problems of these paths and codes."""
    with pytest.raises(RefusedWrite) as caught:
        yield
    assert told(caught.value) == list(expected)


def told(error: RefusedWrite) -> list[tuple[str, str]]:
    """Returns the paths and the codes of the problems."""
    return [(".".join(problem.path), problem.code.value) for problem in error.problems]
