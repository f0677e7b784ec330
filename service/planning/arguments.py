"""The arguments of a request, with slots for the values that may differ between requests.

`mirror` replaces the values of variables by slots, so that a plan built from them serves all
requests of the same shape; `shape_of` returns the shape.
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

from schema.graphql.counting import CountAccuracy
from schema.graphql.network import NetworkMeasure
from schema.graphql.orders import OrderDirection
from schema.graphql.panel import PanelUnit
from schema.graphql.path import PathTime
from schema.graphql.totals import SupportDimension
from service.plan import Slot, Variables

# The value of an argument: a Slot, a literal, or a list or dict of these.
Argument = Any
Arguments = Mapping[str, Argument]

# The enums whose values change the SQL text.
SHAPING = (
    *(OrderDirection, SupportDimension, NetworkMeasure, PathTime, PanelUnit),
    CountAccuracy,
)


def mirror(value: Any, path: tuple[str | int, ...] = ()) -> Argument:
    """Copies a value with slots in place of the values of a request.

    Keeps what changes the SQL text: null, booleans, the enums of `SHAPING`, and the names of an
    object's fields. A list of plain values becomes one slot, whatever its length.
    """
    match value:
        case dict() | MappingProxyType():
            return {name: mirror(item, (*path, name)) for name, item in value.items()}
        case list() if _is_shaping(value):
            return [mirror(item, (*path, index)) for index, item in enumerate(value)]
        case None | bool():
            return value
    return value.value if isinstance(value, SHAPING) else Slot(path)


def _is_shaping(values: list[Any]) -> bool:
    """Whether the items of a list change the SQL text."""
    return not values or isinstance(values[0], dict | SupportDimension)


def shape_of(value: Any) -> Hashable:
    """Returns the shape of a value: requests with values of equal shape share a plan."""
    match value:
        case dict() | MappingProxyType():
            return tuple((name, shape_of(item)) for name, item in value.items())
        case list() if _is_shaping(value):
            return ("list", *map(shape_of, value))
        case None | bool():
            return value
    return value if isinstance(value, SHAPING) else "value"


def fill(source: Argument, variables: Variables) -> Any:
    """Returns the value with each slot filled from the variables of this request."""
    if isinstance(source, Slot):
        value: Any = variables
        for step in source.path:
            value = value[step]
        return value
    if isinstance(source, list):
        return [fill(item, variables) for item in source]
    return source


def number_of_values(argument: Argument, most: int) -> int:
    """Counts the values and objects of an argument; stops just above `most`."""
    count, waiting = 0, [argument]
    while waiting and count <= most:
        value = waiting.pop()
        count += 1
        if isinstance(value, Mapping):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return count


def as_list(value: Argument) -> Any:
    """Wraps a single value in a list, as GraphQL's input coercion does."""
    return value if isinstance(value, list | Slot) else [value]


def arguments_of(node: FieldNode | DirectiveNode, variables: Arguments) -> dict[str, Argument]:
    """Returns the arguments of a field or directive in a document; `variables` are mirrored."""
    return _fields_of(((a.name.value, a.value) for a in node.arguments or ()), variables)


def literal(node: ValueNode, variables: Arguments) -> Argument:
    """Returns the value of a literal, or the slot of a variable."""
    match node:
        case VariableNode(name=name):
            return variables.get(name.value)
        case ObjectValueNode(fields=fields):
            return _fields_of(((f.name.value, f.value) for f in fields), variables)
        case ListValueNode(values=values):
            return [literal(item, variables) for item in values]
        case NullValueNode():
            return None
        case IntValueNode(value=digits):
            return int_literal(digits)
        case BooleanValueNode(value=truth):
            return truth
        case StringValueNode(value=text) | EnumValueNode(value=text):
            return text
    raise TypeError(f"Unexpected argument value: {node.kind}.")


def int_literal(digits: str) -> int | str:
    """Returns the value of an integer, or its text if only an ID can be so long."""
    return int(digits) if len(digits) <= 11 else digits


def _fields_of(pairs: Any, variables: Arguments) -> dict[str, Argument]:
    """Omits the fields of absent variables, because absent differs from null."""
    return {
        name: literal(node, variables)
        for name, node in pairs
        if not (isinstance(node, VariableNode) and node.name.value not in variables)
    }
