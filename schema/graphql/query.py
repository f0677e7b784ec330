"""The root of every question: which records can be asked for, and how they are named."""

from collections.abc import Iterator
from typing import Annotated, Any

import strawberry

from schema.concepts import COLLECTIONS
from schema.graphql.changes import changes_field
from schema.graphql.classes import Field, declare, fill, list_of, output
from schema.graphql.scalars import enum_of
from schema.graphql.types import FIRST_DEFAULT, FIRST_MOST, Types
from schema.vocabulary import CODE_SCHEMES, SUPPORT_KINDS

Id = Annotated[strawberry.ID, strawberry.argument(description="The record's id.")]


@strawberry.input(description="A code that another list gave.")
class CodeBy:
    """A code and whose it is."""

    scheme: enum_of(CODE_SCHEMES) = strawberry.field(description="Whose code it is.")  # type: ignore[valid-type]
    value: str = strawberry.field(description="The code itself.")


@strawberry.input(one_of=True, description="One way to name an actor.")
class ActorBy:
    """An actor's id, slug or code."""

    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Its id.")
    slug: str | None = strawberry.field(default=strawberry.UNSET, description="Its slug.")
    code: CodeBy | None = strawberry.field(
        default=strawberry.UNSET, description="A code from another list."
    )


@strawberry.input(one_of=True, description="One way to name a data set.")
class DatasetBy:
    """A data set's id or slug."""

    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Its id.")
    slug: str | None = strawberry.field(default=strawberry.UNSET, description="Its slug.")


@strawberry.type(description="A kind of support, with its place in the tree.")
class SupportKindInfo:
    """One entry of the vocabulary of kinds."""

    kind: enum_of(SUPPORT_KINDS) = strawberry.field(description="The kind.")  # type: ignore[valid-type]
    label: str = strawberry.field(description="What a person reads.")
    description: str = strawberry.field(description="What it takes in.")
    parent: enum_of(SUPPORT_KINDS) | None = strawberry.field(description="The wider kind.")  # type: ignore[valid-type]
    children: list["SupportKindInfo"] = strawberry.field(description="The narrower kinds.")


def query_type(types: Types) -> Any:
    """The type `Query`."""
    return strawberry.type(fill(declare("Query"), _fields(types)), description="What can be asked.")


def _fields(types: Types) -> Iterator[Field]:
    yield from _named_records(types)
    for name, concept in COLLECTIONS.items():
        yield types.connection_field(name, concept.name, f"The {concept.name} records that match.")
    yield from _nodes(types.node)
    yield output(
        "supportKinds", list[SupportKindInfo], "The tree of kinds of support, from its roots."
    )
    yield changes_field(types.changes, types.change_filter, FIRST_DEFAULT, FIRST_MOST)
    yield output("revision", types.of["Revision"], "The state the data is in.")


def _named_records(types: Types) -> Iterator[Field]:
    for name, by in (("actor", ActorBy), ("dataset", DatasetBy)):
        yield _by(name, types.of[name.capitalize()], by)
    for name in ("support", "statement", "source"):
        yield _by_id(name, types.of[name.capitalize()])


def _by(name: str, type_: Any, by_type: Any) -> Field:
    def resolve(
        by: Annotated[by_type, strawberry.argument(description="How it is named.")],
    ) -> type_ | None: ...

    description = f"The {name} so named; null if there is none."
    return Field(name, type_, strawberry.field(resolve, name=name, description=description))


def _by_id(name: str, type_: Any) -> Field:
    def resolve(id: Id) -> type_ | None: ...

    description = f"The {name} with this id; null if there is none."
    return Field(name, type_, strawberry.field(resolve, name=name, description=description))


def _nodes(record: Any) -> Iterator[Field]:
    ids = Annotated[list[strawberry.ID], strawberry.argument(description="The records' ids.")]

    def node(id: Id) -> record | None: ...

    def nodes(ids: ids) -> list_of(record | None): ...  # type: ignore[valid-type]

    one = "The record with this id; null if there is none."
    many = "The records with these ids, in their order; null where there is none."
    yield Field("node", record, strawberry.field(node, name="node", description=one))
    yield Field("nodes", record, strawberry.field(nodes, name="nodes", description=many))
