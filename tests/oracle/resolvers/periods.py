"""Decides whether a record is valid within a period, by trying the days of its dates."""

from collections.abc import Iterator
from datetime import date
from functools import cache, reduce
from itertools import product
from typing import Any

from tests.oracle.data_sets.values import Date
from tests.oracle.data_sets.world import Coverage, Dataset

CERTAIN, POSSIBLE, NEVER = "certain", "possible", "never"

# Days as numbers, with one more before the first day and after the last one.
BEFORE_ALL, AFTER_ALL = 0, date.max.toordinal() + 1

Days = tuple[int, int]
_ANY: Days = (BEFORE_ALL, AFTER_ALL)


def validity(record: Any, first: str, last: str) -> str:
    """Returns whether a record is certainly, possibly or never valid between two days."""
    asked = _number(first), _number(last)
    looked = isinstance(record, Coverage | Dataset)
    spans = list(_covered(record, asked) if looked else _lasting(record, asked))
    met = [_meet(span, asked) for span in spans]
    if met and all(met):
        return CERTAIN
    if any(met):
        return POSSIBLE
    # If the dates contradict each other, only the time between them is certain.
    start, end = _looked(record) if looked else _dated(record)
    if met or start is None or end is None:
        return NEVER
    if _meet((end[1], start[0]), asked):
        return CERTAIN
    may_begin = getattr(record, "start_censored", False) or start[0] <= asked[1]
    may_go_on = getattr(record, "end_censored", False) or end[1] >= asked[0]
    return POSSIBLE if may_begin and may_go_on else NEVER


def _meet(span: Days, asked: Days) -> bool:
    return span[0] <= asked[1] and span[1] >= asked[0]


def _lasting(record: Any, asked: Days) -> Iterator[Days]:
    """Yields each possible period, including the days of its start and end."""
    begun, ended = _dated(record)
    for start in _tried(begun or _ANY, asked):
        starts = [BEFORE_ALL, start] if getattr(record, "start_censored", False) else [start]
        if ended is None:
            yield from product(starts, _open_ends(record, start))
            continue
        for end in _tried(ended, asked):
            ends = [end, AFTER_ALL] if getattr(record, "end_censored", False) else [end]
            if start <= end:
                yield from product(starts, ends)


def _open_ends(record: Any, start: int) -> list[int]:
    dataset = getattr(record, "dataset", None)
    if dataset is not None and dataset.covers_until is not None:
        return [max(start, _last_days(dataset.covers_until)[0]), AFTER_ALL]
    return [start, AFTER_ALL] if getattr(record, "end_censored", False) else [AFTER_ALL]


def _covered(record: Any, asked: Days) -> Iterator[Days]:
    """Yields each possible period of coverage; an unknown end may be any day."""
    starts, ends = (_tried(days or _ANY, asked) for days in _looked(record))
    yield from ((one, other) for one, other in product(starts, ends) if one <= other)


def _dated(record: Any) -> tuple[Days | None, Days | None]:
    return _meant(record.started_on), _meant(record.ended_on)


def _looked(record: Any) -> tuple[Days | None, Days | None]:
    """Returns the possible first days and last days of coverage.

    Coverage includes all days that its dates can mean.
    """
    dataset = getattr(record, "dataset", None)
    start = record.covers_from or (dataset and dataset.covers_from)
    end = record.covers_until or (dataset and dataset.covers_until)
    return start and _first_days(start), end and _last_days(end)


def _first_days(day: Date) -> Days:
    return _number(day.earliest), _number(surely_from(day))


def _last_days(day: Date) -> Days:
    return _number(surely_until(day)), _number(day.latest)


def surely_from(day: Date) -> str:
    """Returns the latest first day of a date with unspecified digits."""
    return max(each.earliest for each in _specified(day.text))


def surely_until(day: Date) -> str:
    """Returns the earliest last day of a date."""
    return min(each.latest for each in _specified(day.text))


@cache
def _specified(text: str) -> list[Date]:
    """Returns each existing date with digits in place of its X."""
    count = text.count("X")
    texts = (
        reduce(lambda made, digit: made.replace("X", digit, 1), digits, text)
        for digits in product("0123456789", repeat=count)
    )
    return [Date(each) for each in texts if _is_there(each)]


def _is_there(text: str) -> bool:
    """Whether the date exists; without a day or a month, the first one counts."""
    parts = [int(part) for part in text.rstrip("?~%").split("-")]
    try:
        date(*(*parts, 1, 1)[:3])
    except ValueError:
        return False
    return True


def _meant(day: Date | None) -> Days | None:
    return (_number(day.earliest), _number(day.latest)) if day else None


def _tried(meant: Days, asked: Days) -> list[int]:
    """Returns the days of a date at which the result may change."""
    days = {*meant, *asked, asked[0] - 1, asked[1] + 1}
    return sorted(day for day in days if meant[0] <= day <= meant[1])


def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal()
