"""The assessment of a support: a summary of its evidence, computed at query time.

Conflicting claims are counted separately and never averaged. A statement that a later one corrects
or withdraws is counted, but not assessed. `service/sql/assessment.py` writes each field in SQL.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from schema.records.columns import ColumnGroup, Meaning, Scalar
from schema.vocabulary import RELIABILITIES, UNITS, WORTH_UNITS, Vocabulary

_GROUP = ColumnGroup("assessment", "Summary of the evidence on a support, computed at query time.")


@dataclass(frozen=True)
class ComputedField:
    """One field of a computed object."""

    name: str
    scalar: Scalar
    nullable: bool
    description: str
    vocabulary: Vocabulary | None = None

    # The same kind of description that a column has.
    meaning: Meaning = field(init=False)

    def __post_init__(self) -> None:
        """Derives `meaning` from the other fields."""
        meaning = Meaning(self.scalar, self.description, _GROUP, vocabulary=self.vocabulary)
        object.__setattr__(self, "meaning", meaning)


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
        "independentSources",
        Scalar.INTEGER,
        False,
        "Number of these statements that are independent: one that shares its source, its publisher"
        " or its speaker, date and text (a wire report) with an earlier one is not counted.",
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
        "worstCredibility",
        Scalar.INTEGER,
        True,
        "Worst credibility of the asserting statements, up to 5 (improbable); null if none is"
        " judged.",
    ),
    ComputedField(
        "bestReliability",
        Scalar.TERM,
        True,
        "Best reliability of the sources of the asserting statements, from A; null if none is"
        " graded.",
        RELIABILITIES,
    ),
    ComputedField(
        "worstReliability",
        Scalar.TERM,
        True,
        "Worst reliability of the sources of the asserting statements, up to E; null if none is"
        " judged.",
        RELIABILITIES,
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
    _GROUP.name,
    "Assessment",
    _GROUP.description,
    {field.name: field for field in _FIELDS},
)
