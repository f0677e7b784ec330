"""Figures of several rounds, their ratios, and the targets for them."""

from dataclasses import dataclass
from statistics import median
from typing import NamedTuple


@dataclass(frozen=True)
class Figures:
    """One figure a round."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median."""
        return median(self.values)

    def over(self, other: "Figures") -> "Figures":
        """The ratio of each round: a disturbance of the machine affects both sides of a ratio."""
        return Figures(tuple(a / b for a, b in zip(self.values, other.values, strict=True)))


@dataclass(frozen=True)
class Target:
    """A lower or upper limit for a median."""

    limit: float
    unit: str = ""
    at_most: bool = False

    def reached_by(self, figures: Figures) -> bool:
        """Whether the median is within the limit."""
        if self.at_most:
            return figures.median <= self.limit
        return figures.median >= self.limit

    def __str__(self) -> str:
        """`at least 0.8`, `at most 50 MiB`."""
        bound = "at most" if self.at_most else "at least"
        return f"{bound} {self.limit:g} {self.unit}".rstrip()


@dataclass(frozen=True)
class Finding:
    """A figure and its target."""

    name: str
    figures: Figures
    target: Target

    @property
    def reached(self) -> bool:
        """Whether the figure reaches the target."""
        return self.target.reached_by(self.figures)


@dataclass(frozen=True)
class Rate:
    """The requests per second of one service under one workload."""

    workload: str
    service: str
    figures: Figures


class Outcome(NamedTuple):
    """The result of a comparison."""

    rates: list[Rate]
    findings: list[Finding]
