"""Attributes categories of support to the listed supporters, as far as the counts allow.

The file lists the supporters of a row together, and counts how many of them give each category. If
the count equals the number of listed supporters, each of them gives it. Otherwise the same rule is
applied to the states and to the other supporters separately. The remaining support comes from some
of several supporters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seeds.ucdp_esd.row import OTHERS, STATES, Count, Row


@dataclass(frozen=True, slots=True)
class Given:
    """A category of support that a row's actor receives.

    `by`: the supporter, or the candidates. `at_least`: how many of the candidates give it; None if
    the supporter is certain. `side`: whether the candidates are the states or the others.
    """

    category: str
    by: tuple[int, ...]
    at_least: int | None = None
    side: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether the supporter is certain."""
        return self.at_least is None


def given(row: Row, states: Sequence[int], others: Sequence[int]) -> Iterator[Given]:
    """Yields all support in a row. `states` and `others` are its supporters."""
    for category, count in row.given.items():
        if row.count.all == 1 or count.all == row.count.all:
            yield from _each(category, row.supporters)
        else:
            yield from _of_a_side(category, STATES, states, count.states)
            yield from _of_a_side(category, OTHERS, others, count.others)


def pairs(counts: Sequence[Count]) -> int:
    """Returns the number of supporter-category pairs in the counts of a row."""
    return sum(count.all for count in counts)


def _each(category: str, supporters: Sequence[int]) -> Iterator[Given]:
    return (Given(category, (supporter,)) for supporter in supporters)


def _of_a_side(category: str, side: str, supporters: Sequence[int], number: int) -> Iterator[Given]:
    if number == len(supporters):
        yield from _each(category, supporters)
    elif number:
        yield Given(category, tuple(sorted(supporters)), number, side)
