"""Dates as people know them: a year, a month or a day (EDTF level 0)."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from schema.shown import shown

EXPECTED = "an ISO 8601 date as precise as it is known: 2024, 2024-10 or 2024-10-28"

# EDTF level 0 also has times and intervals; no record of ours has.
_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


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
        first, last = _bounds(text)
    except ValueError:
        raise ValueError(f"{shown(text)} is not {EXPECTED}.") from None
    return PartialDate(text, first.isoformat(), last.isoformat())


def _bounds(text: str) -> tuple[date, date]:
    """The first and the last day. The standard library knows which days there are."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day = found.groups()
    first = date(int(year), int(month or 1), int(day or 1))
    last_month = int(month or 12)
    return first, date(int(year), last_month, int(day or monthrange(int(year), last_month)[1]))
