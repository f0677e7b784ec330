"""What can be wrong with a record."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """The closed list of what a program may tell problems apart by."""

    MISSING = "MISSING"
    WRONG_TYPE = "WRONG_TYPE"
    EMPTY_TEXT = "EMPTY_TEXT"
    TOO_LONG = "TOO_LONG"
    BAD_CHARACTER = "BAD_CHARACTER"
    BAD_SLUG = "BAD_SLUG"
    BAD_URL = "BAD_URL"
    BAD_LANGUAGE = "BAD_LANGUAGE"
    BAD_DATE = "BAD_DATE"
    BAD_DECIMAL = "BAD_DECIMAL"
    NEGATIVE = "NEGATIVE"
    UNKNOWN_TERM = "UNKNOWN_TERM"
    UNKNOWN_CURRENCY = "UNKNOWN_CURRENCY"
    UNKNOWN_GRADE = "UNKNOWN_GRADE"
    ENDS_BEFORE_START = "ENDS_BEFORE_START"
    SUPPORTS_ITSELF = "SUPPORTS_ITSELF"
    CURRENCY_WITHOUT_AMOUNT = "CURRENCY_WITHOUT_AMOUNT"
    CURRENCY_WITHOUT_UNIT = "CURRENCY_WITHOUT_UNIT"
    UNIT_WITHOUT_CURRENCY = "UNIT_WITHOUT_CURRENCY"
    LOW_ABOVE_HIGH = "LOW_ABOVE_HIGH"
    OUTSIDE_RANGE = "OUTSIDE_RANGE"
    BELONGS_TO_ITSELF = "BELONGS_TO_ITSELF"
    REPAYS_ITSELF = "REPAYS_ITSELF"
    # What only the other records tell.
    DUPLICATE = "DUPLICATE"
    UNKNOWN_REFERENCE = "UNKNOWN_REFERENCE"
    AMBIGUOUS_REFERENCE = "AMBIGUOUS_REFERENCE"
    UNKNOWN_FIELD = "UNKNOWN_FIELD"
    TOO_DEEP = "TOO_DEEP"
    NOT_FOUND = "NOT_FOUND"
    IN_USE = "IN_USE"
    WITHOUT_EVIDENCE = "WITHOUT_EVIDENCE"
    # What only the other writes tell.
    CONFLICT = "CONFLICT"
    ROLLED_BACK = "ROLLED_BACK"


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one value, wherever it stands."""

    code: Code
    message: str


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a record, and at which field: `("quantity", "unit")`."""

    path: tuple[str, ...]
    code: Code
    message: str
