"""Positions: each support is counted, and shares are computed as fractions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from tests.oracle.data_sets.world import Actor, Dataset, Support
from tests.oracle.resolvers.filters import matches
from tests.oracle.resolvers.totals import years_of

FIRST = 20
QUANTITIES = ("PERSONS", "PIECES", "ROUNDS", "TONNES", "PER_CENT")

Given = Mapping[str, Any]


@dataclass
class Degrees:
    """The degrees of an actor in some supports."""

    actor: Actor
    supports: list[Support] = field(default_factory=list)

    def _certain(self, end: str) -> list[Support]:
        certain = (each for each in self.supports if each.attribution != "SOME_OF")
        return [each for each in certain if getattr(each, end) is self.actor]

    def _possible(self) -> list[Support]:
        return [each for each in self.supports if each.attribution == "SOME_OF"]

    @property
    def given(self) -> int:
        """The number of supports given."""
        return len(self._certain("supporter"))

    @property
    def received(self) -> int:
        """The number of supports received."""
        return len(self._certain("recipient"))

    @property
    def recipients(self) -> int:
        """The number of distinct actors."""
        return len({each.recipient for each in self._certain("supporter")} - {None})

    @property
    def suppliers(self) -> int:
        """The number of distinct actors."""
        return len({each.supporter for each in self._certain("recipient")} - {None})

    @property
    def possible_given(self) -> int:
        """The number of supports of which the actor is a candidate."""
        return sum(self.actor in each.candidates for each in self._possible())

    @property
    def possible_received(self) -> int:
        """The number of supports received from candidates."""
        return sum(each.recipient is self.actor for each in self._possible())


@dataclass
class KindPosition(Degrees):
    """The degrees in supports of one kind."""

    kind: str = ""


@dataclass
class Supply:
    """The received supports of an actor with their amounts."""

    received: list[tuple[Support, Decimal | None]]

    @property
    def by_supplier(self) -> dict[Actor, Decimal]:
        """The sum of the amounts."""
        found: dict[Actor, Decimal] = {}
        for support, amount in self.received:
            if support.supporter and amount is not None:
                found[support.supporter] = found.get(support.supporter, Decimal(0)) + amount
        return found

    @property
    def supports(self) -> int:
        """The number of supports in the total."""
        return sum(bool(s.supporter) and amount is not None for s, amount in self.received)

    @property
    def unknown_amount(self) -> int:
        """The number of supports that are not in the total for this reason."""
        return sum(bool(s.supporter) and amount is None for s, amount in self.received)

    @property
    def unknown_supplier(self) -> int:
        """The number of supports that are not in the total for this reason."""
        return sum(s.supporter is None for s, _ in self.received)

    @property
    def total(self) -> Decimal | None:
        """The total of each supplier."""
        return sum(self.by_supplier.values(), Decimal(0)) if self.by_supplier else None

    @property
    def suppliers(self) -> int:
        """The number of distinct actors."""
        return len(self.by_supplier)

    @property
    def _largest(self) -> list[Actor]:
        most = max(self.by_supplier.values(), default=None)
        return [actor for actor, amount in self.by_supplier.items() if amount == most]

    @property
    def tied(self) -> int:
        """The number of suppliers with the largest amount."""
        return len(self._largest)

    @property
    def largest_supplier(self) -> Actor | None:
        """The largest supplier, if it is not tied."""
        return self._largest[0] if self.tied == 1 else None

    @property
    def _shares(self) -> list[Fraction]:
        amounts = list(self.by_supplier.values())
        if not amounts or sum(amounts) <= 0 or min(amounts) < 0:
            return []
        return [Fraction(each) / Fraction(sum(amounts)) for each in amounts]

    @property
    def largest_share(self) -> Decimal | None:
        """The share of the largest supplier."""
        return _rounded(max(self._shares)) if self._shares else None

    @property
    def herfindahl(self) -> Decimal | None:
        """The sum of the squared shares."""
        return _rounded(sum(each * each for each in self._shares)) if self._shares else None


def _rounded(share: Fraction | int) -> Decimal:
    exact = Decimal(share.numerator) / Decimal(share.denominator)
    return exact.quantize(Decimal("0.000001"), ROUND_HALF_UP)


@dataclass
class ActorPosition(Degrees):
    """The position in one data set and phase."""

    dataset: Dataset | None = None
    phase: str = ""
    undated: int = 0
    unknown_count: int = 0
    amounts: dict[Support, Decimal | None] = field(default_factory=dict)

    @property
    def kinds(self) -> list[KindPosition]:
        """The degrees by kind."""
        found: dict[str, KindPosition] = {}
        for each in self.supports:
            kind = found.setdefault(each.kind, KindPosition(self.actor, kind=each.kind))
            kind.supports.append(each)
        return [found[kind] for kind in sorted(found)]

    @property
    def supply(self) -> Supply:
        """The supply: the certain received supports."""
        return Supply([(each, self.amounts[each]) for each in self._certain("recipient")])


def positions_of(actor: Actor, given: Given) -> list[ActorPosition]:
    """Returns a position for each data set and phase."""
    found: dict[tuple[int, str], ActorPosition] = {}
    for support in _supports(actor):
        if not matches(support, given.get("where") or {}, may=True):
            continue
        place = support.dataset.row if support.dataset else 0, support.phase
        years, amount = _years(actor, support, given), amount_of(support, given.get("unit"))
        if years is not None and not years.within:
            continue
        position = found.setdefault(
            place, ActorPosition(actor, dataset=support.dataset, phase=support.phase)
        )
        sides = (actor in _givers(support)) + (support.recipient is actor)
        if not matches(support, given.get("where") or {}):
            position.unknown_count += sides
            continue
        if years is not None and not years.known:
            position.undated += sides
            continue
        position.supports.append(support)
        position.amounts[support] = amount if years is None or years.dated else None
    return [found[place] for place in sorted(found)][: given.get("first") or FIRST]


@dataclass(frozen=True)
class _Years:
    known: bool
    within: bool
    dated: bool


def _years(actor: Actor, support: Support, given: Given) -> _Years | None:
    """Returns how a support overlaps with the period; None without a period."""
    first, last = given.get("from"), given.get("until")
    if first is None and last is None:
        return None
    period = range(first or 1, (last or 9999) + 1)
    years, dated = years_of(actor.world, support)
    within = not years or any(year in period for year in (years[0], years[-1], *years))
    is_dated = dated in period or (given.get("unit") is None)
    return _Years(bool(years), within, is_dated)


def amount_of(support: Support, unit: str | None) -> Decimal | None:
    """Returns the amount in a unit; 1 without a unit."""
    if unit is None:
        return Decimal(1)
    if unit in QUANTITIES:
        return support.quantity.value if support.quantity.unit == unit else None
    worth = support.worth
    its = (unit, None) if unit == "TIV" else ("CURRENCY", unit)
    return worth.value if (worth.unit, worth.currency) == its else None


def _supports(actor: Actor) -> Iterator[Support]:
    for support in actor.world.supports:
        if actor in _givers(support) or support.recipient is actor:
            yield support


def _givers(support: Support) -> list[Any]:
    return support.candidates if support.attribution == "SOME_OF" else [support.supporter]
