"""The root of every question: which records can be asked for, and how they are named."""

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any

import strawberry

from schema.concepts import COLLECTIONS, CONCEPTS, LOOKUPS, Concept
from schema.graphql.changes import changes_field
from schema.graphql.classes import Field, declare, fill, list_of, optional_input, output
from schema.graphql.scalars import enum_of
from schema.graphql.types import FIRST_DEFAULT, FIRST_MOST, Types
from schema.vocabulary import CODE_SCHEMES, SUPPORT_KINDS

Id = Annotated[strawberry.ID, strawberry.argument(description="The record's id.")]


@strawberry.input(description="A code that another list gave.")
class CodeBy:
    """A code and whose it is."""

    scheme: enum_of(CODE_SCHEMES) = strawberry.field(description="Whose code it is.")  # type: ignore[valid-type]
    value: str = strawberry.field(description="The code itself.")


@cache
def by_type(name: str) -> Any:
    """The input `ActorBy`: one way to name a record of this concept, which has slugs."""
    concept = CONCEPTS[name]
    fields = [
        optional_input("id", strawberry.ID, "Its id."),
        optional_input("slug", str, "Its slug."),
    ]
    if "codes" in concept.members:
        fields.append(optional_input("code", CodeBy, "A code from another list."))
    return strawberry.input(
        fill(declare(f"{concept.name}By"), fields),
        one_of=True,
        description=f"One way to name {concept.article} {concept.noun}.",
    )


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
    for name, concept in LOOKUPS.items():
        yield _lookup(name, concept, types.of[concept.name])
    for name, concept in COLLECTIONS.items():
        yield types.connection_field(name, concept.name, f"The {concept.name} records that match.")
    yield from _nodes(types.node)
    yield output(
        "supportKinds", list[SupportKindInfo], "The tree of kinds of support, from its roots."
    )
    yield changes_field(types.changes, types.change_filter, FIRST_DEFAULT, FIRST_MOST)
    yield output("revision", types.of["Revision"], "The state the data is in.")


def _lookup(name: str, concept: Concept, type_: Any) -> Field:
    how = "so named" if concept.has_slug else "with this id"
    resolve = _by(by_type(concept.name), type_) if concept.has_slug else _by_id(type_)
    description = f"The {concept.noun} {how}; null if there is none."
    return Field(name, type_, strawberry.field(resolve, name=name, description=description))


def _by(by_type: Any, type_: Any) -> Any:
    def resolve(
        by: Annotated[by_type, strawberry.argument(description="How it is named.")],
    ) -> type_ | None: ...

    return resolve


def _by_id(type_: Any) -> Any:
    def resolve(id: Id) -> type_ | None: ...

    return resolve


def _nodes(record: Any) -> Iterator[Field]:
    ids = Annotated[list[strawberry.ID], strawberry.argument(description="The records' ids.")]

    def node(id: Id) -> record | None: ...

    def nodes(ids: ids) -> list_of(record | None): ...  # type: ignore[valid-type]

    one = "The record with this id; null if there is none."
    many = "The records with these ids, in their order; null where there is none."
    yield Field("node", record, strawberry.field(node, name="node", description=one))
    yield Field("nodes", record, strawberry.field(nodes, name="nodes", description=many))
