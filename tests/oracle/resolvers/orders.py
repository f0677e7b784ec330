"""Sorts records, and builds and reads cursors."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.oracle.data_sets.values import Date, camel_case, snake_case, spelled
from tests.oracle.data_sets.world import TYPES, Quantity, Record, Worth, types_of
from tests.oracle.resolvers.assessment import Assessment, assessed

SEPARATOR = "\x1f"
# The last names of keys whose cursor values are numbers. All others are text.
NUMBERS = {"id"} | {
    camel_case(name)
    for type_ in (*TYPES, Quantity, Worth, Assessment)
    for name, (held, _) in types_of(type_).items()
    if held in (int, Decimal)
}

Rank = tuple[Any, ...]


@dataclass(frozen=True)
class Key:
    """A sort key: the path to a value, and the direction."""

    path: tuple[str, ...]
    direction: str

    def text_in(self, record: Record) -> str:
        """Returns the value as text in a cursor; empty for an unknown value."""
        value: Any = record
        for name in self.path[:-1]:
            if value and name == "assessment":
                value = assessed(value)
            else:
                value = value and getattr(value, snake_case(name))
        if value is None:
            return ""
        last = "row" if self.path[-1] == "id" else snake_case(self.path[-1])
        return _text_of(getattr(value, last))

    def rank(self, text: str) -> Rank:
        """Returns a comparable value: unknown values are below all others."""
        if not text:
            return ()
        return (Decimal(text) if self.path[-1] in NUMBERS else text,)


def _text_of(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(int(value))
        case Date():
            return value.earliest
        case Decimal():
            return spelled(value)
    return str(value)


@dataclass(frozen=True)
class Order:
    """The keys of an order, with the id as the last."""

    concept: str
    keys: tuple[Key, ...]

    @classmethod
    def asked(cls, concept: str, given: Sequence[Mapping[str, Any]] | None) -> "Order":
        """Returns the order of `orderBy`: each key once, none after the id."""
        keys: dict[tuple[str, ...], str] = {}
        for one in given or ():
            path, direction = _flattened(one)
            keys.setdefault(path, direction)
            if path == ("id",):
                break
        keys.setdefault(("id",), list(keys.values())[-1] if keys else "ASC")
        return cls(concept, tuple(Key(path, direction) for path, direction in keys.items()))

    def texts(self, record: Record) -> list[str]:
        """Returns the texts of all keys of a record."""
        return [key.text_in(record) for key in self.keys]

    def sorted(self, records: Sequence[Record]) -> list[Record]:
        """Returns the sorted records: by the last key first, because sorting is stable."""
        done = list(records)
        for key in reversed(self.keys):
            done.sort(key=lambda r: key.rank(key.text_in(r)), reverse=key.direction == "DESC")
        return done

    def is_ahead(self, left: Sequence[str], right: Sequence[str]) -> bool:
        """Whether the position `left` is before `right`."""
        for key, one, other in zip(self.keys, left, right, strict=True):
            if key.rank(one) != key.rank(other):
                return (key.rank(one) < key.rank(other)) is (key.direction == "ASC")
        return False

    def cursor(self, texts: Sequence[str]) -> str:
        """Returns the cursor of a position."""
        return SEPARATOR.join([self._signature, *texts]).encode().hex()

    def place(self, cursor: str) -> list[str]:
        """Returns the position of a cursor, which must be valid."""
        signature, *texts = bytes.fromhex(cursor).decode().split(SEPARATOR)
        assert signature == self._signature, "the generator made a cursor of another order"
        return texts

    @property
    def _signature(self) -> str:
        keys = "|".join(f"{'.'.join(key.path)} {key.direction}" for key in self.keys)
        return hashlib.sha256(f"{self.concept}|{keys}".encode()).hexdigest()[:8]


def _flattened(given: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
    """`{"supporter": {"name": "ASC"}}` -> `("supporter", "name"), "ASC"`."""
    ((name, inner),) = given.items()
    if isinstance(inner, str):
        return (name,), inner
    path, direction = _flattened(inner)
    return (name, *path), direction
