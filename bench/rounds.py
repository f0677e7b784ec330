"""Rounds: everything is measured once a round, so that all meet the same hour of the machine."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bench import wrk
from bench.figures import Figures, Rate

Say = Callable[[str], None]


@dataclass(frozen=True)
class Rounds:
    """How often each is measured, each load for how long, and who is told about it."""

    count: int
    seconds: int
    say: Say

    def run(self, work: str, once: Callable[[], Mapping[str, float]]) -> dict[str, Figures]:
        """What is found each time, by name."""
        values: defaultdict[str, list[float]] = defaultdict(list)
        for number in range(1, self.count + 1):
            found = once()
            for name, value in found.items():
                values[name].append(value)
            said = ", ".join(f"{name} {_in_words(value)}" for name, value in found.items())
            self.say(f"{work}, round {number} of {self.count}: {said}")
        return {name: Figures(tuple(of)) for name, of in values.items()}

    def measure(self, work: str, loads: Sequence[wrk.Load]) -> list[Rate]:
        """The rate of each load."""
        figures = self.run(
            work, lambda: {load.name: wrk.rate(load, self.seconds) for load in loads}
        )
        return [Rate(work, name, of) for name, of in figures.items()]


def _in_words(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.2f}"
