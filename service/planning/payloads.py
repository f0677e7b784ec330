"""Plans a mutation: the writes, and the members of each payload."""

from collections.abc import Iterator
from dataclasses import dataclass

from graphql import FieldNode, OperationDefinitionNode

from schema.concepts import CONCEPTS
from schema.graphql.mutation import DELETED_ID, WRITES, Write
from service import plan
from service.planning.conditions import named
from service.planning.fields import SelectedField
from service.planning.selection import Selector

# The slot for the id of the written record. No GraphQL variable can have this name.
WRITTEN = plan.Slot(("@written",))


@dataclass(frozen=True, slots=True)
class Read:
    """A part of a payload that is read after the write; null if the write failed."""

    key: str
    root: plan.Lookup | plan.LatestRevision


@dataclass(frozen=True, slots=True)
class DeletedId:
    """The id of the deleted record, as a member of a payload; null if the write failed."""

    key: str


@dataclass(frozen=True, slots=True)
class ProblemFact:
    """One value of a problem, by its GraphQL name: path, code, message."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Problems:
    """The problems of a failed write, as a member of a payload."""

    key: str
    facts: tuple[plan.TypeName | ProblemFact, ...]


PayloadMember = plan.TypeName | Read | DeletedId | Problems


@dataclass(frozen=True, slots=True)
class Payload:
    """One root field of a mutation. `node`: the field in the document, with its arguments."""

    key: str
    write: Write
    node: FieldNode
    members: tuple[PayloadMember, ...]

    @property
    def reads(self) -> tuple[Read, ...]:
        """The parts of the payload that are read from the database."""
        return tuple(member for member in self.members if isinstance(member, Read))


class PayloadSelector(Selector):
    """Plans one mutation for one shape of variables."""

    def payloads(self, operation: OperationDefinitionNode) -> tuple[plan.TypeName | Payload, ...]:
        """Plans all root fields, in the order of their execution."""
        fields = self._collect(operation.selection_set, "Mutation")
        return tuple(self._root_field(field) for field in fields)

    def _root_field(self, field: SelectedField) -> plan.TypeName | Payload:
        if field.name == "__typename":
            return plan.TypeName(field.key, "Mutation")
        write = WRITES[field.name]
        return Payload(field.key, write, field.nodes[0], tuple(self._payload(write, field)))

    def _payload(self, write: Write, field: SelectedField) -> Iterator[PayloadMember]:
        for inner in self._collect(field.selections, write.payload_name):
            match inner.name:
                case "__typename":
                    yield plan.TypeName(inner.key, write.payload_name)
                case "errors":
                    yield Problems(inner.key, tuple(self._problem(inner)))
                case "revision":
                    concept = CONCEPTS["Revision"]
                    members = self._members(concept, inner.selections)
                    yield Read(inner.key, plan.LatestRevision(inner.key, concept, members))
                case name if name == DELETED_ID:
                    yield DeletedId(inner.key)
                case _:
                    yield Read(inner.key, self._written(write, inner))

    def _written(self, write: Write, field: SelectedField) -> plan.Lookup:
        concept = write.concept
        members = self._members(concept, field.selections)
        return plan.Lookup(field.key, concept, named(concept, {"id": WRITTEN}), members)

    def _problem(self, field: SelectedField) -> Iterator[plan.TypeName | ProblemFact]:
        for inner in self._collect(field.selections, "Problem"):
            if inner.name == "__typename":
                yield plan.TypeName(inner.key, "Problem")
            else:
                yield ProblemFact(inner.key, inner.name)
