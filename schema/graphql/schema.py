"""The complete GraphQL schema."""

from functools import cache
from typing import Any, cast

import strawberry
from graphql import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
)
from strawberry.schema.config import StrawberryConfig

from schema.concepts import NODES
from schema.graphql.as_of import as_of
from schema.graphql.changes import subscription_type
from schema.graphql.inputs import Inputs
from schema.graphql.mutation import mutation_type
from schema.graphql.query import query_type
from schema.graphql.scalars import SCALARS
from schema.graphql.types import FIRST_MOST, Types


@cache
def strawberry_schema() -> strawberry.Schema:
    """The schema in Strawberry."""
    types, inputs = Types(), Inputs()
    return strawberry.Schema(
        query=query_type(types, inputs),
        mutation=mutation_type(types, inputs),
        types=[types.of[concept.name] for concept in NODES],
        subscription=subscription_type(types.change_event, types.change_filter, FIRST_MOST),
        directives=[as_of],
        config=StrawberryConfig(scalar_map=dict(SCALARS)),
    )


@cache
def graphql_schema() -> GraphQLSchema:
    """The schema in graphql-core, with resolvers that read from the result tree of a plan."""
    schema: GraphQLSchema = strawberry_schema()._schema
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__"):
            # A tree consists of plain dicts, whose type follows from their position in it.
            type_.is_type_of = None
            for field in type_.fields.values():
                field.resolve = read_from_tree
        if isinstance(type_, GraphQLInputObjectType):
            # Strawberry checks @oneOf in its own executor, which does not run here.
            type_.is_one_of = type_.extensions["strawberry-definition"].is_one_of
    for name in ("Node", "Record"):
        cast(GraphQLInterfaceType, schema.type_map[name]).resolve_type = read_type_name
    return schema


def read_from_tree(tree: Any, info: GraphQLResolveInfo[Any], **_: object) -> Any:
    """The value of a field: a plan's result has it under the field's response key."""
    return tree[info.path.key]


def read_type_name(tree: Any, *_: object) -> str:
    """The concrete type behind an interface."""
    name: str = tree["__typename"]
    return name


def sdl() -> str:
    """The schema in the GraphQL schema definition language (SDL)."""
    return strawberry_schema().as_str() + "\n"
