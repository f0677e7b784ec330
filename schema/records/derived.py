"""Columns that the database computes from others, for filters and orders to compare.

No writer can omit them, because the database computes them. The expressions use only SQL that
SQLite and PostgreSQL share. Names and formulas are constants: none comes from a request.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Computed

from schema.records.sql_types import TEXT

# Sort keys are never null, so that a cursor is a plain comparison. An unknown value is the empty
# text, which sorts below every other.

# The positions and lengths of year, month and day in a date.
_PARTS = ((1, 4), (6, 2), (9, 2))
_FIRST = ("'01'", "'01'")

# A part of a date that is left out or unspecified (XX) may have any value.
_YEAR, _MONTH, _DAY = (f"substr({{c}}, {start}, {length})" for start, length in _PARTS)
_IS_LEAP = (
    f"(CAST({_YEAR} AS INTEGER) % 4 = 0 AND (CAST({_YEAR} AS INTEGER) % 100 <> 0 "
    f"OR CAST({_YEAR} AS INTEGER) % 400 = 0))"
)
_LAST_DAY = (
    f"CASE {_MONTH} WHEN '04' THEN '30' WHEN '06' THEN '30' WHEN '09' THEN '30' "
    f"WHEN '11' THEN '30' WHEN '02' THEN CASE WHEN {_IS_LEAP} THEN '29' ELSE '28' END "
    "ELSE '31' END"
)


def _known(part: str, otherwise: str) -> str:
    return f"CASE WHEN {part} IN ('', 'XX') THEN {otherwise} ELSE {part} END"


def _day(digit: str, month: str, day: str) -> str:
    """Returns the expression of the first or last day a date can mean. Qualifiers are ignored."""
    year = f"replace({_YEAR}, 'X', '{digit}')"
    return f"{year} || '-' || {_known(_MONTH, month)} || '-' || {_known(_DAY, day)}"


@dataclass(frozen=True)
class DerivedColumn:
    """A column computed from another: the suffix of its name, its type and its formula."""

    suffix: str
    sql_type: Any
    formula: str
    nullable: bool

    def of(self, column: str) -> Column[Any]:
        """Returns the column derived from `column`."""
        computed = Computed(self.formula.format(c=column))
        return Column(column + self.suffix, self.sql_type, computed, nullable=self.nullable)


EARLIEST = DerivedColumn("_earliest", TEXT, f"coalesce({_day('0', *_FIRST)}, '')", nullable=False)
LATEST = DerivedColumn("_latest", TEXT, _day("9", "'12'", _LAST_DAY), nullable=True)
_AMOUNT = "replace({c}, '-', '')"
_BEFORE_POINT = (
    f"CASE rtrim({_AMOUNT}, '0123456789') WHEN '' THEN {_AMOUNT} "
    f"ELSE rtrim(rtrim({_AMOUNT}, '0123456789'), '.') END"
)
# The number of digits before the point, in two digits, and then the amount as it is written.
_SIZE = f"substr(CAST(100 + length({_BEFORE_POINT}) AS TEXT), 2) || {_AMOUNT}"


def _complement(text: str) -> str:
    """Replaces digits, so that of two negative amounts the greater magnitude sorts first."""
    for digit, letter in zip("0123456789", "jihgfedcba", strict=True):
        text = f"replace({text}, '{digit}', '{letter}')"
    return text


# A text that sorts in the exact order of the amounts; `schema/values/decimals.py` computes it too.
MAGNITUDE = DerivedColumn(
    "_magnitude",
    TEXT,
    f"CASE WHEN {{c}} IS NULL THEN '' WHEN substr({{c}}, 1, 1) = '-' "
    f"THEN '-' || {_complement(_SIZE)} || '~' ELSE {_SIZE} END",
    nullable=False,
)

# By the scalar of the column.
DERIVED_COLUMNS = {"DATE": (EARLIEST, LATEST), "DECIMAL": (MAGNITUDE,)}
