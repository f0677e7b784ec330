"""Who of the listed supporters gives which category of support: as far as the counts say.

The file lists the supporters of a row together, and counts for each category how many of them
give it. Where as many give it as are listed, each of them does. Otherwise the same holds for the
states and for the others apart; and what is left is support from some of several.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seeds.ucdp_esd.row import OTHERS, STATES, Count, Row


@dataclass(frozen=True, slots=True)
class Given:
    """A category of support that a row's actor receives.

    `by`: the supporter, or those among whom the supporters are. `at_least`: how many of them give
    it; None if there is one, who does. `side`: whether the candidates are the states or the others.
    """

    category: str
    by: tuple[int, ...]
    at_least: int | None = None
    side: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether the supporter is known."""
        return self.at_least is None


def given(row: Row, states: Sequence[int], others: Sequence[int]) -> Iterator[Given]:
    """All support in a row. `states` and `others` are its supporters."""
    for category, count in row.given.items():
        if row.count.all == 1 or count.all == row.count.all:
            yield from _each(category, row.supporters)
        else:
            yield from _of_a_side(category, STATES, states, count.states)
            yield from _of_a_side(category, OTHERS, others, count.others)


def pairs(counts: Sequence[Count]) -> int:
    """How many pairs of a supporter and a category the counts of a row are."""
    return sum(count.all for count in counts)


def _each(category: str, supporters: Sequence[int]) -> Iterator[Given]:
    return (Given(category, (supporter,)) for supporter in supporters)


def _of_a_side(category: str, side: str, supporters: Sequence[int], number: int) -> Iterator[Given]:
    if number == len(supporters):
        yield from _each(category, supporters)
    elif number:
        yield Given(category, tuple(sorted(supporters)), number, side)
