"""What the evidence of a support comes to: counted when asked, stored nowhere.

Conflicting claims are counted side by side, never averaged. How each count is written in SQL stands
in `service/sql/assessment.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from schema.records.columns import Scalar


@dataclass(frozen=True)
class ComputedField:
    """One value of a computed object."""

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
    ComputedField("asserting", Scalar.INTEGER, False, "How many statements assert the support."),
    ComputedField("denying", Scalar.INTEGER, False, "How many deny it."),
    ComputedField("questioning", Scalar.INTEGER, False, "How many question it."),
    ComputedField("sources", Scalar.INTEGER, False, "In how many sources they can be read."),
    ComputedField(
        "contested",
        Scalar.BOOLEAN,
        False,
        "Whether some statement asserts it and another denies or questions it.",
    ),
    ComputedField(
        "bestCredibility",
        Scalar.INTEGER,
        True,
        "The best grade (1 is the best) of a statement that asserts it.",
    ),
    ComputedField(
        "low",
        Scalar.DECIMAL,
        True,
        "The least amount asserted, in the support's own unit and currency.",
    ),
    ComputedField(
        "high",
        Scalar.DECIMAL,
        True,
        "The greatest amount asserted, in the support's own unit and currency.",
    ),
)

ASSESSMENT = Computed(
    "support",
    "assessment",
    "Assessment",
    "What the evidence of a support comes to.",
    {field.name: field for field in _FIELDS},
)
