"""Columns that the database computes from others, for filters and orders to compare.

Since the database computes them, no writer can leave them out. The expressions use only SQL that
SQLite and PostgreSQL share. Names and formulas are constants: nothing here comes from a request.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Computed, Double

from schema.records.sql_types import TEXT

# Sort keys are never null, so that a cursor is a plain comparison. Null sorts below every value.
BELOW_EVERY_NUMBER = -1e308

_YEAR = "CAST(substr({c}, 1, 4) AS INTEGER)"
_LEAP = f"({_YEAR} % 4 = 0 AND ({_YEAR} % 100 <> 0 OR {_YEAR} % 400 = 0))"
_LAST_DAY = (
    "CASE substr({c}, 6, 2) WHEN '04' THEN '30' WHEN '06' THEN '30' WHEN '09' THEN '30' "
    f"WHEN '11' THEN '30' WHEN '02' THEN CASE WHEN {_LEAP} THEN '29' ELSE '28' END ELSE '31' END"
)


@dataclass(frozen=True)
class DerivedColumn:
    """A column computed from another: the suffix of its name, its type and its formula."""

    suffix: str
    sql_type: Any
    formula: str
    nullable: bool

    def of(self, column: str) -> Column[Any]:
        """The column that is derived from `column`."""
        computed = Computed(self.formula.format(c=column))
        return Column(column + self.suffix, self.sql_type, computed, nullable=self.nullable)


EARLIEST = DerivedColumn(
    "_earliest",
    TEXT,
    "CASE length({c}) WHEN 4 THEN {c} || '-01-01' WHEN 7 THEN {c} || '-01' "
    "ELSE coalesce({c}, '') END",
    nullable=False,
)
LATEST = DerivedColumn(
    "_latest",
    TEXT,
    f"CASE length({{c}}) WHEN 4 THEN {{c}} || '-12-31' WHEN 7 THEN {{c}} || '-' || {_LAST_DAY} "
    "ELSE {c} END",
    nullable=True,
)
MAGNITUDE = DerivedColumn(
    "_magnitude",
    Double,
    f"coalesce(CAST({{c}} AS DOUBLE PRECISION), {BELOW_EVERY_NUMBER})",
    nullable=False,
)

# By the name of the scalar a column holds.
DERIVED_COLUMNS = {"DATE": (EARLIEST, LATEST), "DECIMAL": (MAGNITUDE,)}
