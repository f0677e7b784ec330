"""Totals: each support is added to its groups, one by one."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from schema.vocabulary import SUPPORT_KINDS
from tests.oracle.data_sets.values import Date, snake_case, spelled
from tests.oracle.data_sets.world import Actor, Conflict, Dataset, Group, Support, World
from tests.oracle.resolvers.filters import matches
from tests.oracle.resolvers.orders import SEPARATOR, Key
from tests.oracle.resolvers.pages import DEFAULT_SIZE, Edge, Page, PageInfo
from tests.oracle.resolvers.periods import surely_until

ALWAYS = ("DATASET", "PHASE")
QUANTITY, WORTH = 1, 2
# The last names of sort keys whose values are numbers.
NUMBERS = ("supports", "supporters", "recipients", "valued", "value", "low", "high", "year")


@dataclass
class AmountSum:
    """The sum of amounts of one unit."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    valued: int = 0

    def add(self, amount: Group) -> None:
        """Adds an amount."""
        value = getattr(amount, "value", None)
        self.valued += value is not None
        for name in ("value", "low", "high"):
            one = getattr(amount, name, None)
            one = value if one is None else one
            if one is not None:
                before = getattr(self, name)
                setattr(self, name, one if before is None else before + one)


@dataclass
class Sums:
    """The certain or the possible supports of a group."""

    measure: int
    counted: set[Support] = field(default_factory=set)
    givers: set[Actor] = field(default_factory=set)
    takers: set[Actor] = field(default_factory=set)
    added: set[Support] = field(default_factory=set)
    amounts: AmountSum = field(default_factory=AmountSum)

    @property
    def supports(self) -> int:
        """The number of supports."""
        return len(self.counted)

    @property
    def supporters(self) -> int:
        """The number of distinct actors."""
        return len(self.givers)

    @property
    def recipients(self) -> int:
        """The number of distinct actors."""
        return len(self.takers)

    @property
    def quantity(self) -> AmountSum | None:
        """The sums of quantities, if the group has any."""
        return self.amounts if self.measure == QUANTITY else None

    @property
    def worth(self) -> AmountSum | None:
        """The sums of worths, if the group has any."""
        return self.amounts if self.measure == WORTH else None


@dataclass(frozen=True)
class Place:
    """The common values of a group's supports. Dimensions that are not grouped by are None."""

    supporter: Actor | None = None
    recipient: Actor | None = None
    against: Actor | None = None
    kind: str | None = None
    phase: str | None = None
    year: int | None = None
    conflict: Conflict | None = None
    dataset: Dataset | None = None
    measure: int = 0
    unit: str | None = None
    currency: str | None = None

    @property
    def quantity_unit(self) -> str | None:
        """The unit of a group of quantities."""
        return self.unit if self.measure == QUANTITY else None

    @property
    def worth_unit(self) -> str | None:
        """The unit or currency of a group of worths."""
        return self.unit if self.measure == WORTH else None

    @property
    def worth_currency(self) -> str | None:
        """The unit or currency of a group of worths."""
        return self.currency if self.measure == WORTH else None


