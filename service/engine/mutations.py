"""GraphQL mutations -> answers: the path of one write.

document -> arguments and plans -> one transaction -> JSON text. All root fields of an operation are
written in their order, in one revision; where one of them is refused, nothing is kept.
"""

import time
from collections.abc import Hashable, Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple

import orjson
from cachetools import LRUCache
from graphql import GraphQLError, GraphQLSchema, get_argument_values
from graphql.execution import VariableValues

from schema.graphql.mutation import Verb, Write
from schema.rules import Code, Problem
from service import plan
from service.database.executor import ask_within
from service.documents.documents import Asked
from service.engine.budget import Cost, check_budget, cost_of
from service.engine.payload_json import Outcome, object_text, payload_text
from service.errors import BadInput, RefusedWrite, in_graphql_form
from service.planning.arguments import mirror
from service.planning.payloads import WRITTEN, Payload, PayloadSelector
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

_ROLLED_BACK = Problem(
    (), Code.ROLLED_BACK, "Nothing of it was kept, since another write of the request was refused."
)


class PlannedPayload(NamedTuple):
    """One root field, with the statement that reads back each part of its answer."""

    payload: Payload
    records: Mapping[str, Statement]
    revisions: Mapping[str, Statement]


class PlannedMutation:
    """A mutation, ready to run for every request of its shape."""

    def __init__(self, dialect: Dialect, fields: Iterable[plan.TypeName | Payload]) -> None:
        """Compiles what is read back."""
        self.fields = tuple(
            field if isinstance(field, plan.TypeName) else _compiled(dialect, field)
            for field in fields
        )
        self.writes = [f for f in self.fields if isinstance(f, PlannedPayload)]
        self.cost: Cost = cost_of(read.root for each in self.writes for read in each.payload.reads)


class Mutations:
    """Answers mutations of one database."""

    def __init__(
        self, settings: Settings, dialect: Dialect, writer: Writer, schema: GraphQLSchema
    ) -> None:
        """Nothing is kept yet."""
        self._settings = settings
        self._dialect = dialect
        self._writer = writer
        self._fields = schema.mutation_type.fields if schema.mutation_type else {}
        self._plans: LRUCache[Hashable, PlannedMutation] = LRUCache(settings.plans)

    async def answer(self, asked: Asked, request: WriteRequest) -> WriteResult:
        """The answer as JSON text. Raises an AllyGraphError where there is none.

        Whether the caller may write has been checked.
        """
        planned = self._planned(asked)
        check_budget(self._settings, planned.cost(asked.values))
        given = [self._given(asked, each.payload) for each in planned.writes]
        if not given:
            return WriteResult(200, _body(planned, ()), is_kept=False)

        def work(transaction: Transaction) -> WriteResult:
            return self._write(transaction, planned, given, asked.values)

        place = next((n for n, each in enumerate(given) if each.get("message") is not None), 0)
        message = request.message or given[place].get("message")
        try:
            return await self._writer.write(request._replace(message=message), work)
        except RefusedWrite as refused:
            # What is wrong with the message is told where it was given.
            return _refusal(planned, {place: refused.problems})

    def _planned(self, asked: Asked) -> PlannedMutation:
        document, operation, values, shape = asked
        key = (document.text, operation.name, shape)
        planned = self._plans.get(key)
        if planned is None:
            selector = PayloadSelector(document.fragments, mirror(values))
            planned = PlannedMutation(self._dialect, selector.payloads(operation.node))
            self._plans[key] = planned
        return planned

    def _given(self, asked: Asked, payload: Payload) -> Given:
        """The arguments of a root field as the writing layer takes them. Raises BadInput."""
        definition = self._fields[payload.write.name]
        variables = VariableValues({}, dict(asked.values))
        try:
            arguments = get_argument_values(definition, payload.node, variables)
        except GraphQLError as error:
            raise BadInput(error.message, details=in_graphql_form([error])) from None
        return {name: _plain(value) for name, value in arguments.items()}

    def _write(
        self,
        transaction: Transaction,
        planned: PlannedMutation,
        given: Sequence[Given],
        values: plan.Variables,
    ) -> WriteResult:
        end = time.monotonic() + self._settings.seconds
        outcomes: list[Outcome] = []
        wrong = _Wrong()
        for place, (each, arguments) in enumerate(zip(planned.writes, given, strict=True)):
            try:
                written = _written(transaction, each.payload.write, arguments)
            except RefusedWrite as refused:
                return _refusal(planned, {place: refused.problems})
            wrong.look(transaction, place)
            id = f"{written.concept.id_prefix}{written.id}"
            about = {**values, str(WRITTEN.path[0]): id}
            outcomes.append(Outcome(id, _read(transaction, each.records, about, end)))
        if wrong.by_place:
            return _refusal(planned, wrong.by_place)
        for each, outcome in zip(planned.writes, outcomes, strict=True):
            # Only now has the revision all that it tells.
            outcome.read |= _read(transaction, each.revisions, values, end)
        return WriteResult(200, _body(planned, outcomes), revision=transaction.revision)


