"""Makes the classes Strawberry wants from lists of fields.

Types refer to each other in circles, so a class is first declared empty and filled in later.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from types import GenericAlias
from typing import Any

import strawberry
from strawberry.types.field import StrawberryField


@dataclass(frozen=True)
class Field:
    """One field of a class to be: its GraphQL name, its type, and what Strawberry knows of it."""

    name: str
    type: Any
    field: StrawberryField


def declare(name: str, *bases: type) -> type:
    """A class that has a name and nothing else yet."""
    return type(name, bases, {"__module__": __name__, "__annotations__": {}})


def fill(cls: type, fields: Iterable[Field]) -> type:
    """Gives a declared class its fields."""
    for field in fields:
        # Python's own words (in, not, and) can't name an attribute: only GraphQL sees the name.
        attribute = f"{field.name}_"
        if field.field.base_resolver is None:
            cls.__annotations__[attribute] = field.type
        setattr(cls, attribute, field.field)
    return cls


def list_of(type_: Any) -> Any:
    """A list of values of a type that is only known while the program runs."""
    return GenericAlias(list, (type_,))


def output(name: str, type_: Any, description: str, *, nullable: bool = False) -> Field:
    """A field of an object."""
    field = strawberry.field(name=name, description=description)
    return Field(name, type_ | None if nullable else type_, field)


def optional_input(name: str, type_: Any, description: str) -> Field:
    """A field of an input object that may be left out."""
    field = strawberry.field(name=name, description=description, default=strawberry.UNSET)
    return Field(name, type_ | None, field)
