"""Partial dates: a year, a month or a day, with unspecified digits or qualifiers (EDTF level 1)."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from schema.values.shown import shown

EXPECTED = (
    "an EDTF date such as 2024, 2024-10 or 2024-10-28, with X for unknown digits (198X, 2004-XX,"
    " 2004-06-XX), and with ? (uncertain), ~ (approximate) or % (both) at the end if it is so"
)

# EDTF level 1 also has times, intervals, seasons and years beyond 9999, which records do not use.
_FORM = re.compile(
    r"(?:[0-9]{2}(?:[0-9]X|XX)|[0-9]{4}(?:-(?:XX(?:-XX)?|[0-9]{2}(?:-(?:XX|[0-9]{2}))?))?)[?~%]?"
)
_QUALIFIERS = "?~%"
_UNSPECIFIED = "XX"


@dataclass(frozen=True)
class PartialDate:
    """A date that may lack its day, or its month and day, or the last digits of its year.

    `text` is the date as it was given. `earliest` and `latest` are the first and the last day that
    the date can mean, as ISO 8601 text; a qualifier does not change them.
    """

    text: str
    earliest: str
    latest: str


@lru_cache(maxsize=4096)
def partial_date(text: str) -> PartialDate:
    """Reads an EDTF level 1 date of the years 0001 to 9999. Raises ValueError for other text."""
    try:
        first, last = _bounds(text)
    except ValueError:
        raise ValueError(f"{shown(text)} is not {EXPECTED}.") from None
    return PartialDate(text, first.isoformat(), last.isoformat())


def _bounds(text: str) -> tuple[date, date]:
    """Returns the first and the last day. Raises ValueError for a day that does not exist."""
    if not _FORM.fullmatch(text):
        raise ValueError(text)
    year, month, day, *_ = *text.rstrip(_QUALIFIERS).split("-"), _UNSPECIFIED, _UNSPECIFIED
    first = date(int(year.replace("X", "0")), _part(month, 1), _part(day, 1))
    last_year, last_month = int(year.replace("X", "9")), _part(month, 12)
    last_day = _part(day, monthrange(last_year, last_month)[1])
    return first, date(last_year, last_month, last_day)


def _part(digits: str, otherwise: int) -> int:
    return otherwise if digits == _UNSPECIFIED else int(digits)


def surely_meet(
    first: tuple[str | None, str | None], second: tuple[str | None, str | None]
) -> bool:
    """Whether two periods have a day in common for every possible meaning of their dates.

    A period is its start and its end. Without a start or an end it is unbounded.
    """
    starts = [partial_date(start).latest for start, _ in (first, second) if start]
    ends = [partial_date(end).earliest for _, end in (first, second) if end]
    return max(starts, default="") <= min(ends, default="9999-12-31")


def may_meet(first: tuple[str | None, str | None], second: tuple[str | None, str | None]) -> bool:
    """Whether two periods may have a day in common. Without a start or an end one is unbounded."""
    starts = [partial_date(start).earliest for start, _ in (first, second) if start]
    ends = [partial_date(end).latest for _, end in (first, second) if end]
    return max(starts, default="") <= min(ends, default="9999-12-31")


def may_hold(period: tuple[str | None, str | None], on: str) -> bool:
    """Whether a period may contain a date."""
    start, end = period
    asked = partial_date(on)
    has_begun = not start or partial_date(start).earliest <= asked.latest
    is_over = bool(end) and partial_date(end or "").latest < asked.earliest
    return has_begun and not is_over
