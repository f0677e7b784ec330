"""Orders, cursors and pages: the arguments of a connection.

A cursor is the lower-case hex of these texts, joined by U+001F: a signature of its order, the value
of each sort key, and the row's id. It is opaque to clients and may change between versions. Writes
do not invalidate it, because it contains values rather than offsets.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from schema.assessment import Computed
from schema.concepts import CONCEPTS, Attribute, Concept, Group, ToOne
from schema.graphql.types import FIRST_DEFAULT, FIRST_MOST
from schema.records.columns import Scalar
from schema.values.decimals import canonical_decimal, magnitude
from service.errors import BadCursor, BadInput
from service.plan import OrderKey, Page, Parameter
from service.planning.arguments import Argument, Arguments, as_list

SEPARATOR = "\x1f"
ORDER_KEYS_MOST = 8


def order_of(concept: Concept, order_by: Argument) -> tuple[OrderKey, ...]:
    """Returns the sort keys.

    The last key is always the id, in the direction of the key before it.
    """
    keys: dict[str, OrderKey] = {}
    for item in as_list(order_by) if order_by else ():
        key = order_key(concept, item)
        keys.setdefault(path_of(key), key)
        if path_of(key) == "id":
            break
    if len(keys) > ORDER_KEYS_MOST:
        raise BadInput(f"orderBy has {len(keys)} keys; the limit is {ORDER_KEYS_MOST}.")
    if "id" not in keys:
        descending = bool(keys) and list(keys.values())[-1].descending
        keys["id"] = OrderKey((), concept.id, descending)
    return tuple(keys.values())


def order_key(concept: Concept, order_by: Mapping[str, Argument]) -> OrderKey:
    """Returns one sort key of the records of a concept."""
    through: list[ToOne] = []
    while True:
        ((name, inner),) = order_by.items()
        match concept.members[name]:
            case Attribute() as attribute:
                return OrderKey(tuple(through), attribute, inner == "DESC")
            case Group(attributes=attributes) | Computed(fields=attributes):
                ((name, direction),) = inner.items()
                return OrderKey(tuple(through), attributes[name], direction == "DESC")
            case ToOne() as edge:
                through.append(edge)
                concept, order_by = CONCEPTS[edge.target], inner


def path_of(key: OrderKey) -> str:
    """Returns an order key as REST spells it: `startedOn`, `supporter.name`, `quantity.value`."""
    group = key.attribute.meaning.group
    steps = [edge.name for edge in key.through]
    return ".".join([*steps, *([group.name] if group else []), key.attribute.name])


def signature(concept: Concept, order: tuple[OrderKey, ...]) -> str:
    """Returns the prefix of the cursors of this order, which no other order has."""
    keys = (f"{path_of(key)} {'DESC' if key.descending else 'ASC'}" for key in order)
    return signature_of(concept.name, *keys)


def signature_of(*parts: str) -> str:
    """Returns the signature of an order that these parts describe."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:8]


def page_of(concept: Concept, order: tuple[OrderKey, ...], arguments: Arguments) -> Page:
    """Returns the page of a connection that `first`, `after`, `last` and `before` describe."""
    first, last = arguments.get("first"), arguments.get("last")
    if first is not None and last is not None:
        raise BadInput("Use `first` or `last`, not both.")
    name = "first" if last is None else "last"
    return Page(
        size=size_of(name, first if last is None else last),
        backward=last is not None,
        after=_cursor(concept, order, "after", arguments),
        before=_cursor(concept, order, "before", arguments),
    )


def size_of(name: str, size: Argument) -> Parameter:
    """Returns the size of a page. `name`: the name of its argument."""
    return Parameter(FIRST_DEFAULT if size is None else size, partial(_read_size, name))


def _read_size(name: str, value: Any) -> int:
    if not 1 <= value <= FIRST_MOST:
        raise BadInput(f"`{name}` must be between 1 and {FIRST_MOST}, but is {value}.")
    return int(value)


def _cursor(
    concept: Concept, order: tuple[OrderKey, ...], name: str, arguments: Arguments
) -> tuple[Parameter, ...] | None:
    """Returns a parameter for each sort key, all read from one cursor."""
    expected = signature(concept, order)
    readers = [key_reader(key.attribute.meaning.scalar) for key in order]
    return cursor_of(name, arguments.get(name), expected, readers)


def cursor_of(
    name: str, source: Argument, expected: str, readers: list[Callable[[str], Any]]
) -> tuple[Parameter, ...] | None:
    """Returns a parameter for each value of a cursor; None without a cursor.

    `expected`: the cursor's signature.
    """
    if source is None:
        return None
    return tuple(
        Parameter(source, partial(_read_key, name, expected, readers, index))
        for index in range(len(readers))
    )


_SIGNATURE = re.compile("[0-9a-f]{8}", re.ASCII)


def _read_key(
    name: str, expected: str, readers: list[Callable[[str], Any]], index: int, cursor: str
) -> Any:
    return read_cursor(name, expected, readers, cursor, "order")[index]


def read_cursor(
    name: str, expected: str, readers: list[Callable[[str], Any]], cursor: str, of: str
) -> list[Any]:
    """Returns the values of a cursor. Raises BadCursor.

    `expected`: the cursor's signature; `of`: what the signature identifies.
    """
    try:
        prefix, keys = _decode(cursor)
        if prefix != expected:
            raise BadCursor(f"`{name}` is a cursor of another {of}; omit it to start over.")
        return [read(text) for read, text in zip(readers, keys, strict=True)]
    except ValueError:
        raise BadCursor(
            f"`{name}` is not a valid cursor. Use endCursor, startCursor or the cursor of an edge."
        ) from None


def _decode(cursor: str) -> tuple[str, list[str]]:
    """Decodes a cursor to its signature and keys. Raises ValueError if it is malformed."""
    prefix, *keys = bytes.fromhex(cursor).decode().split(SEPARATOR)
    if not _SIGNATURE.fullmatch(prefix):
        raise ValueError(cursor)
    return prefix, keys


# The integer for an unknown value, which is the empty string in a cursor, and sorts first.
BELOW_EVERY_INTEGER = -(2**31) - 1

_INTEGER = re.compile(r"-?[0-9]{1,18}", re.ASCII)


def _read_key_integer(text: str) -> int:
    if not text:
        return BELOW_EVERY_INTEGER
    if not _INTEGER.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _read_key_text(text: str) -> str:
    if "\0" in text:
        raise ValueError(text)
    return text


def _read_key_decimal(text: str) -> str:
    return magnitude(canonical_decimal(text)) if text else ""


def key_reader(scalar: Scalar) -> Callable[[str], Any]:
    """Returns a function that reads the value of a sort key of this type from a cursor."""
    if scalar is Scalar.DECIMAL:
        return _read_key_decimal
    if scalar in (Scalar.INTEGER, Scalar.BOOLEAN, Scalar.ID):
        return _read_key_integer
    return _read_key_text
