"""Writes values into a document: as literals, or partly or completely as variables."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNamedType,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
)

from tests.oracle.generator.dice import Dice
from tests.oracle.generator.inputs import Inputs, is_required


class Absent:
    """The value of a variable that is omitted."""


ABSENT = Absent()


@dataclass(frozen=True)
class Variable:
    """A variable with its definition and its values in the two runs."""

    name: str
    type_: str
    default: str | None
    values: tuple[Any, Any]

    @property
    def definition(self) -> str:
        """The declaration in an operation."""
        default = f" = {self.default}" if self.default is not None else ""
        return f"${self.name}: {self.type_}{default}"


@dataclass
class Usage:
    """The variables and fragments that a part of the document uses."""

    variables: set[str] = field(default_factory=set)
    fragments: set[str] = field(default_factory=set)

    def add(self, other: "Usage") -> None:
        """Adds the usage of another part."""
        self.variables |= other.variables
        self.fragments |= other.fragments


class Writer:
    """Writes values, and collects the variables."""

    def __init__(self, dice: Dice, inputs: Inputs) -> None:
        self._dice = dice
        self._inputs = inputs
        self._percent = dice.pick((0, 10, 30))
        self.variables: dict[str, Variable] = {}
        self.usage = Usage()

    def write(self, value: Any, type_: GraphQLInputType, *, steady: bool = False) -> str:
        """Returns the value as a literal, which may contain variables, or as one variable.

        `steady`: both runs have the same value, because a cursor depends on it.
        """
        return self._written(value, type_, steady=steady)

    def nothing(self, type_: GraphQLInputType) -> str:
        """Returns one of the ways to omit a nullable argument."""
        name = str(type_)
        match self._dice.below(5):
            case 0:
                return "null"
            case 1:
                return self._declare(name, None, ABSENT, None)
            case 2:
                return self._declare(name, None, None, ABSENT)
            case 3:
                return self._declare(name, "null", ABSENT, None)
        default = "7" if name == "Int" else "[]" if name.startswith("[") else "null"
        return self._declare(name, default, None, None)

    def two(self, type_: str, first: Any, second: Any, default: str | None = None) -> str:
        """Declares a variable with a value for each run. ABSENT omits it."""
        return self._declare(type_, default, first, second)

    def flag(self) -> str:
        """Returns the argument of @skip or @include."""
        value = self._dice.chance(50)
        if not self._dice.chance(60):
            return json.dumps(value)
        known = [each.name for each in self.variables.values() if each.type_ == "Boolean!"]
        if known and self._dice.chance(50):
            return self._used(self._dice.pick(known))
        default = self._dice.pick((None, "true", "false"))
        if default and self._dice.chance(50):
            return self._declare("Boolean", default, value, ABSENT)
        return self._declare("Boolean!", default, value, not value)

    def _written(
        self, value: Any, type_: GraphQLInputType, *, steady: bool, one_of: bool = False
    ) -> str:
        if self._dice.chance(self._percent):
            return self._as_variable(value, type_, steady=steady, one_of=one_of)
        nullable = get_nullable_type(type_)
        if isinstance(nullable, GraphQLList):
            items = [self._written(item, nullable.of_type, steady=steady) for item in value]
            # A list of one literal may be written without brackets; with a variable it may not.
            if len(items) == 1 and items[0][0] != "$" and self._dice.chance(30):
                return items[0]
            return f"[{', '.join(items)}]"
        if isinstance(nullable, GraphQLInputObjectType):
            # Another start could be after the end.
            steady = steady or nullable.name == "DateRange"
            return f"{{{', '.join(self._members(value, nullable, steady=steady))}}}"
        return self._scalar(value, get_named_type(nullable))

    def _members(
        self, value: dict[str, Any], type_: GraphQLInputObjectType, *, steady: bool
    ) -> Iterator[str]:
        for name, inner in value.items():
            field_type = type_.fields[name].type
            text = self._written(inner, field_type, steady=steady, one_of=type_.is_one_of)
            yield f"{name}: {text}"
        if not type_.is_one_of and self._dice.chance(self._percent // 3):
            # A member whose variable is omitted counts as omitted.
            optional = [name for name, field in type_.fields.items() if not is_required(field.type)]
            for name in self._dice.some_of([name for name in optional if name not in value], 1):
                text = self._declare(str(type_.fields[name].type), None, ABSENT, ABSENT)
                yield f"{name}: {text}"

    def _scalar(self, value: Any, type_: GraphQLNamedType) -> str:
        if isinstance(type_, GraphQLEnumType):
            return cast(str, value)
        if str(type_) == "ID" and re.fullmatch("[1-9][0-9]*", value) and self._dice.chance(50):
            return cast(str, value)
        return json.dumps(value, ensure_ascii=self._dice.chance(50))

    def _as_variable(
        self, value: Any, type_: GraphQLInputType, *, steady: bool, one_of: bool
    ) -> str:
        required, base = is_required(type_), str(get_nullable_type(type_))
        later = value if steady or one_of else self._other(value, type_)
        value, later = self._loosened(value, type_), self._loosened(later, type_)
        if self._dice.chance(30):
            default = self._constant(self._loosened(value, type_), type_)
            name = f"{base}!" if one_of or self._dice.chance(30) else base
            return self._declare(name, default, ABSENT, later)
        if is_leaf_type(get_nullable_type(type_)) and self._dice.chance(20):
            default = self._constant(self._inputs.leaf(type_), type_)
            return self._declare(f"{base}!", default, value, later)
        if required or one_of or self._dice.chance(50):
            return self._declare(f"{base}!", None, value, later)
        is_left_out = not steady and not isinstance(value, int) and self._dice.chance(50)
        return self._declare(base, None, value, ABSENT if is_left_out else later)

    def _other(self, value: Any, type_: GraphQLInputType) -> Any:
        """Returns another value for the second run."""
        nullable = get_nullable_type(type_)
        if isinstance(nullable, GraphQLList):
            return value[1:]
        if isinstance(nullable, GraphQLInputObjectType):
            return {} if nullable.name.endswith("Filter") else value
        if isinstance(value, bool):
            return not value
        # The number could be the size of a page, for which 1 is valid.
        return 1 if isinstance(value, int) else self._inputs.leaf(type_)

    def _loosened(self, value: Any, type_: GraphQLInputType) -> Any:
        """Returns the value, or the only item of a list, which stands for the list."""
        is_list = isinstance(get_nullable_type(type_), GraphQLList)
        if is_list and isinstance(value, list) and len(value) == 1 and self._dice.chance(30):
            return value[0]
        return value

    def _constant(self, value: Any, type_: GraphQLInputType) -> str:
        """Returns a literal without variables."""
        nullable = get_nullable_type(type_)
        if isinstance(value, list):
            item = cast("GraphQLList[GraphQLInputType]", nullable).of_type
            return f"[{', '.join(self._constant(each, item) for each in value)}]"
        if isinstance(value, dict):
            fields = cast(GraphQLInputObjectType, get_named_type(type_)).fields
            inner = (f"{n}: {self._constant(each, fields[n].type)}" for n, each in value.items())
            return f"{{{', '.join(inner)}}}"
        return self._scalar(value, get_named_type(type_))

    def _declare(self, type_: str, default: str | None, first: Any, second: Any) -> str:
        name = f"v{len(self.variables)}"
        self.variables[name] = Variable(name, type_, default, (first, second))
        return self._used(name)

    def _used(self, name: str) -> str:
        self.usage.variables.add(name)
        return f"${name}"

    def values(self, time: int) -> dict[str, Any]:
        """Returns the variables that a client sends in the first or second run."""
        given = {name: variable.values[time] for name, variable in self.variables.items()}
        return {name: value for name, value in given.items() if value is not ABSENT}
