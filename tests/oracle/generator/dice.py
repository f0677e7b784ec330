"""Choices drawn from Hypothesis. The first option is the simplest: shrinking tends to it."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

T = TypeVar("T")

# Single draws would look alike to Hypothesis, which then spends half of its examples on copying
# parts of a document. Choices through a Random do not, and still shrink.
_RANDOMS = st.randoms(use_true_random=False, note_method_calls=False)


class Dice:
    """Makes every choice of the generator."""

    def __init__(self, draw: DrawFn) -> None:
        self._random: Random = draw(_RANDOMS)

    def below(self, count: int) -> int:
        """Returns a number from 0 to `count` - 1."""
        return self._random.randrange(count) if count > 1 else 0

    def chance(self, percent: int) -> bool:
        """Returns True with this probability in per cent. False is simpler."""
        return self.below(100) >= 100 - percent

    def pick(self, options: Sequence[T]) -> T:
        """Returns one of the options."""
        return options[self.below(len(options))]

    def some_of(self, options: Sequence[T], most: int) -> list[T]:
        """Returns up to `most` of the options, each once, in any order."""
        count = self.below(most + 1) if options else 0
        return list(dict.fromkeys(self.pick(options) for _ in range(count)))