class _Wrong:
    """What does not hold yet, and by which root field it came; later ones may still mend it."""

    def __init__(self) -> None:
        self._first: dict[Problem, int] = {}
        self.by_place: dict[int, list[Problem]] = {}

    def look(self, transaction: Transaction, place: int) -> None:
        """Asks what does not hold now that the write at this place is done."""
        self.by_place.clear()
        try:
            transaction.finish()
        except RefusedWrite as refused:
            for problem in refused.problems:
                came_by = self._first.setdefault(problem, place)
                self.by_place.setdefault(came_by, []).append(problem)


def _read(
    transaction: Transaction,
    statements: Mapping[str, Statement],
    values: plan.Variables,
    end: float,
) -> dict[str, str | None]:
    """The JSON text of each part of an answer, as the data stands within the transaction."""
    questions = [(each.sql, each.arguments(values)) for each in statements.values()]
    rows = ask_within(transaction.connection, questions, end)
    return {key: row[0] for key, row in zip(statements, rows, strict=True)}


def _compiled(dialect: Dialect, payload: Payload) -> PlannedPayload:
    records: dict[str, Statement] = {}
    revisions: dict[str, Statement] = {}
    for read in payload.reads:
        found = records if isinstance(read.root, plan.Lookup) else revisions
        found[read.key] = compile_root(dialect, read.root)
    return PlannedPayload(payload, records, revisions)


def _plain(value: Any) -> Any:
    """A coerced value as JSON has it: terms by their codes."""
    match value:
        case dict():
            return {name: _plain(item) for name, item in value.items()}
        case list():
            return [_plain(item) for item in value]
        case Enum():
            return value.value
    return value


def _written(transaction: Transaction, write: Write, given: Given) -> Written:
    """Does what one root field asks for. Raises RefusedWrite."""
    concept, if_revision = write.concept, given.get("ifRevision")
    match write.verb:
        case Verb.CREATE:
            return operations.create(transaction, concept, given["input"])
        case Verb.RECORD:
            return operations.record_statement(transaction, given["input"])
        case Verb.MERGE:
            return operations.merge_actors(transaction, given["keep"], given["merge"])
    key = read_id(concept.table.name)(given["id"])
    if write.verb is Verb.DELETE:
        operations.delete(transaction, concept, key, if_revision)
        return Written(concept, key)
    return operations.update(transaction, concept, key, given["input"], if_revision)


def _refusal(planned: PlannedMutation, problems: Mapping[int, Sequence[Problem]]) -> WriteResult:
    """Some writes have problems, the others were given up for them."""
    outcomes = [
        Outcome(problems=problems.get(place, [_ROLLED_BACK]))
        for place, _ in enumerate(planned.writes)
    ]
    return WriteResult(200, _body(planned, outcomes), is_kept=False)


def _body(planned: PlannedMutation, outcomes: Iterable[Outcome]) -> bytes:
    rest = iter(outcomes)
    fields = (
        (each.key, orjson.dumps(each.name))
        if isinstance(each, plan.TypeName)
        else (each.payload.key, payload_text(each.payload, next(rest)))
        for each in planned.fields
    )
    return b'{"data":%b}' % object_text(fields)
