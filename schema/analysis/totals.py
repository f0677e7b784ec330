"""Totals of supports: the dimensions of groups, and the fields of a group.

GraphQL types, REST and OpenAPI are derived from this; `service/sql/totals/` writes it in SQL.
Groups are always split by data set and by phase, because values of two are never added together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from schema.vocabulary import SUPPORT_KINDS, UNITS, WORTH_UNITS, Vocabulary

CERTAIN, POSSIBLE = "certain", "possible"


@dataclass(frozen=True)
class Dimension:
    """A dimension by which supports are grouped.

    `members`: the members of a support that a group has too. `own`: members that only a group has.
    """

    code: str
    description: str
    members: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


_DIMENSIONS = (
    Dimension(
        "SUPPORTER",
        "The supporter. A support that some of several candidates give is possible for each of"
        " them.",
        ("supporter",),
    ),
    Dimension("RECIPIENT", "The recipient.", ("recipient",)),
    Dimension("AGAINST", "The actor that the support is directed against.", ("against",)),
    Dimension("KIND", "The kind of support, at `kindLevel` of the hierarchy.", ("kind",)),
    Dimension("PHASE", "The phase. Groups are always split by it.", ("phase",)),
    Dimension(
        "YEAR",
        "Each year in which the support is certainly valid. Amounts count only in the year of its"
        " date: `startedOn`, or else `endedOn`, or else `agreedOn`.",
        own=("year",),
    ),
    Dimension("CONFLICT", "The conflict within which the support is given.", ("conflict",)),
    Dimension("DATASET", "The data set. Groups are always split by it.", ("dataset",)),
    Dimension(
        "UNIT",
        "The unit of the quantity, and the unit and currency of the worth: a support with both"
        " is in a group of each. Needed for sums.",
        own=("quantityUnit", "worthUnit", "worthCurrency"),
    ),
)
DIMENSIONS: Mapping[str, Dimension] = {each.code: each for each in _DIMENSIONS}

# The code of the dimension of a group's member, by the name of the member.
DIMENSION_OF: Mapping[str, str] = {
    name: each.code for each in _DIMENSIONS for name in (*each.members, *each.own)
}
ALWAYS = ("DATASET", "PHASE")

# The description and the vocabulary of the members that only a group has.
OWN: Mapping[str, tuple[str, Vocabulary | None]] = {
    "year": ("Year, if grouped by YEAR; null where it is not known.", None),
    "quantityUnit": (
        "Unit of the quantities, if grouped by UNIT; null in a group of worths.",
        UNITS,
    ),
    "worthUnit": (
        "Unit of the worths, if grouped by UNIT; null in a group of quantities.",
        WORTH_UNITS,
    ),
    "worthCurrency": ("Currency of the worths, if their unit is CURRENCY.", None),
}

PARTS: Mapping[str, str] = {
    CERTAIN: "Supports whose supporter is certain or not known.",
    POSSIBLE: "Supports that some of several candidates give.",
}
SUPPORTS = "supports"
COUNTS: Mapping[str, str] = {
    SUPPORTS: "Number of supports.",
    "supporters": "Number of distinct supporters; of possible supports, of candidates.",
    "recipients": "Number of distinct recipients.",
}
# Groups of columns of a support that hold amounts.
AMOUNTS: Mapping[str, str] = {
    "quantity": "Sum of the quantities, if grouped by UNIT; null in a group of worths.",
    "worth": "Sum of the worths, if grouped by UNIT; null in a group of quantities.",
}
SUMS: Mapping[str, str] = {
    "value": "Sum of the values, as an exact decimal; null if none is known.",
    "low": "Sum of the lower bounds, where a support without one counts with its value.",
    "high": "Sum of the upper bounds, where a support without one counts with its value.",
}
# The number of supports in the sum of values, because a support may have only a range.
VALUED = "valued"
VALUED_DESCRIPTION = "Number of supports whose value is known; only these are in `value`."


_PARENTS = {term.code: term.parent for term in SUPPORT_KINDS.terms}


def _depth(code: str) -> int:
    parent = _PARENTS[code]
    return 0 if parent is None else 1 + _depth(parent)


KIND_DEPTHS: Mapping[str, int] = {code: _depth(code) for code in SUPPORT_KINDS.codes}
KIND_LEVEL_MOST = max(KIND_DEPTHS.values())


def kinds_at(level: int) -> Mapping[str, str]:
    """Returns, for each kind below a level of the hierarchy, the broader kind at that level."""
    return {code: _at(code, level) for code, depth in KIND_DEPTHS.items() if depth > level}


def _at(code: str, level: int) -> str:
    parent = _PARENTS[code]
    return code if KIND_DEPTHS[code] <= level or parent is None else _at(parent, level)
