"""The problems of a record: their codes and paths."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """The machine-readable codes of problems. Each has a description for clients."""

    description: str

    MISSING = "MISSING", "A required field is missing or null."
    WRONG_TYPE = "WRONG_TYPE", "The value has the wrong type."
    EMPTY_TEXT = "EMPTY_TEXT", "The text is empty, or none of its characters is visible."
    TOO_LONG = "TOO_LONG", "The text or list is longer than the maximum."
    BAD_CHARACTER = "BAD_CHARACTER", "The text contains a control character."
    BAD_SLUG = "BAD_SLUG", "The value is not a slug: lower-case letters, digits, single hyphens."
    BAD_URL = "BAD_URL", "The value is not an http or https URL, or has a user name."
    BAD_LANGUAGE = "BAD_LANGUAGE", "The value is not a BCP 47 language tag."
    BAD_CODE = "BAD_CODE", "The value does not have the form of the scheme's codes."
    BAD_DATE = "BAD_DATE", "The value is not an EDTF date such as 2024, 2024-10-28, 198X or 2019~."
    BAD_DECIMAL = "BAD_DECIMAL", "The value is not a decimal number in its canonical form."
    UNKNOWN_TERM = "UNKNOWN_TERM", "The value is not a term of the field's vocabulary."
    UNKNOWN_CURRENCY = (
        "UNKNOWN_CURRENCY",
        "The value is not an ISO 4217 currency code, in use or withdrawn.",
    )
    UNKNOWN_GRADE = "UNKNOWN_GRADE", "The value is not a grade of the Admiralty code."
    ENDS_BEFORE_START = "ENDS_BEFORE_START", "The end date is before the start date."
    SUPPORTS_ITSELF = "SUPPORTS_ITSELF", "The supporter and the recipient are the same actor."
    AGAINST_ITSELF = (
        "AGAINST_ITSELF",
        "The support is directed against its own supporter or recipient.",
    )
    AMOUNT_WITHOUT_UNIT = "AMOUNT_WITHOUT_UNIT", "There is a worth, but no unit."
    CURRENCY_WITHOUT_AMOUNT = "CURRENCY_WITHOUT_AMOUNT", "There is a currency but no amount."
    CURRENCY_WITHOUT_UNIT = (
        "CURRENCY_WITHOUT_UNIT",
        "There is a currency, but the unit is not CURRENCY.",
    )
    UNIT_WITHOUT_CURRENCY = (
        "UNIT_WITHOUT_CURRENCY",
        "The unit is CURRENCY, but there is no currency.",
    )
    LOW_ABOVE_HIGH = "LOW_ABOVE_HIGH", "The lower bound is greater than the upper bound."
    OUTSIDE_RANGE = "OUTSIDE_RANGE", "The amount is outside its bounds."
    BELONGS_TO_ITSELF = "BELONGS_TO_ITSELF", "The member and the organisation are the same actor."
    CORRECTS_ITSELF = "CORRECTS_ITSELF", "The statement corrects itself."
    SUCCEEDS_ITSELF = "SUCCEEDS_ITSELF", "The predecessor and the successor are the same actor."
    COUNTERPART_OF_ITSELF = (
        "COUNTERPART_OF_ITSELF",
        "The actor that is looked at and the one at the other end are the same.",
    )
    PART_OF_ITSELF = "PART_OF_ITSELF", "The data set is a part of itself."
    ATTRIBUTION = (
        "ATTRIBUTION",
        "The attribution does not agree with the supporter and the candidates.",
    )
    REPAYS_ITSELF = "REPAYS_ITSELF", "The support is given in return for itself."
    # Problems that depend on other records.
    DUPLICATE = (
        "DUPLICATE",
        "The value must be unique, but another record or list item has it; or the record exists.",
    )
    UNKNOWN_REFERENCE = "UNKNOWN_REFERENCE", "The record that the reference names does not exist."
    CONTRADICTS = (
        "CONTRADICTS",
        "The record that `new` describes exists, and has another value in the field; or two records"
        " that a merge would make one differ in it.",
    )
    AMBIGUOUS_REFERENCE = "AMBIGUOUS_REFERENCE", "Several records match the fields of `new`."
    UNKNOWN_FIELD = "UNKNOWN_FIELD", "The field does not exist or can't be written here."
    TOO_DEEP = "TOO_DEEP", "New records are nested too deeply."
    NOT_FOUND = "NOT_FOUND", "The record to change does not exist."
    DIFFERENT_KINDS = (
        "DIFFERENT_KINDS",
        "The actors to merge are of different kinds, and `allowDifferentKinds` is not true.",
    )
    IN_USE = "IN_USE", "Other records refer to the record."
    WITHOUT_EVIDENCE = "WITHOUT_EVIDENCE", "The support would have neither evidence nor a data set."
    ADMIN_ONLY = "ADMIN_ONLY", "Only an admin can set the field."
    # Problems that depend on other writes.
    CONFLICT = "CONFLICT", "The record has changed since the given revision."
    ROLLED_BACK = (
        "ROLLED_BACK",
        "The write was valid, but another one in the operation was refused.",
    )

    def __new__(cls, value: str, description: str) -> Self:
        """Creates a string with a description."""
        code = str.__new__(cls, value)
        code._value_ = value
        code.description = description
        return code


@dataclass(frozen=True)
class Fault:
    """A problem of a single value."""

    code: Code
    message: str


@dataclass(frozen=True)
class Problem:
    """A problem of a record, and the path of the field: `("quantity", "unit")`."""

    path: tuple[str, ...]
    code: Code
    message: str
