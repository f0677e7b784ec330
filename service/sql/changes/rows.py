"""A change as a JSON object: its revision, and its record before and after it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from sqlalchemy import and_, func, literal_column

from schema.concepts import CONCEPTS, Concept
from service import plan
from service.planning.values import CHANGE_PREFIX
from service.sql.changes.fields import Members, field_changes
from service.sql.dialect import Content, Expression, Json, Source
from service.sql.reading import Reading
from service.sql.rows import Context, RecordRow, hold_nested
from service.sql.texts import own_text
from service.sql.versions import AsOf, alias_of, and_holding

# The column for each field of a change.
_FACTS = {"action": "action", "type": "type", "recordId": "record"}


class ChangeRow:
    """One change within a query."""

    def __init__(
        self, context: Context, reading: Reading, change: Source, concepts: Sequence[Concept]
    ) -> None:
        """`change`: a source within `reading`.

        `concepts`: the possible concepts of the changed record.
        """
        self._context = context
        self._dialect = context.binding.dialect
        self._reading = reading
        self._change = change
        self._concepts = concepts

    def json(self, members: Iterable[plan.ChangeMember]) -> Json:
        """Returns a JSON object with these members."""
        return self._dialect.json_object([(member.key, self._value(member)) for member in members])

    def _value(self, member: plan.ChangeMember) -> Content:
        match member:
            case plan.TypeName(name=name):
                return self._dialect.json_unescaped(name, nullable=False)
            case plan.ChangeFact(name="id"):
                return self._id
            case plan.ChangeFact(name=name):
                fact = self._reading.column(self._change.c[_FACTS[name]])
                return self._dialect.json_unescaped(fact, nullable=False)
            case plan.ChangeRevision(members=members):
                return self._revision.json(members)
            case plan.ChangedRecord(choices=choices):
                return self._dialect.json_or_null(self._reading.column(self._record(choices)))
            case plan.FieldChanges(members=members):
                return Json((self._reading.column(self._fields(members)),))

    @property
    def _id(self) -> Content:
        revision, record = (self._reading.column(self._change.c[n]) for n in ("revision", "record"))
        return self._dialect.json_unescaped(CHANGE_PREFIX, revision, "_", record, nullable=False)

    @cached_property
    def _revision(self) -> RecordRow:
        concept = CONCEPTS["Revision"]
        table = alias_of(concept.table)
        self._reading.follow(table, table.c.number == self._change.c.revision)
        return RecordRow(self._context, self._reading, concept, table)

    def _as_of(self, revision: Expression) -> Context:
        """Returns the context as of a revision."""
        outer = (self._change, *self._context.versions.outer)
        return replace(self._context, versions=AsOf(revision, outer))

    def _record(self, choices: tuple[plan.NodeChoice, ...]) -> Expression:
        possible = {concept.name for concept in self._concepts}
        return _first_not_null([self._record_of(c) for c in choices if c.concept.name in possible])

    def _record_of(self, choice: plan.NodeChoice) -> Expression:
        context = self._as_of(self._change.c.revision)
        table = context.versions.rows_of(choice.concept.table)
        is_record = and_(table.c.id == self._change.c.record_id, self._is_a(choice.concept))
        reading = Reading(
            table,
            where=and_holding(context.versions, table, is_record),
            within=context.versions.outer,
            in_layers=hold_nested(choice.members),
        )
        json = RecordRow(context, reading, choice.concept, table).json(choice.members)
        return reading.select(self._dialect.answer(json)).scalar_subquery()

    def _fields(self, members: Members) -> Expression:
        after = self._as_of(self._change.c.revision)
        before = self._as_of(self._change.c.revision - literal_column("1"))
        return _first_not_null(
            [
                field_changes(before, after, concept, self._change, members, self._is_a(concept))
                for concept in self._concepts
            ]
        )

    def _is_a(self, concept: Concept) -> Expression:
        is_concept: Expression = self._change.c.type == own_text(concept.record_type)
        return is_concept


def _first_not_null(expressions: list[Expression]) -> Expression:
    first: Expression = expressions[0] if len(expressions) == 1 else func.coalesce(*expressions)
    return first
