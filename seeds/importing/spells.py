"""Folds consecutive years into spells: one record for as long as a thing goes on."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Spell(Generic[V]):
    """Consecutive years of one thing, with what each year's row says of it."""

    first: int
    last: int
    values: tuple[V, ...]

    @property
    def years(self) -> int:
        """How many years it lasts."""
        return self.last - self.first + 1


def spells(years: Mapping[int, V]) -> Iterator[Spell[V]]:
    """The spells of one thing, in the order of time. A missing year ends one."""
    ordered = sorted(years)
    start = 0
    for place, year in enumerate(ordered, 1):
        if place == len(ordered) or ordered[place] != year + 1:
            found = ordered[start:place]
            yield Spell(found[0], year, tuple(years[each] for each in found))
            start = place


def periods(years: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last year of each spell."""
    for spell in spells(dict.fromkeys(years)):
        yield spell.first, spell.last
