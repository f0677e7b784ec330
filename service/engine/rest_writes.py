"""REST writes -> answers: the same operations as GraphQL's, the other door.

Each is one transaction, and is answered with the record as GET answers it, read back before the
transaction ends.
"""

import time
from collections.abc import Callable, Hashable, Mapping
from typing import Any

import orjson
from cachetools import LRUCache

from schema.concepts import CONCEPTS, Concept
from service import plan
from service.database.executor import ask_within
from service.engine.budget import check_budget, cost_of
from service.engine.rest_reads import named_by
from service.errors import NotFound
from service.planning.conditions import named
from service.planning.resource import members_of
from service.planning.values import read_id
from service.settings import Settings
from service.sql.binding import Statement
from service.sql.compile import compile_root
from service.sql.dialect import Dialect
from service.writing import operations
from service.writing.operations import Written
from service.writing.request import WriteRequest, WriteResult
from service.writing.transaction import Transaction
from service.writing.writer import Writer

Given = Mapping[str, Any]
Fields = tuple[str, ...]


class RestWrites:
    """Writes single records of one database."""

    def __init__(self, settings: Settings, dialect: Dialect, writer: Writer) -> None:
        """Nothing is kept yet."""
        self._settings = settings
        self._dialect = dialect
        self._writer = writer
        self._statements: LRUCache[Hashable, Statement] = LRUCache(settings.plans)

    async def create(
        self, request: WriteRequest, concept: Concept, given: Given, fields: Fields, at: str
    ) -> WriteResult:
        """A new record. `at`: the address of its collection. Raises RefusedWrite, BadInput."""
        answer = self._answering(concept, fields)

        def work(transaction: Transaction) -> WriteResult:
            written = _created(transaction, concept, given)
            location = f"{at}/{_id_of(written)}"
            return answer(transaction, written)._replace(status=201, location=location)

        return await self._writer.write(request, work)

    async def update(
        self,
        request: WriteRequest,
        concept: Concept,
        name: str,
        given: Given,
        fields: Fields,
        if_revision: int | None,
    ) -> WriteResult:
        """A record that is changed. Raises NotFound, RefusedWrite, BadInput."""
        answer, find = self._answering(concept, fields), self._finding(concept, name)

        def work(transaction: Transaction) -> WriteResult:
            key = find(transaction)
            changes = _without_own_id(given, f"{concept.id_prefix}{key}")
            written = operations.update(transaction, concept, key, changes, if_revision)
            return answer(transaction, written)

        return await self._writer.write(request, work)

    async def delete(
        self, request: WriteRequest, concept: Concept, name: str, if_revision: int | None
    ) -> WriteResult:
        """A record that is removed. Raises NotFound, RefusedWrite."""
        find = self._finding(concept, name)

        def work(transaction: Transaction) -> WriteResult:
            operations.delete(transaction, concept, find(transaction), if_revision)
            return WriteResult(204, b"", revision=transaction.revision)

        return await self._writer.write(request, work)

    async def merge(
        self, request: WriteRequest, name: str, others: Any, fields: Fields
    ) -> WriteResult:
        """The actor that others become part of. Raises NotFound, RefusedWrite, BadInput."""
        concept = CONCEPTS["Actor"]
        answer, find = self._answering(concept, fields), self._finding(concept, name)

        def work(transaction: Transaction) -> WriteResult:
            keep = {"id": f"{concept.id_prefix}{find(transaction)}"}
            return answer(transaction, operations.merge_actors(transaction, keep, others))

        return await self._writer.write(request, work)

    def _answering(
        self, concept: Concept, fields: Fields
    ) -> Callable[[Transaction, Written], WriteResult]:
        """What answers with these fields of a written record. Raises BadInput, OverBudget."""
        statement = self._statement(concept, "id", fields)

        def answer(transaction: Transaction, written: Written) -> WriteResult:
            # What does not hold is told before it is read, and the revision says what it changed.
            transaction.finish()
            text = self._read(transaction, statement, {"id": _id_of(written)})
            return WriteResult(200, text.encode(), revision=transaction.revision)

        return answer

    def _finding(self, concept: Concept, name: str) -> Callable[[Transaction], int]:
        """What finds the record with an id or a slug, and gives its key. Raises NotFound."""
        by = named_by(concept, name)
        statement = self._statement(concept, by, ("id",))

        def find(transaction: Transaction) -> int:
            text = self._read(transaction, statement, {by: name})
            if text is None:
                raise NotFound(f"There is no {concept.name} {name!r}.")
            key: int = read_id(concept.table.name)(orjson.loads(text)["id"])
            return key

        return find

    def _read(self, transaction: Transaction, statement: Statement, values: Given) -> Any:
        questions = [(statement.sql, statement.arguments(values))]
        end = time.monotonic() + self._settings.seconds
        (row,) = ask_within(transaction.connection, questions, end)
        return row[0]

    def _statement(self, concept: Concept, by: str, fields: Fields) -> Statement:
        key = (concept.name, by, fields)
        statement = self._statements.get(key)
        if statement is None:
            where = named(concept, {by: plan.Slot((by,))})
            root = plan.Lookup("data", concept, where, members_of(concept, fields))
            check_budget(self._settings, cost_of((root,))({}))
            statement = self._statements[key] = compile_root(self._dialect, root)
        return statement


def _created(transaction: Transaction, concept: Concept, given: Given) -> Written:
    """A statement may come with all that it claims."""
    if concept.name == "Statement":
        return operations.record_statement(transaction, given)
    return operations.create(transaction, concept, given)


def _without_own_id(given: Given, id: str) -> Given:
    """What GET answered may be sent back whole."""
    return {name: value for name, value in given.items() if (name, value) != ("id", id)}


def _id_of(written: Written) -> str:
    return f"{written.concept.id_prefix}{written.id}"
