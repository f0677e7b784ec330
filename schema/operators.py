"""How a field may be compared: a table, one row an operator.

A comparison with an unknown value (null) never matches; ask for unknown values with `isNull`.
How each row is written in SQL stands in `service/sql/conditions.py`.
"""

from dataclasses import dataclass
from enum import StrEnum

from schema.records.columns import Scalar


class Takes(StrEnum):
    """What an operator is given: one value of the field's type, a list of them, or true/false."""

    ONE = "ONE"
    MANY = "MANY"
    FLAG = "FLAG"


@dataclass(frozen=True)
class Operator:
    """One way to compare a field."""

    name: str
    takes: Takes
    scalars: frozenset[Scalar]
    description: str
    trees_only: bool = False


_EVERY = frozenset(Scalar)
_LISTED = _EVERY - {Scalar.BOOLEAN}
_ORDERED = frozenset({Scalar.TEXT, Scalar.INTEGER, Scalar.DATE, Scalar.DECIMAL, Scalar.TIME})
_TEXT = frozenset({Scalar.TEXT})

OPERATORS = (
    Operator("eq", Takes.ONE, _EVERY, "Equal to."),
    Operator("ne", Takes.ONE, _EVERY, "Known, and not equal to."),
    Operator("in", Takes.MANY, _LISTED, "Equal to one of."),
    Operator("notIn", Takes.MANY, _LISTED, "Known, and equal to none of."),
    Operator("lt", Takes.ONE, _ORDERED, "Less than; of dates: certainly before."),
    Operator("lte", Takes.ONE, _ORDERED, "At most; of dates: not after its end."),
    Operator("gt", Takes.ONE, _ORDERED, "Greater than; of dates: certainly after."),
    Operator("gte", Takes.ONE, _ORDERED, "At least; of dates: not before its beginning."),
    Operator("contains", Takes.ONE, _TEXT, "Has this text in it; case counts only beyond A-Z."),
    Operator("startsWith", Takes.ONE, _TEXT, "Begins so; case counts only beyond A-Z."),
    Operator(
        "under",
        Takes.ONE,
        frozenset({Scalar.TERM}),
        "This term or a narrower one.",
        trees_only=True,
    ),
    Operator("isNull", Takes.FLAG, _EVERY, "True: unknown. False: known."),
)

OPERATORS_BY_NAME = {operator.name: operator for operator in OPERATORS}


def operators_for(scalar: Scalar, *, tree: bool = False) -> tuple[Operator, ...]:
    """The operators that a field of this type has; `tree` if its vocabulary is one."""
    return tuple(
        operator
        for operator in OPERATORS
        if scalar in operator.scalars and (tree or not operator.trees_only)
    )
