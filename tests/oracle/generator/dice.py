"""Choices drawn from Hypothesis. The first option is the simplest: shrinking tends to it."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

T = TypeVar("T")

# Drawn one by one, choices would be alike to Hypothesis, which then spends half of its examples on
# copying parts of one document over each other. Through a Random they are not, and still shrink.
_RANDOMS = st.randoms(use_true_random=False, note_method_calls=False)


class Dice:
    """Every choice the generator makes goes through here."""

    def __init__(self, draw: DrawFn) -> None:
        self._random: Random = draw(_RANDOMS)

    def below(self, count: int) -> int:
        """A number from 0 to `count` - 1."""
        return self._random.randrange(count) if count > 1 else 0

    def chance(self, percent: int) -> bool:
        """Yes, this often. No is the simpler answer."""
        return self.below(100) >= 100 - percent

    def pick(self, options: Sequence[T]) -> T:
        """One of these."""
        return options[self.below(len(options))]

    def some_of(self, options: Sequence[T], most: int) -> list[T]:
        """Up to `most` of these, each once, in any order."""
        count = self.below(most + 1) if options else 0
        return list(dict.fromkeys(self.pick(options) for _ in range(count)))
