"""REST writes: the operations of GraphQL's mutations, one for each request.

A request is one transaction. Its response is the record as GET returns it, read before the
transaction ends.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import orjson

from schema.concepts import CONCEPTS, Concept
from service.engine.engine import Engine
from service.engine.prepared_plans import PreparedPlan
from service.engine.rest_reads import key_attribute, record_plan
from service.errors import NotFound
from service.planning.query_string.parameters import read_record
from service.planning.values import read_id
from service.request.context import RequestContext
from service.writing import operations
from service.writing.operations import Written
from service.writing.result import WriteResult
from service.writing.revision_check import Seen
from service.writing.transaction import Transaction

Given = Mapping[str, Any]

# The maximum number of remaining records that the response to a DELETE lists.
KEPT_MOST = 1_000


class RecordWrite(NamedTuple):
    """The values of a record in a request, and the conditions of the write.

    `fields`: the parameter `fields`. `seen`: the revision of the record that the client has seen.
    """

    given: Given
    fields: str | None = None
    seen: Seen = Seen()


class RestWrites:
    """Writes single records of one database."""

    def __init__(self, engine: Engine) -> None:
        """Works on the database of `engine`."""
        self._engine = engine

    async def create(
        self, context: RequestContext, concept: Concept, write: RecordWrite, collection: str
    ) -> WriteResult:
        """Creates a record.

        `collection`: the address of its collection. Raises RefusedWrite, BadInput.
        """
        answer = self._answering(concept, write)

        def work(transaction: Transaction) -> WriteResult:
            written = operations.create_whole(transaction, concept, write.given)
            location = f"{collection}/{_id_of(written)}"
            result = answer(transaction, written)
            # A statement may exist already with all its claims; then nothing is created.
            status = 201 if transaction.changes else 200
            return result._replace(status=status, location=location)

        return await self._engine.writer.write(context, work)

    async def update(
        self, context: RequestContext, concept: Concept, name: str, write: RecordWrite
    ) -> WriteResult:
        """Updates the record with this id or slug. Raises NotFound, RefusedWrite, BadInput."""
        answer, find = self._answering(concept, write), self._finding(concept, name)

        def work(transaction: Transaction) -> WriteResult:
            key = find(transaction)
            changes = _without_own_id(write.given, f"{concept.id_prefix}{key}")
            seen = write.seen.newest_revision(transaction)
            return answer(transaction, operations.update(transaction, concept, key, changes, seen))

        return await self._engine.writer.write(context, work)

    async def delete(
        self, context: RequestContext, concept: Concept, name: str, write: RecordWrite
    ) -> WriteResult:
        """Deletes the record with this id or slug. Raises NotFound, RefusedWrite.

        The response has a body if records that belonged to the deleted one remain.
        """
        find = self._finding(concept, name)

        def work(transaction: Transaction) -> WriteResult:
            key, seen = find(transaction), write.seen.newest_revision(transaction)
            written = operations.delete(transaction, concept, key, seen)
            if not transaction.kept:
                return WriteResult(204, b"")
            body = {
                "deletedId": _id_of(written),
                "kept": transaction.kept[:KEPT_MOST],
                "keptCount": len(transaction.kept),
            }
            return WriteResult(200, orjson.dumps(body))

        return await self._engine.writer.write(context, work)

    async def merge(self, context: RequestContext, name: str, write: RecordWrite) -> WriteResult:
        """Merges other actors into the actor with this id or slug.

        Raises NotFound, RefusedWrite, BadInput.
        """
        concept = CONCEPTS["Actor"]
        answer, find = self._answering(concept, write), self._finding(concept, name)

        def work(transaction: Transaction) -> WriteResult:
            keep = {"id": f"{concept.id_prefix}{find(transaction)}"}
            seen = write.seen.newest_revision(transaction)
            given = {**write.given, "keep": keep, "ifRevision": seen}
            return answer(transaction, operations.merge_actors(transaction, given))

        return await self._engine.writer.write(context, work)

    def _answering(
        self, concept: Concept, write: RecordWrite
    ) -> Callable[[Transaction, Written], WriteResult]:
        """Returns a function that reads the written record. Raises BadInput, OverBudget."""
        query = self._record(concept, "id", _fields_in(write))

        def answer(transaction: Transaction, written: Written) -> WriteResult:
            # Finishes before the record is read, so that its revision has the complete message.
            transaction.finish()
            text = self._read(transaction, query, {"id": _id_of(written)})
            return WriteResult(200, text)

        return answer

    def _finding(self, concept: Concept, name: str) -> Callable[[Transaction], int]:
        """Returns a function that finds the key of a record by id or slug. It raises NotFound."""
        by = key_attribute(concept, name)
        query = self._record(concept, by, ("id",))

        def find(transaction: Transaction) -> int:
            text = self._read(transaction, query, {by: name})
            if text is None:
                raise NotFound(f"There is no {concept.noun} {name!r}.")
            key: int = read_id(concept.table.name)(orjson.loads(text)["id"])
            return key

        return find

    def _record(self, concept: Concept, by: str, fields: tuple[str, ...]) -> PreparedPlan:
        key = ("record", concept.name, by, fields, ())
        dialect = self._engine.dialect
        return self._engine.cached(
            key, lambda: PreparedPlan(dialect, record_plan(concept, by, fields))
        )

    def _read(self, transaction: Transaction, query: PreparedPlan, values: Given) -> Any:
        deadline = self._engine.deadline()
        ((text, _),) = self._engine.run_within(transaction, [query], values, deadline)
        return text


def _fields_in(write: RecordWrite) -> tuple[str, ...]:
    parameters = [] if write.fields is None else [("fields", write.fields)]
    return read_record(parameters).fields


def _without_own_id(given: Given, id: str) -> Given:
    """Removes the record's own id, so that a client may send back the whole response of GET."""
    return {name: value for name, value in given.items() if (name, value) != ("id", id)}


def _id_of(written: Written) -> str:
    return f"{written.concept.id_prefix}{written.id}"
