"""Values: none stands in a plan, only the place where a request has it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# The values of one request's variables, by name.
Variables = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a value within the variables of a request."""

    path: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that is bound when the plan runs: where it is found, and how it is read."""

    source: Any
    read: Callable[[Any], Any]
