"""The assessment of a support: a summary of its evidence, computed at query time.

Conflicting claims are counted separately and never averaged. What a later statement corrects or
withdraws is counted, but not assessed. `service/sql/assessment.py` writes each field in SQL.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from schema.records.columns import Scalar
from schema.vocabulary import UNITS, WORTH_UNITS, Vocabulary


@dataclass(frozen=True)
class ComputedField:
    """One field of a computed object."""

    name: str
    scalar: Scalar
    nullable: bool
    description: str
    vocabulary: Vocabulary | None = None


@dataclass(frozen=True)
class Computed:
    """An object that is computed from other records."""

    owner: str
    name: str
    type_name: str
    description: str
    fields: Mapping[str, ComputedField]


_FIELDS = (
    ComputedField(
        "asserting", Scalar.INTEGER, False, "Number of statements that assert the support."
    ),
    ComputedField("denying", Scalar.INTEGER, False, "Number of statements that deny the support."),
    ComputedField(
        "questioning", Scalar.INTEGER, False, "Number of statements that question the support."
    ),
    ComputedField(
        "withdrawn",
        Scalar.INTEGER,
        False,
        "Number of statements about the support that later ones correct or withdraw. No other field"
        " takes them into account.",
    ),
    ComputedField(
        "sources", Scalar.INTEGER, False, "Number of distinct sources of these statements."
    ),
    ComputedField(
        "contested",
        Scalar.BOOLEAN,
        False,
        "Whether some statements assert the support and others deny or question it.",
    ),
    ComputedField(
        "bestCredibility",
        Scalar.INTEGER,
        True,
        "Best credibility of the asserting statements, from 1 (confirmed); null if none is graded.",
    ),
    ComputedField(
        "low", Scalar.DECIMAL, True, "Lowest amount asserted in `unit`, as an exact decimal."
    ),
    ComputedField(
        "high", Scalar.DECIMAL, True, "Highest amount asserted in `unit`, as an exact decimal."
    ),
    ComputedField(
        "unit",
        Scalar.TERM,
        True,
        "Unit of the support's own quantity. If it has none, that of the asserted amounts, where"
        " all agree.",
        UNITS,
    ),
    ComputedField(
        "worthLow",
        Scalar.DECIMAL,
        True,
        "Lowest worth asserted in `worthUnit` and `worthCurrency`, as an exact decimal.",
    ),
    ComputedField(
        "worthHigh",
        Scalar.DECIMAL,
        True,
        "Highest worth asserted in `worthUnit` and `worthCurrency`, as an exact decimal.",
    ),
    ComputedField(
        "worthUnit",
        Scalar.TERM,
        True,
        "Unit of the support's own worth. If it has none, that of the asserted worths, where all"
        " agree on unit and currency.",
        WORTH_UNITS,
    ),
    ComputedField(
        "worthCurrency", Scalar.TEXT, True, "Currency that belongs to `worthUnit`, if it is money."
    ),
)

ASSESSMENT = Computed(
    "support",
    "assessment",
    "Assessment",
    "Summary of the evidence on a support, computed at query time.",
    {field.name: field for field in _FIELDS},
)
