"""GraphQL's scalars and enums, and which of them each kind of value is."""

import enum
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NewType

import strawberry

from schema.dates import partial_date
from schema.decimals import canonical_decimal
from schema.records.columns import Meaning, Scalar
from schema.vocabulary import Vocabulary


def _text_that(check: Callable[[str], str]) -> Callable[[object], str]:
    """A scalar's reader: text only, in the one spelling `check` gives it."""

    def read(value: object) -> str:
        if not isinstance(value, str):
            raise ValueError(f"{value!r} is not text; put it in quotes.")
        return check(value)

    return read


EDTFDate = NewType("EDTFDate", str)
Decimal = NewType("Decimal", str)
DateTime = NewType("DateTime", str)

# Written out as they are stored, read in with their checks.
SCALARS: Mapping[object, Any] = {
    EDTFDate: strawberry.scalar(
        name="EDTFDate",
        description="A date as precise as it is known: 2024, 2024-10 or 2024-10-28 (EDTF level 0).",
        specified_by_url="https://www.loc.gov/standards/datetime/",
        serialize=str,
        parse_value=_text_that(lambda text: partial_date(text).text),
    ),
    Decimal: strawberry.scalar(
        name="Decimal",
        description="An exact decimal, as text: 40000000000 or 12.5.",
        serialize=str,
        parse_value=_text_that(canonical_decimal),
    ),
    DateTime: strawberry.scalar(
        name="DateTime",
        description="A moment in UTC: 2026-11-01T00:00:00Z (RFC 3339).",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        serialize=str,
        parse_value=_text_that(str),
    ),
}

_PYTHON_TYPES: Mapping[Scalar, Any] = {
    Scalar.ID: strawberry.ID,
    Scalar.TEXT: str,
    Scalar.INTEGER: int,
    Scalar.BOOLEAN: bool,
    Scalar.DATE: EDTFDate,
    Scalar.DECIMAL: Decimal,
    Scalar.TIME: DateTime,
}


# An enum of our own making: the checker knows only enums that are written out.
_Enum: Callable[..., Any] = enum.Enum


@cache
def enum_of(vocabulary: Vocabulary) -> Any:
    """The GraphQL enum of a vocabulary."""
    members = {
        term.code: strawberry.enum_value(term.code, description=f"{term.label}: {term.description}")
        for term in vocabulary.terms
    }
    made: Any = _Enum(vocabulary.name, members)
    return strawberry.enum(made, description=vocabulary.description)


def python_type(scalar: Scalar, vocabulary: Vocabulary | None = None) -> Any:
    """The type Strawberry knows a value by."""
    return enum_of(vocabulary) if vocabulary else _PYTHON_TYPES[scalar]


def type_of(meaning: Meaning) -> Any:
    """The type Strawberry knows a column's value by."""
    return python_type(meaning.scalar, meaning.vocabulary)


def scalar_name(meaning: Meaning) -> str:
    """What a filter on the value is named after: String, EDTFDate, SupportKind..."""
    if meaning.vocabulary:
        return meaning.vocabulary.name
    names = {Scalar.TEXT: "String", Scalar.INTEGER: "Int", Scalar.TIME: "DateTime"}
    names |= {Scalar.BOOLEAN: "Boolean", Scalar.DATE: "EDTFDate", Scalar.DECIMAL: "Decimal"}
    return names.get(meaning.scalar, "ID")
