"""Creates the classes that Strawberry takes, from lists of fields.

Types refer to each other in cycles, so a class is declared empty and its fields are added later.
"""

import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import GenericAlias
from typing import Any

import strawberry
from strawberry.types.field import StrawberryField

# The functional API of Enum with computed members: mypy supports literal ones only.
_Enum: Callable[..., Any] = enum.Enum


@dataclass(frozen=True)
class Field:
    """One field of a class to create: its GraphQL name, its type and its Strawberry field."""

    name: str
    type: Any
    field: StrawberryField


def declare(name: str, *bases: type) -> type:
    """An empty class with this name."""
    return type(name, bases, {"__module__": __name__, "__annotations__": {}})


def fill(cls: type, fields: Iterable[Field]) -> type:
    """Adds fields to a declared class."""
    for field in fields:
        # An attribute can't have the name of a keyword (in, not, and); GraphQL reads `field.name`.
        attribute = f"{field.name}_"
        if field.field.base_resolver is None:
            cls.__annotations__[attribute] = field.type
        setattr(cls, attribute, field.field)
    return cls


def enum_type(name: str, values: Mapping[str, str], description: str) -> Any:
    """An enum. `values`: by their names, what they mean."""
    members = {
        value: strawberry.enum_value(value, description=meaning)
        for value, meaning in values.items()
    }
    return strawberry.enum(_Enum(name, members), description=description)


def list_of(type_: Any) -> Any:
    """The type of a list whose item type is known at run time only."""
    return GenericAlias(list, (type_,))


def output(name: str, type_: Any, description: str, *, nullable: bool = False) -> Field:
    """A field of an object type."""
    field = strawberry.field(name=name, description=description)
    return Field(name, type_ | None if nullable else type_, field)


def optional_input(name: str, type_: Any, description: str) -> Field:
    """An optional field of an input type."""
    field = strawberry.field(name=name, description=description, default=strawberry.UNSET)
    return Field(name, type_ | None, field)
