"""Reads single values and lists of values. All functions raise BadInput."""

import difflib
import enum
from collections.abc import Callable, Collection, Iterable

from service.errors import BadInput

STEPS_MOST = 8


def read_text(_: str, text: str) -> str:
    """Returns the text unchanged; its later use checks it."""
    return text


def read_boolean(name: str, text: str) -> bool:
    """Reads `true` or `false`."""
    if text not in ("true", "false"):
        raise BadInput(f"`{name}` must be true or false, but is {text!r}.")
    return text == "true"


def read_number(name: str, text: str) -> int:
    """Reads an integer of at most nine digits."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise BadInput(f"`{name}` must be an integer of at most nine digits, but is {text!r}.")
    return int(text)


def read_names(name: str, text: str) -> list[str]:
    """Reads names separated by commas, each of a few steps: `kind,supporter.name`."""
    names = [each for each in text.split(",") if each]
    if len(names) != text.count(",") + 1:
        raise BadInput(f"`{name}` has an empty name; separate names by single commas.")
    for each in names:
        steps_of(each)
    return names


def read_code(name: str, text: str, known: Collection[str]) -> str:
    """Reads one of the known codes."""
    if text not in known:
        raise BadInput(unknown(name, text, known))
    return text


def code_of(known: Collection[str]) -> Callable[[str, str], str]:
    """Returns a function that reads one of the known codes."""
    return lambda name, text: read_code(name, text, known)


def codes_of(known: Collection[str]) -> Callable[[str, str], list[str]]:
    """Returns a function that reads known codes separated by commas."""
    return lambda name, text: [read_code(name, each, known) for each in text.split(",")]


def member_of(codes: type[enum.Enum]) -> Callable[[str, str], enum.Enum]:
    """Returns a function that reads a code as a member of an enum, as GraphQL does."""
    known = [each.value for each in codes]
    return lambda name, text: codes(read_code(name, text, known))


def steps_of(name: str) -> list[str]:
    """Splits a path into its steps: `supporter.name` has two."""
    steps = name.split(".")
    if len(steps) > STEPS_MOST:
        raise BadInput(f"`{name[:100]}` has {len(steps)} steps; the limit is {STEPS_MOST}.")
    return steps


def unknown(name: str, step: str, known: Iterable[str]) -> str:
    """Returns the message for an unknown step of a parameter, or for an unknown value."""
    return f"`{name}`: unknown {step!r}; {_hint(step, known)}"


def unknown_parameter(name: str, known: Iterable[str]) -> str:
    """Returns the message for an unknown parameter."""
    return f"Unknown parameter `{name}`; {_hint(name, known)}"


def _hint(word: str, known: Iterable[str]) -> str:
    matches = difflib.get_close_matches(word, list(known), n=3)
    return f"did you mean {' or '.join(matches)}?" if matches else f"known: {', '.join(known)}."
