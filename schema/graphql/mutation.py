"""The type `Mutation`: the root fields of writes, their arguments and their payloads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Annotated, Any

import strawberry

from schema.concepts import COLLECTIONS, CONCEPTS, Concept
from schema.graphql.classes import Field, declare, enum_type, fill, output
from schema.graphql.inputs import Inputs
from schema.graphql.query import Id
from schema.graphql.types import Types
from schema.inputs import identifier_name, input_name
from schema.rules import Code


class Verb(Enum):
    """The operations on records."""

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
        """The name of its payload type."""
        return f"{self.name[0].upper()}{self.name[1:]}Payload"

    @property
    def record_name(self) -> str:
        """The field of the payload that holds the record."""
        return self.concept.singular


def _writes() -> Iterator[Write]:
    for concept in COLLECTIONS.values():
        for verb in (Verb.CREATE, Verb.UPDATE, Verb.DELETE):
            yield Write(f"{verb.value}{concept.name}", verb, concept)
    yield Write("recordStatement", Verb.RECORD, CONCEPTS["Statement"])
    yield Write("mergeActors", Verb.MERGE, CONCEPTS["Actor"])


WRITES: Mapping[str, Write] = MappingProxyType({write.name: write for write in _writes()})

# The field of a delete payload that holds the id.
DELETED_ID = "deletedId"

ProblemCode = enum_type(
    "ProblemCode",
    {code.value: code.description for code in Code},
    "Machine-readable code of a problem.",
)


@strawberry.type(description="Reason why a write was refused: one invalid value in the input.")
class Problem:
    """One invalid value in the input."""

    path: list[str] = strawberry.field(
        description="Path to the invalid value in the input: field names, and list positions that "
        "start at 0."
    )
    code: ProblemCode = strawberry.field(description="Machine-readable code.")  # type: ignore[valid-type]
    message: str = strawberry.field(
        description="Human-readable message: what is wrong and how to correct it."
    )


Message = Annotated[
    str | None,
    strawberry.argument(
        description="Description of the change in one sentence, for `Revision.message`."
    ),
]
IfRevision = Annotated[
    int | None,
    strawberry.argument(
        description="Refuses the write with CONFLICT if the record has changed since this revision."
    ),
]


def mutation_type(types: Types, inputs: Inputs) -> Any:
    """The type `Mutation`."""
    fields = (_field(write, types, inputs) for write in WRITES.values())
    description = (
        "Writes. All fields of an operation run in one transaction: if one is refused, nothing is "
        "written."
    )
    return strawberry.type(fill(declare("Mutation"), fields), description=description)


def _field(write: Write, types: Types, inputs: Inputs) -> Field:
    payload = _payload(write, types)
    if write.verb is Verb.MERGE:
        given = inputs.of[identifier_name(write.concept)]
    else:
        given = inputs.of.get(input_name(write.verb.value, write.concept))
    field = strawberry.field(
        _ARGUMENTS[write.verb](given, payload),
        name=write.name,
        description=_DESCRIPTIONS[write.verb].format(write.concept.indefinite_noun),
    )
    return Field(write.name, payload, field)


def _payload(write: Write, types: Types) -> Any:
    if write.verb is Verb.DELETE:
        record = output(
            DELETED_ID,
            strawberry.ID,
            "Id of the deleted record; null if the write was refused.",
            nullable=True,
        )
    else:
        type_ = types.of[write.concept.name]
        record = output(
            write.record_name,
            type_,
            "The record after the write; null if the write was refused.",
            nullable=True,
        )
    revision = output(
        "revision",
        types.of["Revision"],
        "Revision that the write created, or the newest one if it changed nothing; null if it was "
        "refused.",
        nullable=True,
    )
    errors = output(
        "errors", list[Problem], "Reasons why the write was refused; empty if it succeeded."
    )
    cls = fill(declare(write.payload_name), (record, revision, errors))
    return strawberry.type(cls, description=f"The result of `{write.name}`.")


_DESCRIPTIONS = {
    Verb.CREATE: "Creates {}.",
    Verb.UPDATE: "Updates {}. Only the fields in `input` change.",
    Verb.DELETE: "Deletes {}. Refused with IN_USE while other records refer to it.",
    Verb.RECORD: "Creates {}, with the source and the actors it refers to and its evidence.",
    Verb.MERGE: "Merges duplicates of {}: their ids, slugs and references lead to `keep`.",
}


# --- arguments: the service reads them; there are no resolvers ------------------------------------


def _creating(given: Any, payload: Any) -> Any:
    def create(
        input: Annotated[given, strawberry.argument(description="Fields of the new record.")],
        message: Message = strawberry.UNSET,
    ) -> payload: ...

    return create


def _updating(given: Any, payload: Any) -> Any:
    def update(
        id: Id,
        input: Annotated[given, strawberry.argument(description="Fields to change.")],
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
        keep: Annotated[by, strawberry.argument(description="Actor to keep.")],
        merge: Annotated[
            list[by], strawberry.argument(description="Actors to merge into `keep`. Maximum: 100.")
        ],
        allow_different_kinds: Annotated[
            bool,
            strawberry.argument(
                description="Whether actors of other kinds than `keep` may be merged into it."
            ),
        ] = False,
        if_revision: IfRevision = strawberry.UNSET,
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
