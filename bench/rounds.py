"""Rounds: everything is measured once per round, so that load on the machine affects all."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bench import wrk
from bench.figures import Figures, Rate

Print = Callable[[str], None]


@dataclass(frozen=True)
class Rounds:
    """The number of rounds, the seconds per load, and a function that prints progress."""

    count: int
    seconds: int
    print: Print

    def run(self, title: str, once: Callable[[], Mapping[str, float]]) -> dict[str, Figures]:
        """Calls `once` in each round. Returns its figures by name."""
        values: defaultdict[str, list[float]] = defaultdict(list)
        for number in range(1, self.count + 1):
            measured = once()
            for name, value in measured.items():
                values[name].append(value)
            text = ", ".join(f"{name} {_text(value)}" for name, value in measured.items())
            self.print(f"{title}, round {number} of {self.count}: {text}")
        return {name: Figures(tuple(of)) for name, of in values.items()}

    def measure(self, workload: str, loads: Sequence[wrk.Load]) -> list[Rate]:
        """The rate of each load; `workload` is what the loads have in common."""
        figures = self.run(
            workload, lambda: {load.name: wrk.rate(load, self.seconds) for load in loads}
        )
        return [Rate(workload, name, of) for name, of in figures.items()]


def _text(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.2f}"
