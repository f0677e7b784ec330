"""Plain values in the OpenAPI document: in responses, in filters and in request bodies.

A pattern states a rule of `schema/rules/` as far as a regular expression can. The server also
checks that a day exists in its month, and that ISO 4217 lists a currency.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from schema.records.columns import Meaning, Scalar
from schema.values.characters import CONTROLS, UNSEEN
from schema.values.decimals import DIGITS, PLACES
from schema.vocabulary import CREDIBILITIES

Json = dict[str, Any]


def reference_to(name: str) -> Json:
    """A reference to a shared schema."""
    return {"$ref": f"#/components/schemas/{name}"}


_DAY = "(0[1-9]|[12][0-9]|3[01])"
_MONTH = "(0[1-9]|1[0-2])"
_YEAR = "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
# A year with unspecified digits: 198X, 19XX.
_DECADE = "([1-9][0-9]{2}X|0[1-9][0-9]X|00[1-9]X|[1-9][0-9]XX|0[1-9]XX)"
_DATE = rf"^({_DECADE}|{_YEAR}(-(XX(-XX)?|{_MONTH}(-(XX|{_DAY}))?))?)[?~%]?$"
_AMOUNT = rf"[0-9]{{1,{DIGITS}}}(\.[0-9]{{1,{PLACES}}})?"
# A time with its offset from UTC (RFC 3339).
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"
_TIME = rf"{_YEAR}-{_MONTH}-{_DAY}T{_CLOCK}(:[0-5][0-9](\.[0-9]{{1,6}})?)?(Z|[+-]{_CLOCK})"

_MOST_OF_32_BITS = 2**31 - 1
# `service.planning.query_string` reads numbers of up to nine digits.
MOST_IN_ADDRESS = 10**9 - 1
# Its limits for `fields` and `orderBy`: 200 names, each with up to eight steps.
NAMES_MOST = 200
_NAME = "[A-Za-z][A-Za-z0-9]*"
FIELD_PATTERN = rf"^{_NAME}(\.{_NAME}){{0,7}}$"

# No control characters, and at least one visible character.
LINES_PATTERN = f"^[^{CONTROLS}]*[^{CONTROLS}{UNSEEN}][^{CONTROLS}]*$"
# The id or the slug of a record, whose maximum length is 100.
NAME_SCHEMA: Json = {"type": "string", "pattern": LINES_PATTERN, "maxLength": 100}
# The number of a revision, or a time.
MOMENT_PATTERN = rf"^([0-9]{{1,15}}|{_TIME})$"
# Cursors are hexadecimal.
CURSOR_PATTERN = "^([0-9a-f]{2})+$"
NO_NUL_PATTERN = r"^[^\u0000]*$"
# The id or the slug of an actor; any other text is valid, but finds no actor.
ACTOR_NAME_SCHEMA: Json = {
    "type": "string",
    "pattern": NO_NUL_PATTERN,
    "minLength": 1,
    "maxLength": 200,
}


def integer(least: int, most: int) -> Json:
    """The schema of an integer between two others."""
    return {"type": "integer", "format": "int32", "minimum": least, "maximum": most}


# Numbers of records and of revisions have 32 bits, like GraphQL's `Int`.
COUNT: Json = integer(0, _MOST_OF_32_BITS)

# Values with their own name, as in GraphQL.
_PLAIN_VALUES: Json = {
    "EDTFDate": {
        "type": "string",
        "pattern": _DATE,
        "description": "A year, month or day (EDTF level 1), such as 2024, 2024-10 or 2024-10-28; "
        "with unspecified digits, such as 198X; uncertain (1984?), approximate (2019~) or both.",
        "examples": ["2024", "2024-10", "2024-10-28", "198X", "2019~"],
    },
    "Decimal": {
        "type": "string",
        "pattern": rf"^-?{_AMOUNT}$",
        "description": "An exact decimal number, as text.",
        "examples": ["40000000000", "12.5"],
    },
    "DateTime": {
        "type": "string",
        "format": "date-time",
        "description": "A time in UTC (RFC 3339).",
    },
}

_TYPES: Mapping[Scalar, Json] = {
    Scalar.INTEGER: integer(-_MOST_OF_32_BITS - 1, _MOST_OF_32_BITS),
    Scalar.BOOLEAN: {"type": "boolean"},
    Scalar.DATE: reference_to("EDTFDate"),
    Scalar.DECIMAL: reference_to("Decimal"),
    Scalar.TIME: reference_to("DateTime"),
}

# Filters accept any text that the database can store, and integers of up to nine digits.
_COMPARED: Mapping[Scalar, Json] = {
    Scalar.TEXT: {"pattern": NO_NUL_PATTERN},
    Scalar.INTEGER: {"minimum": -MOST_IN_ADDRESS, "maximum": MOST_IN_ADDRESS},
}

_WRITTEN: Mapping[Scalar, Json] = {
    Scalar.TEXT: {"pattern": LINES_PATTERN},
}

# The forms of `schema/rules/forms.py`, by the name of the field.
_GRADES = [int(code) for code in CREDIBILITIES.codes]
_FORMS: Mapping[str, Json] = {
    "slug": {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
    "url": {"pattern": rf"^https?://[^\s/?#@{CONTROLS}]+([/?#][^\s{CONTROLS}]*)?$"},
    "language": {"pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"},
    "currency": {"pattern": "^[A-Z]{3}$"},
    "credibility": {"minimum": min(_GRADES), "maximum": max(_GRADES)},
}


def named_values(meanings: Iterable[Meaning]) -> Json:
    """The schemas of all values that other schemas refer to: terms, dates, decimals, times."""
    vocabularies = {m.vocabulary.name: m.vocabulary for m in meanings if m.vocabulary}
    return _PLAIN_VALUES | {
        name: choice(
            vocabularies[name].description,
            {term.code: term.description for term in vocabularies[name].terms},
        )
        for name in sorted(vocabularies)
    }


def choice(description: str, codes: Mapping[str, str]) -> Json:
    """The schema of a closed list of texts, each with its description."""
    listed = (f"- `{code}`: {text}" for code, text in codes.items())
    return {
        "type": "string",
        "enum": list(codes),
        "description": "\n".join([description, "", *listed]),
    }


def value_schema(meaning: Meaning) -> Json:
    """The schema of a value in a response."""
    if meaning.vocabulary:
        return reference_to(meaning.vocabulary.name)
    return dict(_TYPES.get(meaning.scalar, {"type": "string"}))


def compared_schema(meaning: Meaning) -> Json:
    """The schema of a value in a filter."""
    return value_schema(meaning) | _COMPARED.get(meaning.scalar, {})


def written_schema(name: str, meaning: Meaning) -> Json:
    """The schema of a value of this field in a request body."""
    limit = {} if meaning.limit is None else {"maxLength": meaning.limit}
    return value_schema(meaning) | _WRITTEN.get(meaning.scalar, {}) | _FORMS.get(name, {}) | limit
