"""Values: a plan refers to the values of a request instead of containing them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# The values of one request's variables, by name.
Variables = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Slot:
    """The path of a value within the variables of a request."""

    path: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that is bound when the plan runs: its source, and a function that reads it."""

    source: Any
    read: Callable[[Any], Any]
