"""Checks that a response has the shape of its document.

schemathesis reads only the errors of a GraphQL response.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    is_abstract_type,
    is_composite_type,
    parse,
)

_SCALARS: Mapping[str, type] = {"Int": int, "Float": float, "Boolean": bool}


def misfits(schema: GraphQLSchema, document: str, data: Any) -> list[str]:
    """Returns the places where data and document differ. Documents have no named fragments."""
    (operation,) = parse(document).definitions
    assert isinstance(operation, OperationDefinitionNode)
    root = schema.get_root_type(operation.operation)
    assert root
    return list(_of_object(schema, root, [operation.selection_set], data, "data"))


def _of_value(
    schema: GraphQLSchema, type_: GraphQLOutputType, fields: list[FieldNode], value: Any, at: str
) -> Iterator[str]:
    if isinstance(type_, GraphQLNonNull):
        if value is None:
            yield f"{at} is null"
        yield from _of_value(schema, type_.of_type, fields, value, at)
    elif value is None:
        return
    elif isinstance(type_, GraphQLList):
        if not isinstance(value, list):
            yield f"{at} is no list: {value!r}"
            return
        for place, item in enumerate(value):
            yield from _of_value(schema, type_.of_type, fields, item, f"{at}[{place}]")
    elif isinstance(type_, GraphQLEnumType):
        if value not in type_.values:
            yield f"{at} is no {type_.name}: {value!r}"
    elif is_composite_type(type_):
        selections = [field.selection_set for field in fields if field.selection_set]
        # The type of an interface that fits the data best.
        types = schema.get_possible_types(type_) if is_abstract_type(type_) else [type_]
        ways = (list(_of_object(schema, each, selections, value, at)) for each in types)
        yield from min(ways, key=len)
    elif type(value) is not _SCALARS.get(type_.name, str):
        yield f"{at} is no {type_.name}: {value!r}"


def _of_object(
    schema: GraphQLSchema,
    type_: GraphQLObjectType,
    selections: list[SelectionSetNode],
    value: Any,
    at: str,
) -> Iterator[str]:
    asked: dict[str, list[FieldNode]] = {}
    for field in (each for selection in selections for each in _fields(type_, selection)):
        asked.setdefault(field.alias.value if field.alias else field.name.value, []).append(field)
    if list(value) != list(asked):
        yield f"{at} has {list(value)}, not {list(asked)}"
        return
    for key, fields in asked.items():
        name = fields[0].name.value
        if name == "__typename":
            if value[key] != type_.name:
                yield f"{at}.{key} is {value[key]!r}, not {type_.name}"
        else:
            below = f"{at}.{key}"
            yield from _of_value(schema, type_.fields[name].type, fields, value[key], below)


def _fields(type_: GraphQLObjectType, selection: SelectionSetNode) -> Iterator[FieldNode]:
    for node in selection.selections:
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            condition = node.type_condition
            names = {type_.name, *(interface.name for interface in type_.interfaces)}
            if condition is None or condition.name.value in names:
                yield from _fields(type_, node.selection_set)
