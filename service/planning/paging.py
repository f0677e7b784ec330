"""Orders, cursors and pages: the arguments of a connection -> which part of it to answer.

A cursor is the lower-case hex of these texts, joined by U+001F: a signature of the order it belongs
to, the value of each key, and the row's id. It is opaque to clients and may change between
versions; within one it stays good whatever is written meanwhile, since it names values, not places.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from schema.concepts import CONCEPTS, Attribute, Concept, Group, ToOne
from schema.decimals import canonical_decimal
from schema.graphql.types import FIRST_DEFAULT, FIRST_MOST
from schema.records.columns import Scalar
from schema.records.derived import BELOW_EVERY_NUMBER
from service.errors import BadCursor, BadInput
from service.plan import OrderKey, Page, Parameter
from service.planning.arguments import Argument, Arguments, as_list

SEPARATOR = "\x1f"
ORDER_KEYS_MOST = 8


def order_of(concept: Concept, given: Argument) -> tuple[OrderKey, ...]:
    """The keys to sort by. The id always ends them, in the direction of the key before it."""
    keys: dict[str, OrderKey] = {}
    for item in as_list(given) if given else ():
        key = _order_key(concept, item)
        keys.setdefault(path_of(key), key)
        if path_of(key) == "id":
            break
    if len(keys) > ORDER_KEYS_MOST:
        raise BadInput(f"orderBy has more than {ORDER_KEYS_MOST} keys; drop some.")
    if "id" not in keys:
        descending = bool(keys) and list(keys.values())[-1].descending
        keys["id"] = OrderKey((), concept.id, descending)
    return tuple(keys.values())


def _order_key(concept: Concept, given: Mapping[str, Argument]) -> OrderKey:
    through: list[ToOne] = []
    while True:
        ((name, inner),) = given.items()
        match concept.members[name]:
            case Attribute() as attribute:
                return OrderKey(tuple(through), attribute, inner == "DESC")
            case Group(attributes=attributes):
                ((name, direction),) = inner.items()
                return OrderKey(tuple(through), attributes[name], direction == "DESC")
            case ToOne() as edge:
                through.append(edge)
                concept, given = CONCEPTS[edge.target], inner


def path_of(key: OrderKey) -> str:
    """An order key as REST spells it: `startedOn`, `supporter.name`, `quantity.value`."""
    group = key.attribute.meaning.group
    steps = [edge.name for edge in key.through]
    return ".".join([*steps, *([group] if group else []), key.attribute.name])


def signature(concept: Concept, order: tuple[OrderKey, ...]) -> str:
    """What cursors of this order begin with: cursors of other orders do not."""
    keys = (f"{path_of(key)} {'DESC' if key.descending else 'ASC'}" for key in order)
    text = "|".join([concept.name, *keys])
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def page_of(concept: Concept, order: tuple[OrderKey, ...], given: Arguments) -> Page:
    """The part of a connection that `first`, `after`, `last` and `before` name."""
    first, last = given.get("first"), given.get("last")
    if first is not None and last is not None:
        raise BadInput("Give `first` or `last`, not both.")
    name = "first" if last is None else "last"
    size = first if last is None else last
    return Page(
        size=Parameter(FIRST_DEFAULT if size is None else size, partial(_read_size, name)),
        backward=last is not None,
        after=_cursor(concept, order, "after", given),
        before=_cursor(concept, order, "before", given),
    )


def _read_size(name: str, value: Any) -> int:
    if not 1 <= value <= FIRST_MOST:
        raise BadInput(f"`{name}` is {value}; it may be 1 to {FIRST_MOST}.")
    return int(value)


def _cursor(
    concept: Concept, order: tuple[OrderKey, ...], name: str, given: Arguments
) -> tuple[Parameter, ...] | None:
    """A parameter for each key of the order, all read from one cursor."""
    source = given.get(name)
    if source is None:
        return None
    expected = signature(concept, order)
    readers = [_key_reader(key.attribute) for key in order]
    return tuple(
        Parameter(source, partial(_read_key, name, expected, readers, place))
        for place in range(len(order))
    )


_SIGNATURE = re.compile("[0-9a-f]{8}", re.ASCII)


def _read_key(
    name: str, expected: str, readers: list[Callable[[str], Any]], place: int, cursor: str
) -> Any:
    try:
        found, keys = _opened(cursor)
        if found != expected:
            raise BadCursor(f"`{name}` is a cursor of another order; begin again without it.")
        values = [read(text) for read, text in zip(readers, keys, strict=True)]
    except ValueError:
        raise BadCursor(
            f"`{name}` is no cursor of ours. Take endCursor, startCursor or an edge's cursor."
        ) from None
    return values[place]


def _opened(cursor: str) -> tuple[str, list[str]]:
    """A cursor's signature and its keys. Raises ValueError for what can be no cursor."""
    found, *keys = bytes.fromhex(cursor).decode().split(SEPARATOR)
    if not _SIGNATURE.fullmatch(found):
        raise ValueError(cursor)
    return found, keys


# An unknown value is the empty text in a cursor and sorts below all others.
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
    return canonical_decimal(text) if text else str(BELOW_EVERY_NUMBER)


def _key_reader(attribute: Attribute) -> Callable[[str], Any]:
    if attribute.meaning.scalar is Scalar.DECIMAL:
        return _read_key_decimal
    if attribute.meaning.scalar in (Scalar.INTEGER, Scalar.BOOLEAN, Scalar.ID):
        return _read_key_integer
    return _read_key_text
