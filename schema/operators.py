"""The comparison operators of filters: a table, one row an operator.

A comparison never matches null; `isNull` does. `service/sql/conditions.py` writes each operator in
SQL.
"""

from dataclasses import dataclass
from enum import StrEnum

from schema.records.columns import Scalar


class Takes(StrEnum):
    """The operand: one value of the field's type, a list of them, or a boolean."""

    ONE = "ONE"
    MANY = "MANY"
    FLAG = "FLAG"


@dataclass(frozen=True)
class Operator:
    """A comparison operator. `dates`: its description for dates of reduced precision."""

    name: str
    takes: Takes
    scalars: frozenset[Scalar]
    description: str
    trees_only: bool = False
    dates: str | None = None

    def description_for(self, scalar: Scalar) -> str:
        """How the operator compares values of this type."""
        return self.dates if self.dates and scalar is Scalar.DATE else self.description


_EVERY = frozenset(Scalar)
_LISTED = _EVERY - {Scalar.BOOLEAN}
_ORDERED = frozenset({Scalar.TEXT, Scalar.INTEGER, Scalar.DATE, Scalar.DECIMAL, Scalar.TIME})
_TEXT = frozenset({Scalar.TEXT})

OPERATORS = (
    Operator("eq", Takes.ONE, _EVERY, "Matches values equal to this one."),
    Operator("ne", Takes.ONE, _EVERY, "Matches values other than this one. Does not match null."),
    Operator("in", Takes.MANY, _LISTED, "Matches values equal to one of these."),
    Operator(
        "notIn", Takes.MANY, _LISTED, "Matches values equal to none of these. Does not match null."
    ),
    Operator(
        "lt",
        Takes.ONE,
        _ORDERED,
        "Matches values less than this one.",
        dates="Matches dates that end before this date begins.",
    ),
    Operator(
        "lte",
        Takes.ONE,
        _ORDERED,
        "Matches values less than or equal to this one.",
        dates="Matches dates that end no later than this date ends.",
    ),
    Operator(
        "gt",
        Takes.ONE,
        _ORDERED,
        "Matches values greater than this one.",
        dates="Matches dates that begin after this date ends.",
    ),
    Operator(
        "gte",
        Takes.ONE,
        _ORDERED,
        "Matches values greater than or equal to this one.",
        dates="Matches dates that begin no earlier than this date begins.",
    ),
    Operator(
        "contains",
        Takes.ONE,
        _TEXT,
        "Matches text that contains this text. The case of A-Z is ignored.",
    ),
    Operator(
        "startsWith",
        Takes.ONE,
        _TEXT,
        "Matches text that starts with this text. The case of A-Z is ignored.",
    ),
    Operator(
        "under",
        Takes.ONE,
        frozenset({Scalar.TERM}),
        "Matches this term and all narrower terms.",
        trees_only=True,
    ),
    Operator(
        "isNull", Takes.FLAG, _EVERY, "If true, matches null; if false, matches any value but null."
    ),
)

# Filters by validity, for record types that have a period.
_CERTAIN = (
    "Only what is certain matches, whatever the dates of the record mean exactly. `unknownCount` of"
    " the page counts the records of which that is not known; a page of changes has no such"
    " count."
)
VALID_AT = f"Matches records that are valid at some time within this date. {_CERTAIN}"
VALID_DURING = f"Matches records that are valid at some time within this period. {_CERTAIN}"
# The fields of a period.
RANGE_ENDS = ("from", "to")

OPERATORS_BY_NAME = {operator.name: operator for operator in OPERATORS}


def operators_for(scalar: Scalar, *, tree: bool = False) -> tuple[Operator, ...]:
    """The operators of a field of this type. `tree`: its vocabulary is a tree."""
    return tuple(
        operator
        for operator in OPERATORS
        if scalar in operator.scalars and (tree or not operator.trees_only)
    )
