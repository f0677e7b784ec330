"""The assessment of a support: a summary of its evidence, computed at query time.

Conflicting claims are counted separately and never averaged. `service/sql/assessment.py` writes
each field in SQL.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from schema.records.columns import Scalar


@dataclass(frozen=True)
class ComputedField:
    """One field of a computed object."""

    name: str
    scalar: Scalar
    nullable: bool
    description: str


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
        "low",
        Scalar.DECIMAL,
        True,
        "Lowest amount asserted in the support's own unit and currency, as an exact decimal.",
    ),
    ComputedField(
        "high",
        Scalar.DECIMAL,
        True,
        "Highest amount asserted in the support's own unit and currency, as an exact decimal.",
    ),
)

ASSESSMENT = Computed(
    "support",
    "assessment",
    "Assessment",
    "Summary of the evidence on a support, computed at query time.",
    {field.name: field for field in _FIELDS},
)
