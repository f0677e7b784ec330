"""The values of a request, with every value that can differ between requests left open.

`mirror` replaces the values of the variables by slots, so that a plan made from them fits every
request of the same shape; `shape_of` tells which requests those are.
"""

from collections.abc import Hashable, Mapping
from types import MappingProxyType
from typing import Any

from graphql import (
    BooleanValueNode,
    DirectiveNode,
    EnumValueNode,
    FieldNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    StringValueNode,
    ValueNode,
    VariableNode,
)

from schema.graphql.orders import OrderDirection
from service.plan import Slot, Variables

# What a request gave for an argument: a Slot, a literal, or a list or dict of these.
Argument = Any
Arguments = Mapping[str, Argument]


def mirror(value: Any, path: tuple[str | int, ...] = ()) -> Argument:
    """The same structure with slots for values.

    What decides the form of the SQL stays: null, booleans, directions, and which fields an input
    object has. A list of plain values is one slot, however long it is.
    """
    match value:
        case dict() | MappingProxyType():
            return {name: mirror(item, (*path, name)) for name, item in value.items()}
        case list() if not value or isinstance(value[0], dict):
            return [mirror(item, (*path, place)) for place, item in enumerate(value)]
        case None | bool():
            return value
        case OrderDirection():
            return value.value
    return Slot(path)


def shape_of(value: Any) -> Hashable:
    """What two values must have in common to be served by one plan."""
    match value:
        case dict() | MappingProxyType():
            return tuple((name, shape_of(item)) for name, item in value.items())
        case list() if not value or isinstance(value[0], dict):
            return ("list", *map(shape_of, value))
        case None | bool() | OrderDirection():
            return value
    return "value"


def fill(source: Argument, variables: Variables) -> Any:
    """The value itself: each slot filled from the variables of this request."""
    if isinstance(source, Slot):
        value: Any = variables
        for step in source.path:
            value = value[step]
        return value
    if isinstance(source, list):
        return [fill(item, variables) for item in source]
    return source


def as_list(given: Argument) -> Any:
    """GraphQL takes a single value where a list is asked for."""
    return given if isinstance(given, list | Slot) else [given]


def arguments_of(node: FieldNode | DirectiveNode, variables: Arguments) -> dict[str, Argument]:
    """The arguments a document gives to a field or directive; `variables` are mirrored ones."""
    return _named(((a.name.value, a.value) for a in node.arguments or ()), variables)


def literal(node: ValueNode, variables: Arguments) -> Argument:
    """The value that a document writes out, or the slot of the variable it names."""
    match node:
        case VariableNode(name=name):
            return variables.get(name.value)
        case ObjectValueNode(fields=fields):
            return _named(((f.name.value, f.value) for f in fields), variables)
        case ListValueNode(values=values):
            return [literal(item, variables) for item in values]
        case NullValueNode():
            return None
        case IntValueNode(value=digits):
            # An Int has 32 bits, as validation has checked; a longer number stands for an ID.
            return int(digits) if len(digits) <= 11 else digits
        case BooleanValueNode(value=truth):
            return truth
        case StringValueNode(value=text) | EnumValueNode(value=text):
            return text
    raise TypeError(f"No argument of ours takes a {node.kind}.")


def _named(pairs: Any, variables: Arguments) -> dict[str, Argument]:
    """A variable that was not given leaves its field out; that is not the same as null."""
    return {
        name: literal(node, variables)
        for name, node in pairs
        if not (isinstance(node, VariableNode) and node.name.value not in variables)
    }
