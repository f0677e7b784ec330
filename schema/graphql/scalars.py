"""The GraphQL scalars and enums, and the one for each type of value."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NewType

import strawberry

from schema.graphql.classes import enum_type
from schema.records.columns import Meaning, Scalar
from schema.values.dates import partial_date
from schema.values.decimals import DIGITS, PLACES, canonical_decimal
from schema.values.shown import shown
from schema.vocabulary import Vocabulary


def _text_that(check: Callable[[str], str]) -> Callable[[object], str]:
    """A scalar's parser: accepts strings only and returns them in the form that `check` returns."""

    def read(value: object) -> str:
        if not isinstance(value, str):
            raise ValueError(f"{shown(value)} is not a string; put it in quotes.")
        return check(value)

    return read


EDTFDate = NewType("EDTFDate", str)
Decimal = NewType("Decimal", str)
DateTime = NewType("DateTime", str)

# Values are serialized as they are stored; input is validated.
SCALARS: Mapping[object, Any] = {
    EDTFDate: strawberry.scalar(
        name="EDTFDate",
        description="A year, month or day (EDTF level 1), such as 2024, 2024-10 or 2024-10-28; with"
        " unspecified digits, such as 198X or 2004-XX; uncertain (1984?), approximate (2019~) or"
        " both (1984%).",
        specified_by_url="https://www.loc.gov/standards/datetime/",
        serialize=str,
        parse_value=_text_that(lambda text: partial_date(text).text),
    ),
    Decimal: strawberry.scalar(
        name="Decimal",
        description="An exact decimal number as a string, such as 40000000000 or 12.5: up to "
        f"{DIGITS} digits before the point and {PLACES} after it.",
        serialize=str,
        parse_value=_text_that(canonical_decimal),
    ),
    DateTime: strawberry.scalar(
        name="DateTime",
        description="A time in UTC (RFC 3339): 2026-11-01T00:00:00Z.",
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


@cache
def enum_of(vocabulary: Vocabulary) -> Any:
    """The GraphQL enum of a vocabulary."""
    meanings = {term.code: f"{term.label}: {term.description}" for term in vocabulary.terms}
    return enum_type(vocabulary.name, meanings, vocabulary.description)


def python_type(scalar: Scalar, vocabulary: Vocabulary | None = None) -> Any:
    """The Python type that stands for a value in Strawberry."""
    return enum_of(vocabulary) if vocabulary else _PYTHON_TYPES[scalar]


def type_of(meaning: Meaning) -> Any:
    """The Python type that stands for a column's value in Strawberry."""
    return python_type(meaning.scalar, meaning.vocabulary)


def scalar_name(meaning: Meaning) -> str:
    """The name of the value's GraphQL type: String, EDTFDate, SupportKind..."""
    if meaning.vocabulary:
        return meaning.vocabulary.name
    names = {Scalar.TEXT: "String", Scalar.INTEGER: "Int", Scalar.TIME: "DateTime"}
    names |= {Scalar.BOOLEAN: "Boolean", Scalar.DATE: "EDTFDate", Scalar.DECIMAL: "Decimal"}
    return names.get(meaning.scalar, "ID")
