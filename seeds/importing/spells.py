"""Folds consecutive years into spells, so that one record covers all of them."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Spell(Generic[V]):
    """Consecutive years of one thing, with the value of each year."""

    first: int
    last: int
    values: tuple[V, ...]

    @property
    def years(self) -> int:
        """The number of years."""
        return self.last - self.first + 1


def spells(years: Mapping[int, V]) -> Iterator[Spell[V]]:
    """Yields the spells of one thing in order of time. A missing year ends a spell."""
    ordered = sorted(years)
    start = 0
    for place, year in enumerate(ordered, 1):
        if place == len(ordered) or ordered[place] != year + 1:
            found = ordered[start:place]
            yield Spell(found[0], year, tuple(years[each] for each in found))
            start = place


def periods(years: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yields the first and the last year of each spell."""
    for spell in spells(dict.fromkeys(years)):
        yield spell.first, spell.last
