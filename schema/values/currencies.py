"""Currency codes, including withdrawn ones, and the days on which each was in use.

Babel has both from the Unicode CLDR. Reading them takes time, and most requests name no currency.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

# ISO 4217 lists these codes for no currency and for tests.
_NO_CURRENCIES = frozenset({"XXX", "XTS"})

# A day as CLDR writes it: year, month, day.
_Day = tuple[int, int, int] | None


@dataclass(frozen=True)
class Use:
    """The first and the last day on which a currency was in use in any territory.

    Days are ISO 8601 text. None if a use in some territory has no first or last day.
    """

    first: str | None = None
    last: str | None = None


@cache
def currencies() -> Mapping[str, Use]:
    """Returns the use of each currency, by its code."""
    from babel.core import get_global

    days: dict[str, list[tuple[_Day, _Day]]] = {}
    for used in get_global("territory_currencies").values():
        for code, first, last, _ in used:
            days.setdefault(code, []).append((first, last))
    uses = {code: _use(each) for code, each in days.items() if code not in _NO_CURRENCIES}
    return MappingProxyType(uses)


def _use(days: list[tuple[_Day, _Day]]) -> Use:
    first = [day for day, _ in days if day]
    last = [day for _, day in days if day]
    return Use(
        _iso(min(first)) if len(first) == len(days) else None,
        _iso(max(last)) if len(last) == len(days) else None,
    )


def _iso(day: tuple[int, int, int]) -> str:
    year, month, number = day
    return f"{year:04}-{month:02}-{number:02}"