class SupportTotal:
    """A group of supports."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.certain, self.possible = Sums(place.measure), Sums(place.measure)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.place, name)


Given = Mapping[str, Any]


def totals_page(world: World, arguments: Given) -> Page:
    """Returns the page of groups for these arguments."""
    given = {name: value for name, value in arguments.items() if value is not None}
    order = TotalsOrder(given)
    groups = order.sorted(_groups(world, given, order.dimensions))
    rest = [each for each in groups if order.is_behind(each, given.get("after"))]
    shown = rest[: given.get("first", DEFAULT_SIZE)]
    edges = [Edge(order.cursor(each), each) for each in shown]
    info = PageInfo(
        has_next_page=len(rest) > len(shown),
        # Totals have no `before`.
        has_previous_page=False,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
    where = given.get("where", {})
    unknown = [
        each
        for each in world.supports
        if not matches(each, where) and matches(each, where, may=True)
    ]
    return Page(edges, info, len(groups), len(unknown))


_PARENTS = {term.code: term.parent for term in SUPPORT_KINDS.terms}


def _kind_at(kind: str, level: int | None) -> str:
    """Returns the kind itself or its broader kind at this level."""
    line = [kind]
    while parent := _PARENTS[line[0]]:
        line.insert(0, parent)
    return kind if level is None else line[min(level, len(line) - 1)]


# --- groups ---------------------------------------------------------------------------------------


def _groups(world: World, given: Given, dimensions: Sequence[str]) -> list[SupportTotal]:
    groups: dict[Place, SupportTotal] = {}
    for support in world.supports:
        if matches(support, given.get("where", {})):
            for place, giver, counts, amount in _places(world, support, given, dimensions):
                group = groups.setdefault(place, SupportTotal(place))
                is_possible = support.attribution == "SOME_OF"
                sums = group.possible if is_possible else group.certain
                _add(sums, support, giver, counts)
                if amount is not None and support not in sums.added:
                    sums.added.add(support)
                    sums.amounts.add(amount)
    return list(groups.values())


def _add(sums: Sums, support: Support, giver: Actor | None, counts: bool) -> None:
    if not counts:
        return
    sums.counted.add(support)
    sums.givers |= {giver} if giver else set()
    sums.takers |= {support.recipient} if support.recipient else set()


def _places(
    world: World, support: Support, given: Given, dimensions: Sequence[str]
) -> Iterator[tuple[Place, Actor | None, bool, Group | None]]:
    """Yields each group of a support, with a supporter, whether it counts, and its amount."""
    common: dict[str, Any] = {
        code.lower(): getattr(support, code.lower())
        for code in ("RECIPIENT", "AGAINST", "PHASE", "CONFLICT", "DATASET")
        if code in dimensions
    }
    if "KIND" in dimensions:
        common["kind"] = _kind_at(support.kind, given.get("kindLevel"))
    is_possible = support.attribution == "SOME_OF"
    givers: list[Any] = (support.candidates or [None]) if is_possible else [support.supporter]
    units = _units(support) if "UNIT" in dimensions else [(0, None, None, None)]
    for giver, (measure, unit, currency, amount) in product(givers, units):
        if "SUPPORTER" in dimensions:
            common["supporter"] = giver
        place = {**common, "measure": measure, "unit": unit, "currency": currency}
        if "YEAR" not in dimensions:
            yield Place(**place), giver, True, amount
            continue
        years, dated = years_of(world, support)
        for year in years or [None]:
            yield Place(**place, year=year), giver, True, amount if year == dated else None
        known = {getattr(amount, name, None) for name in ("value", "low", "high")} != {None}
        if years and dated is None and known:
            yield Place(**place), giver, False, amount


def _units(support: Support) -> list[tuple[int, str | None, str | None, Any]]:
    quantity, worth = support.quantity, support.worth
    found: list[tuple[int, str | None, str | None, Any]] = []
    if quantity.unit:
        found.append((QUANTITY, quantity.unit, None, quantity))
    if worth.unit:
        found.append((WORTH, worth.unit, worth.currency, worth))
    return found or [(0, None, None, quantity)]


def years_of(world: World, support: Support) -> tuple[list[int], int | None]:
    """Returns the years in which a support is certainly valid, and the year of its amounts."""
    start, end = support.started_on, support.ended_on
    if start is None and end is None:
        agreed = _year(support.agreed_on)
        return ([] if agreed is None else [agreed]), agreed
    first, last = _certain_days(world, support)
    return list(range(first.year, last.year + 1)), _year(start or end)


def _year(day: Date | None) -> int | None:
    years = {day.earliest[:4], day.latest[:4]} if day else set()
    return int(years.pop()) if len(years) == 1 else None


def _certain_days(world: World, support: Support) -> tuple[date, date]:
    """Returns the last day on which it may have begun, and the first on which it may have ended."""
    start, end = _span(support.started_on), _span(support.ended_on)
    if end is None:
        assert start
        spans = [(day, max(day, _open_until(world, support) or day)) for day in start]
    elif start is None:
        return end[1], end[0]
    elif end[1] < start[0]:
        return end[1], start[0]
    else:
        days = product((*start, end[1]), (*end, start[0]))
        spans = [(a, b) for a, b in days if _fits(a, b, start, end)]
    return max(a for a, _ in spans), min(b for _, b in spans)


def _fits(a: date, b: date, start: tuple[date, date], end: tuple[date, date]) -> bool:
    return a <= b and start[0] <= a <= start[1] and end[0] <= b <= end[1]


def _open_until(world: World, support: Support) -> date | None:
    dataset = support.dataset
    if dataset is not None and dataset.covers_until is not None:
        return date.fromisoformat(surely_until(dataset.covers_until))
    return None if support.end_censored else date.fromisoformat(world.revision.time[:10])


def _span(day: Date | None) -> tuple[date, date] | None:
    if day is None:
        return None
    return date.fromisoformat(day.earliest), date.fromisoformat(day.latest)


# --- order ----------------------------------------------------------------------------------------


class TotalsOrder:
    """The order of groups: as requested, and then by the dimensions."""

    def __init__(self, given: Given) -> None:
        """Reads the order. `given`: the arguments of the query."""
        asked = list(given["groupBy"])
        self.dimensions = [*asked, *(code for code in ALWAYS if code not in asked)]
        keys: dict[tuple[str, ...], str] = {}
        for one in given.get("orderBy") or ():
            path: list[str] = []
            inner: Any = one
            while not isinstance(inner, str):
                ((name, inner),) = inner.items()
                path.append(name)
            keys.setdefault(tuple(path), inner)
        self._keys = list(keys.items())

    def sorted(self, groups: Sequence[SupportTotal]) -> list[SupportTotal]:
        """Returns the sorted groups."""
        done = sorted(groups, key=lambda each: [_rank(*key) for key in self._own(each)])
        for path, direction in reversed(self._keys):
            is_number = _is_number(path)
            done.sort(
                key=lambda each, p=path, n=is_number: _rank(_text_of(each, p), n),  # type: ignore[misc]
                reverse=direction == "DESC",
            )
        return done

    def cursor(self, group: SupportTotal) -> str:
        """Returns the cursor of a group."""
        keys = [f"{'.'.join(path)} {direction}" for path, direction in self._keys]
        signed = "|".join(["SupportTotal", *self.dimensions, *keys])
        signature = hashlib.sha256(signed.encode()).hexdigest()[:8]
        return SEPARATOR.join([signature, *self._texts(group)]).encode().hex()

    def is_behind(self, group: SupportTotal, after: str | None) -> bool:
        """Whether a group is after a cursor."""
        if after is None:
            return True
        _, *places = bytes.fromhex(after).decode().split(SEPARATOR)
        directions = [direction for _, direction in self._keys]
        numbers = [_is_number(path) for path, _ in self._keys]
        own = self._own(group)
        directions += ["ASC"] * len(own)
        numbers += [is_number for _, is_number in own]
        for mine, its, direction, is_number in zip(
            self._texts(group), places, directions, numbers, strict=True
        ):
            one, other = _rank(mine, is_number), _rank(its, is_number)
            if one != other:
                return (one > other) is (direction == "ASC")
        return False

    def _texts(self, group: SupportTotal) -> list[str]:
        asked = [_text_of(group, path) for path, _ in self._keys]
        return [*asked, *(text for text, _ in self._own(group))]

    def _own(self, group: SupportTotal) -> list[tuple[str, bool]]:
        """Returns the dimensions of the group as text, and whether each is a number."""
        keys: list[tuple[str, bool]] = []
        for code in self.dimensions:
            if code == "UNIT":
                place = group.place
                keys += [(str(place.measure), True), (place.unit or "", False)]
                keys.append((place.currency or "", False))
                continue
            value = getattr(group.place, code.lower())
            if code in ("KIND", "PHASE"):
                keys.append((value, False))
            else:
                number = value if code == "YEAR" else value and value.row
                keys.append((str(number or 0), True))
        return keys


def _is_number(path: tuple[str, ...]) -> bool:
    return path[-1] in NUMBERS if path[0] in ("certain", "possible", "year") else path[-1] == "id"


def _text_of(group: SupportTotal, path: tuple[str, ...]) -> str:
    if path[0] not in ("certain", "possible"):
        text = Key(path, "ASC").text_in(group)  # type: ignore[arg-type]
        return text or ("0" if path == ("year",) else "")
    value: Any = group
    for name in path:
        value = None if value is None else getattr(value, snake_case(name))
    if value is None:
        return "-1" if path[-1] == "valued" else ""
    return spelled(value) if isinstance(value, Decimal) else str(value)


def _rank(text: str, is_number: bool) -> tuple[Any, ...]:
    if not text:
        return ()
    return (Decimal(text) if is_number else text,)
