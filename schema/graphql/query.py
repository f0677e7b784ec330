"""The type `Query`: the root fields of queries and their arguments."""

from collections.abc import Iterator
from typing import Annotated, Any

import strawberry

from schema.concepts import COLLECTIONS, CONCEPTS, LOOKUPS, Concept
from schema.graphql.changes import changes_field
from schema.graphql.classes import Field, declare, fill, list_of, output
from schema.graphql.inputs import Inputs
from schema.graphql.network import network_field
from schema.graphql.panel import panel_field
from schema.graphql.path import paths_field, unknown_count_field
from schema.graphql.scalars import enum_of
from schema.graphql.search import search_field
from schema.graphql.totals import totals_field
from schema.graphql.types import FIRST_DEFAULT, FIRST_MOST, Types
from schema.inputs import identifier_name
from schema.vocabulary import SUPPORT_KINDS

Id = Annotated[strawberry.ID, strawberry.argument(description="Id of the record.")]
NodeId = Annotated[
    strawberry.ID, strawberry.argument(description="Id of the record or the change.")
]


@strawberry.type(description="Kind of support, with its broader and narrower kinds.")
class SupportKindInfo:
    """One term of the vocabulary of kinds."""

    kind: enum_of(SUPPORT_KINDS) = strawberry.field(description="Kind of support.")  # type: ignore[valid-type]
    label: str = strawberry.field(description="Name for display, in English.")
    description: str = strawberry.field(description="Definition of the kind.")
    parent: enum_of(SUPPORT_KINDS) | None = strawberry.field(description="Broader kind.")  # type: ignore[valid-type]
    children: list["SupportKindInfo"] = strawberry.field(description="Narrower kinds.")


def query_type(types: Types, inputs: Inputs) -> Any:
    """The type `Query`."""
    return strawberry.type(fill(declare("Query"), _fields(types, inputs)), description="Queries.")


def _fields(types: Types, inputs: Inputs) -> Iterator[Field]:
    for name, concept in LOOKUPS.items():
        yield _lookup(name, concept, types.of[concept.name], inputs)
    for name, concept in COLLECTIONS.items():
        yield types.connection_field(
            name, concept.name, f"The {concept.plural} that match a filter."
        )
    yield from _nodes(types.node)
    yield output(
        "supportKinds", list[SupportKindInfo], "The roots of the hierarchy of kinds of support."
    )
    yield totals_field(
        types.totals, types.filters.of["Support"], types.total_order, FIRST_DEFAULT, FIRST_MOST
    )
    by_actor = inputs.of[identifier_name(CONCEPTS["Actor"])]
    yield network_field(types.network, by_actor, types.filters.of["Support"])
    yield paths_field(types.path, by_actor, types.filters.of["Support"])
    yield unknown_count_field(types.filters.of["Support"])
    yield search_field(types.search, FIRST_DEFAULT, FIRST_MOST)
    yield panel_field(types.panel, FIRST_DEFAULT, FIRST_MOST)
    yield changes_field(types.changes, types.change_filter, FIRST_DEFAULT, FIRST_MOST)
    yield output(
        "revision", types.of["Revision"], "The newest revision, or the one that `@asOf` selects."
    )


def _lookup(name: str, concept: Concept, type_: Any, inputs: Inputs) -> Field:
    by_any = inputs.of.get(identifier_name(concept))
    resolve = _by(by_any, type_) if by_any else _by_id(type_)
    by = "identifier" if concept.has_slug else "id"
    description = f"The {concept.noun} with this {by}; null if there is none."
    return Field(name, type_, strawberry.field(resolve, name=name, description=description))


def _by(by_type: Any, type_: Any) -> Any:
    def resolve(
        by: Annotated[by_type, strawberry.argument(description="Identifier of the record.")],
    ) -> type_ | None: ...

    return resolve


def _by_id(type_: Any) -> Any:
    def resolve(id: Id) -> type_ | None: ...

    return resolve


def _nodes(any_node: Any) -> Iterator[Field]:
    ids = Annotated[
        list[strawberry.ID], strawberry.argument(description="Ids of records and changes.")
    ]

    def node(id: NodeId) -> any_node | None: ...

    def nodes(ids: ids) -> list_of(any_node | None): ...  # type: ignore[valid-type]

    one = "The record or the change with this id; null if there is none."
    many = (
        "The records and changes with these ids, in the order of `ids`; null for each unknown id."
    )
    yield Field("node", any_node, strawberry.field(node, name="node", description=one))
    yield Field("nodes", any_node, strawberry.field(nodes, name="nodes", description=many))
