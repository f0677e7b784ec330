"""Executes GraphQL mutations: document -> arguments and plans -> one transaction -> JSON text.

The root fields of an operation run in order and make one revision. If one of them is rejected, the
transaction is rolled back.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

import orjson
from graphql import GraphQLError, get_argument_values
from graphql.execution import VariableValues

from schema.graphql.mutation import Verb, Write
from schema.rules import Code, Problem
from service import plan
from service.documents.documents import ValidatedRequest
from service.engine.background import takes_long
from service.engine.budget import check_budget, cost_of, fixed_cost
from service.engine.complexity import check_complexity
from service.engine.engine import Engine
from service.engine.payload_json import Outcome, object_text, payload_text
from service.engine.prepared_plans import PreparedPlan
from service.errors import BadInput, RefusedWrite, in_graphql_form
from service.planning.arguments import mirror
from service.planning.payloads import WRITTEN, Payload, PayloadSelector
from service.planning.values import read_id
from service.request.context import RequestContext
from service.sql.dialect import Dialect
from service.writing import operations
from service.writing.operations import Written
from service.writing.result import WriteResult
from service.writing.transaction import Transaction

Given = Mapping[str, Any]

_ROLLED_BACK = Problem(
    (), Code.ROLLED_BACK, "Nothing of it was kept, since another write of the request was refused."
)


class ReadBack:
    """The parts of a payload that are read from the database by one kind of root."""

    def __init__(
        self, dialect: Dialect, payload: Payload, kind: type[plan.Lookup | plan.LatestRevision]
    ) -> None:
        """Compiles the statements of these parts."""
        reads = [read for read in payload.reads if isinstance(read.root, kind)]
        self.keys = [read.key for read in reads]
        self.query = PreparedPlan(dialect, plan.Plan(tuple(read.root for read in reads)))


class PreparedPayload:
    """One root field, with the plans that read the parts of its payload.

    `records`: are read after the write of this field. `revisions`: are read after the last write,
    when the message of the revision is complete.
    """

    def __init__(self, dialect: Dialect, payload: Payload) -> None:
        """Compiles the plans."""
        self.payload = payload
        self.records = ReadBack(dialect, payload, plan.Lookup)
        self.revisions = ReadBack(dialect, payload, plan.LatestRevision)


class PreparedMutation:
    """A mutation, ready to run for every request of its shape."""

    def __init__(self, dialect: Dialect, fields: Sequence[plan.TypeName | Payload]) -> None:
        """Compiles the plans that read the payloads."""
        self.fields = tuple(
            field if isinstance(field, plan.TypeName) else PreparedPayload(dialect, field)
            for field in fields
        )
        self.writes = [f for f in self.fields if isinstance(f, PreparedPayload)]
        self.cost = cost_of(read.root for each in self.writes for read in each.payload.reads)
        self.fixed_cost = fixed_cost(self.cost)

    @property
    def characters(self) -> int:
        """The length of the SQL, in characters."""
        reads = (read for each in self.writes for read in (each.records, each.revisions))
        return sum(read.query.characters for read in reads)


class Mutations:
    """Executes mutations on one database."""

    def __init__(self, engine: Engine) -> None:
        """Works on the database of `engine`."""
        self._engine = engine
        mutation = engine.documents.schema.mutation_type
        self._fields = mutation.fields if mutation else {}

    async def answer(self, validated: ValidatedRequest, context: RequestContext) -> WriteResult:
        """Runs the mutation and returns the response. Does not check the caller's role.

        Raises AllyGraphError.
        """
        mutation = await self._prepared(validated)
        if mutation.fixed_cost is None:
            check_budget(self._engine.settings, mutation.cost(validated.values))
        if takes_long("", validated.values):
            given = await self._engine.background.run(self._all_given, validated, mutation)
        else:
            given = self._all_given(validated, mutation)
        if not given:
            return WriteResult(200, _body(mutation, ()), is_kept=False)

        def work(transaction: Transaction) -> WriteResult:
            return self._write(transaction, mutation, given, validated.values)

        # If several fields have a message, the first one is the message of the revision.
        place = next((n for n, each in enumerate(given) if each.get("message") is not None), 0)
        context.message = context.message or given[place].get("message")
        try:
            return await self._engine.writer.write(context, work)
        except RefusedWrite as refused:
            # The message was rejected: the problem belongs to the field that has it.
            return _refusal(mutation, {place: refused.problems})

    async def _prepared(self, validated: ValidatedRequest) -> PreparedMutation:
        document, operation, values, shape = validated

        def make() -> PreparedMutation:
            selector = PayloadSelector(document.fragments, mirror(values))
            fields = selector.payloads(operation.node)
            payloads = (field for field in fields if isinstance(field, Payload))
            reads = (read.root for payload in payloads for read in payload.reads)
            check_complexity(self._engine.settings, reads)
            return PreparedMutation(self._engine.dialect, fields)

        key = (document.text, operation.name, shape)
        if takes_long(document.text, {}):
            return await self._engine.cached_in_background(key, make)
        return self._engine.cached(key, make)

    def _all_given(self, validated: ValidatedRequest, mutation: PreparedMutation) -> list[Given]:
        return [self._given(validated, each.payload) for each in mutation.writes]

    def _given(self, validated: ValidatedRequest, payload: Payload) -> Given:
        """Returns the arguments of a root field as `service/writing/` expects them.

        Raises BadInput.
        """
        definition = self._fields[payload.write.name]
        variables = VariableValues({}, dict(validated.values))
        try:
            arguments = get_argument_values(definition, payload.node, variables)
        except GraphQLError as error:
            raise BadInput(error.message, details=in_graphql_form([error])) from None
        return {name: _plain(value) for name, value in arguments.items()}

    def _write(
        self,
        transaction: Transaction,
        mutation: PreparedMutation,
        given: Sequence[Given],
        values: plan.Variables,
    ) -> WriteResult:
        deadline = self._engine.deadline()
        outcomes: list[Outcome] = []
        open_problems = _OpenProblems()
        for place, (each, arguments) in enumerate(zip(mutation.writes, given, strict=True)):
            try:
                written = _written(transaction, each.payload.write, arguments)
            except RefusedWrite as refused:
                return _refusal(mutation, {place: refused.problems})
            open_problems.check(transaction, place)
            id = f"{written.concept.id_prefix}{written.id}"
            about = {**values, str(WRITTEN.path[0]): id}
            # The message of the revision is complete only after the last write.
            is_last = place == len(given) - 1
            if is_last:
                if open_problems.by_place:
                    return _refusal(mutation, open_problems.by_place)
                transaction.finish()
            parts = (each.records, each.revisions) if is_last else (each.records,)
            outcomes.append(Outcome(id, self._read(transaction, parts, about, deadline)))
        for each, outcome in zip(mutation.writes[:-1], outcomes[:-1], strict=True):
            outcome.read |= self._read(transaction, [each.revisions], values, deadline)
        return WriteResult(200, _body(mutation, outcomes))

    def _read(
        self,
        transaction: Transaction,
        parts: Sequence[ReadBack],
        values: plan.Variables,
        deadline: float,
    ) -> dict[str, bytes | None]:
        """Reads the parts of a payload, and returns the JSON text of each by its key."""
        queries = [each.query for each in parts]
        rows = self._engine.run_within(transaction, queries, values, deadline)
        keys = (key for each in parts for key in each.keys)
        return {key: row[0] for key, row in zip(keys, rows, strict=True)}


class _OpenProblems:
    """The checks that fail so far, each with the root field that caused it.

    A later root field may still solve the problem.
    """

    def __init__(self) -> None:
        self._causes: dict[Problem, int] = {}
        self.by_place: dict[int, list[Problem]] = {}

    def check(self, transaction: Transaction, place: int) -> None:
        """Runs the checks of the transaction after the write at this position."""
        self.by_place.clear()
        try:
            transaction.check()
        except RefusedWrite as refused:
            for problem in refused.problems:
                cause = self._causes.setdefault(problem, place)
                self.by_place.setdefault(cause, []).append(problem)


def _plain(value: Any) -> Any:
    """Returns a coerced value as in JSON: an enum member becomes its code."""
    match value:
        case dict():
            return {name: _plain(item) for name, item in value.items()}
        case list():
            return [_plain(item) for item in value]
        case Enum():
            return value.value
    return value


def _written(transaction: Transaction, write: Write, given: Given) -> Written:
    """Performs the write of one root field. Raises RefusedWrite."""
    concept, if_revision = write.concept, given.get("ifRevision")
    match write.verb:
        case Verb.CREATE:
            return operations.create(transaction, concept, given["input"])
        case Verb.RECORD:
            return operations.record_statement(transaction, given["input"])
        case Verb.MERGE:
            return operations.merge_actors(transaction, given)
    key = read_id(concept.table.name)(given["id"])
    if write.verb is Verb.DELETE:
        operations.delete(transaction, concept, key, if_revision)
        return Written(concept, key)
    return operations.update(transaction, concept, key, given["input"], if_revision)


def _refusal(mutation: PreparedMutation, problems: Mapping[int, Sequence[Problem]]) -> WriteResult:
    """Returns the response if writes have problems, by position.

    All other writes are rolled back.
    """
    outcomes = [
        Outcome(problems=problems.get(place, [_ROLLED_BACK]))
        for place, _ in enumerate(mutation.writes)
    ]
    return WriteResult(200, _body(mutation, outcomes), is_kept=False)


def _body(mutation: PreparedMutation, outcomes: Iterable[Outcome]) -> bytes:
    rest = iter(outcomes)
    fields = (
        (each.key, orjson.dumps(each.name))
        if isinstance(each, plan.TypeName)
        else (each.payload.key, payload_text(each.payload, next(rest)))
        for each in mutation.fields
    )
    return b'{"data":%b}' % object_text(fields)
