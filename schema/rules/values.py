"""Rules for a single value, by the scalar of its column."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from schema.records.columns import Meaning, Scalar
from schema.rules.problem import Code, Fault
from schema.values.characters import CONTROLS, UNSEEN
from schema.values.dates import partial_date
from schema.values.decimals import canonical_decimal
from schema.values.shown import shown

# Surrogates too, because no database stores them.
_FORBIDDEN = re.compile(rf"[{CONTROLS}\ud800-\udfff]")
_SEEN = re.compile(f"[^{UNSEEN}]")


def _text(value: str, meaning: Meaning) -> Fault | None:
    if not _SEEN.search(value):
        return Fault(Code.EMPTY_TEXT, "The text is empty; leave the field out if it is unknown.")
    if meaning.limit is not None and len(value) > meaning.limit:
        return Fault(
            Code.TOO_LONG, f"{len(value)} characters are more than the {meaning.limit} it may have."
        )
    forbidden = _FORBIDDEN.search(value)
    if forbidden:
        number = ord(forbidden[0])
        return Fault(Code.BAD_CHARACTER, f"The text has the character U+{number:04X} in it.")
    return None


def _term(value: str, meaning: Meaning) -> Fault | None:
    if meaning.vocabulary is None or value in meaning.vocabulary.codes:
        return None
    known = ", ".join(meaning.vocabulary.codes)
    return Fault(
        Code.UNKNOWN_TERM, f"{shown(value)} is not a {meaning.vocabulary.name}; use one of {known}."
    )


def _date(value: str, _: Meaning) -> Fault | None:
    try:
        partial_date(value)
    except ValueError as error:
        return Fault(Code.BAD_DATE, str(error))
    return None


def _decimal(value: str, _: Meaning) -> Fault | None:
    try:
        canonical = canonical_decimal(value)
    except ValueError as error:
        return Fault(Code.BAD_DECIMAL, str(error))
    if canonical != value:
        return Fault(Code.BAD_DECIMAL, f"{shown(value)} must be written {shown(canonical)}.")
    return None


def _integer(value: int, _: Meaning) -> Fault | None:
    if -(2**31) <= value < 2**31:
        return None
    return Fault(Code.WRONG_TYPE, f"{shown(value)} is not a whole number of 32 bits.")


_CHECKS: Mapping[Scalar, Callable[[Any, Meaning], Fault | None]] = MappingProxyType(
    {
        Scalar.TEXT: _text,
        Scalar.TERM: _term,
        Scalar.DATE: _date,
        Scalar.DECIMAL: _decimal,
        Scalar.INTEGER: _integer,
    }
)

# References may have any type: a data set names records by keys before they have ids.
_TYPES: Mapping[Scalar, tuple[type, str]] = MappingProxyType(
    {
        **dict.fromkeys(_CHECKS, (str, "text")),
        Scalar.TIME: (str, "text"),
        Scalar.INTEGER: (int, "a whole number"),
        Scalar.BOOLEAN: (bool, "true or false"),
    }
)


_ANYTHING: tuple[type, str] = (object, "")


def fault(value: Any, meaning: Meaning) -> Fault | None:
    """Returns the first fault of a non-null value, or None."""
    expected, called = _TYPES.get(meaning.scalar, _ANYTHING)
    # In Python, True and False are integers; an integer field rejects them.
    if not isinstance(value, expected) or (expected is int and isinstance(value, bool)):
        return Fault(Code.WRONG_TYPE, f"{shown(value)} is not {called}.")
    check = _CHECKS.get(meaning.scalar)
    return check(value, meaning) if check else None
