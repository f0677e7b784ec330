"""One row of the actor-year file: an actor, its opponent and a year."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from seeds.files.cells import within
from seeds.files.numbers import whole, year
from seeds.files.table import Cells
from seeds.importing.report import Rejected
from seeds.ucdp_esd.categories import CATEGORIES

STATES, OTHERS = "s", "ns"
# Cached, because most numbers are one of a few.
_number = lru_cache(maxsize=10_000)(whole)
_LOCATION_MOST = 300


class _Columns(NamedTuple):
    """The columns that say whether there is support, and its counts: all, states, and others."""

    is_given: str
    all: str
    states: str
    others: str


def _columns(is_given: str, prefix: str) -> _Columns:
    count = f"{prefix}count"
    return _Columns(is_given, count, f"{count}_{STATES}", f"{count}_{OTHERS}")


_SUPPORT = _columns("ext_sup", "ext_")
_CATEGORIES = MappingProxyType({c: _columns(f"ext_{c}", f"ext_{c}_") for c in CATEGORIES})
REQUIRED = (
    *("id", "year", "actor_id", "actor_name", "oppo_id", "oppo_name", "civil"),
    *("conflict_id", "location", "ext_id", "ext_name"),
    *(name for columns in (_SUPPORT, *_CATEGORIES.values()) for name in columns),
)


# Columns that a spreadsheet may write with thousands separators.
AMOUNTS = ("id", "actor_id", "oppo_id", "conflict_id")


@dataclass(frozen=True, slots=True)
class Count:
    """The number of supporters: all, states, and others."""

    all: int
    states: int
    others: int


@dataclass(frozen=True, slots=True)
class Row:
    """The values of a row. `given`: the counts of each category with support."""

    id: int
    year: int
    actor: int
    actor_name: str
    opponent: int
    opponent_name: str
    conflict: int
    location: str
    is_civil: bool
    supporters: tuple[int, ...]
    supporters_text: str
    count: Count
    given: Mapping[str, Count]


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of observation of a row. A part that cannot be read is None."""

    actor: int | None
    opponent: int | None
    year: int | None


def unit(cells: Cells, places: Mapping[str, int]) -> Unit:
    """Returns the unit of a rejected row."""

    def known(read: Callable[[str], int], name: str) -> int | None:
        try:
            return read(cells[places[name]].strip())
        except (IndexError, ValueError):
            return None

    return Unit(known(whole, "actor_id"), known(whole, "oppo_id"), known(year, "year"))


def read_row(cells: Cells, places: Mapping[str, int]) -> Row:
    """Parses a row. Raises Rejected if a value is invalid or its values contradict each other."""

    def text(name: str) -> str:
        return cells[places[name]].strip()

    def number(name: str) -> int:
        return _number(cells[places[name]])

    def count(of: _Columns) -> Count:
        return Count(number(of.all), number(of.states), number(of.others))

    try:
        row = Row(
            id=number("id"),
            year=year(text("year")),
            actor=number("actor_id"),
            actor_name=text("actor_name"),
            opponent=number("oppo_id"),
            opponent_name=text("oppo_name"),
            conflict=number("conflict_id"),
            location=within(text("location"), _LOCATION_MOST),
            is_civil=number("civil") == 1,
            supporters=tuple(whole(each) for each in text("ext_id").split(",") if each.strip()),
            supporters_text=text("ext_name"),
            count=count(_SUPPORT),
            given={c: count(of) for c, of in _CATEGORIES.items() if number(of.is_given) == 1},
        )
        has_support = number(_SUPPORT.is_given) == 1
    except ValueError as error:
        raise Rejected(f"A value cannot be read: {error}.") from None
    _check(row, has_support=has_support)
    return row


def _check(row: Row, *, has_support: bool) -> None:
    if not row.location:
        raise Rejected("It has no location.")
    listed = len(row.supporters)
    if listed != len(set(row.supporters)):
        raise Rejected("A supporter is listed twice in ext_id.")
    if listed != row.count.all:
        raise Rejected(f"ext_id lists {listed} supporters, and ext_count is {row.count.all}.")
    if has_support is not bool(listed):
        raise Rejected("ext_sup and ext_id do not agree on whether there is support.")
    if row.count.states + row.count.others != row.count.all:
        raise Rejected("ext_count is not the sum of ext_count_s and ext_count_ns.")
    for category, count in row.given.items():
        if count.states + count.others != count.all or not 0 < count.all <= row.count.all:
            raise Rejected(f"The counts of ext_{category} do not agree with each other.")
        if count.states > row.count.states or count.others > row.count.others:
            raise Rejected(f"The counts of ext_{category} exceed those of all support.")
    if row.actor == row.opponent or row.actor in row.supporters or row.opponent in row.supporters:
        raise Rejected("One actor has two of the roles actor, opponent and supporter.")
