"""The root of every write: what can be changed, and what is answered to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Annotated, Any

import strawberry

from schema.concepts import CONCEPTS, WRITABLE_COLLECTIONS, Concept
from schema.graphql.classes import Field, declare, fill, output
from schema.graphql.inputs import Inputs
from schema.graphql.query import Id, by_type
from schema.graphql.types import Types
from schema.inputs import input_name
from schema.rules import Code


class Verb(Enum):
    """What can be done to a record."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    RECORD = "record"
    MERGE = "merge"


@dataclass(frozen=True)
class Write:
    """One field of `Mutation`."""

    name: str
    verb: Verb
    concept: Concept

    @property
    def payload_name(self) -> str:
        """The type of its answer."""
        return f"{self.name[0].upper()}{self.name[1:]}Payload"

    @property
    def record_name(self) -> str:
        """The field of its answer that holds the record."""
        return self.concept.singular


def _writes() -> Iterator[Write]:
    for concept in WRITABLE_COLLECTIONS.values():
        for verb in (Verb.CREATE, Verb.UPDATE, Verb.DELETE):
            yield Write(f"{verb.value}{concept.name}", verb, concept)
    yield Write("recordStatement", Verb.RECORD, CONCEPTS["Statement"])
    yield Write("mergeActors", Verb.MERGE, CONCEPTS["Actor"])


WRITES: Mapping[str, Write] = MappingProxyType({write.name: write for write in _writes()})

# What a record that was deleted is told by.
DELETED_ID = "deletedId"

strawberry.enum(Code, name="ProblemCode", description="What a program tells problems apart by.")


@strawberry.type(description="Why a write was refused, in words for whoever can mend it.")
class Problem:
    """One thing wrong with what was sent."""

    path: list[str] = strawberry.field(
        description="Where it lies in what was sent: the names of fields, and places in lists."
    )
    code: Code = strawberry.field(description="What a program tells problems apart by.")
    message: str = strawberry.field(description="What is wrong, and what to do.")


Message = Annotated[
    str | None,
    strawberry.argument(description="What the revision changes, in a sentence."),
]
IfRevision = Annotated[
    int | None,
    strawberry.argument(
        description="Refuse with CONFLICT if the record has changed since this revision."
    ),
]


def mutation_type(types: Types) -> Any:
    """The type `Mutation`."""
    inputs = Inputs()
    fields = (_field(write, types, inputs) for write in WRITES.values())
    description = "What can be changed. All fields of an operation are kept together, or none."
    return strawberry.type(fill(declare("Mutation"), fields), description=description)


def _field(write: Write, types: Types, inputs: Inputs) -> Field:
    payload = _payload(write, types)
    if write.verb is Verb.MERGE:
        given = by_type(write.concept.name)
    else:
        given = inputs.of.get(input_name(write.verb.value, write.concept))
    field = strawberry.field(
        _ARGUMENTS[write.verb](given, payload),
        name=write.name,
        description=_DESCRIPTIONS[write.verb].format(write.concept.name),
    )
    return Field(write.name, payload, field)


def _payload(write: Write, types: Types) -> Any:
    if write.verb is Verb.DELETE:
        record = output(DELETED_ID, strawberry.ID, "The id it had.", nullable=True)
    else:
        type_ = types.of[write.concept.name]
        record = output(write.record_name, type_, "The record as it is now.", nullable=True)
    revision = output(
        "revision", types.of["Revision"], "The revision that holds it.", nullable=True
    )
    errors = output("errors", list[Problem], "Why nothing was kept; empty if all was.")
    cls = fill(declare(write.payload_name), (record, revision, errors))
    return strawberry.type(cls, description=f"What `{write.name}` comes to.")


_DESCRIPTIONS = {
    Verb.CREATE: "Keeps a new {}.",
    Verb.UPDATE: "Changes a {}: only the fields that are given.",
    Verb.DELETE: "Removes a {} that nothing refers to.",
    Verb.RECORD: "Keeps a new {}, its source, its actors and its claims, in one go.",
    Verb.MERGE: "Makes one {} of several that are the same: all that was theirs becomes its own.",
}


# --- arguments: they are read by the service, and nothing resolves here ---------------------------


def _creating(given: Any, payload: Any) -> Any:
    def create(
        input: Annotated[given, strawberry.argument(description="What it is.")],
        message: Message = strawberry.UNSET,
    ) -> payload: ...

    return create


def _updating(given: Any, payload: Any) -> Any:
    def update(
        id: Id,
        input: Annotated[given, strawberry.argument(description="What changes.")],
        if_revision: IfRevision = strawberry.UNSET,
        message: Message = strawberry.UNSET,
    ) -> payload: ...

    return update


def _deleting(_: Any, payload: Any) -> Any:
    def delete(
        id: Id,
        if_revision: IfRevision = strawberry.UNSET,
        message: Message = strawberry.UNSET,
    ) -> payload: ...

    return delete


def _merging(by: Any, payload: Any) -> Any:
    def merge(
        keep: Annotated[by, strawberry.argument(description="The one that stays.")],
        merge: Annotated[
            list[by], strawberry.argument(description="Those that become part of it.")
        ],
        message: Message = strawberry.UNSET,
    ) -> payload: ...

    return merge


_ARGUMENTS = {
    Verb.CREATE: _creating,
    Verb.UPDATE: _updating,
    Verb.DELETE: _deleting,
    Verb.RECORD: _creating,
    Verb.MERGE: _merging,
}
