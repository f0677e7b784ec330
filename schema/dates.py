"""Dates as people know them: a year, a month or a day (EDTF level 0)."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from edtf import EDTFParseException, parse_edtf
from edtf.parser.parser_classes import Date

from schema.shown import shown

EXPECTED = "an ISO 8601 date as precise as it is known: 2024, 2024-10 or 2024-10-28"
_LONGEST = len("2024-10-28")


@dataclass(frozen=True)
class PartialDate:
    """A date that may lack its day, or its month and day.

    `text` is the date as it was given; `earliest` and `latest` are the first and the last day it
    can mean, as ISO 8601 text.
    """

    text: str
    earliest: str
    latest: str


@lru_cache(maxsize=4096)
def partial_date(text: str) -> PartialDate:
    """Reads an EDTF level 0 date of the years 0001 to 9999; raises ValueError for all else."""
    try:
        # The library reads long texts slowly, and is no match for brackets in brackets.
        if len(text) > _LONGEST:
            raise ValueError
        parsed = parse_edtf(text)
        # EDTF level 0 also has times and intervals; no record of ours has.
        if not isinstance(parsed, Date) or str(parsed) != text:
            raise ValueError
        # The library lets the 30th of February pass, the standard library does not.
        first, last = date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3])
    except (EDTFParseException, ValueError):
        raise ValueError(f"{shown(text)} is not {EXPECTED}.") from None
    return PartialDate(text, first.isoformat(), last.isoformat())
