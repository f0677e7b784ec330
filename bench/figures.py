"""Figures of several rounds, ratios between them, and what they have to reach."""

from dataclasses import dataclass
from statistics import median
from typing import NamedTuple


@dataclass(frozen=True)
class Figures:
    """One figure a round."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The one in the middle."""
        return median(self.values)

    def over(self, other: "Figures") -> "Figures":
        """Round by round: what disturbs a machine for a while disturbs both sides of a ratio."""
        return Figures(tuple(a / b for a, b in zip(self.values, other.values, strict=True)))


@dataclass(frozen=True)
class Target:
    """What a median has to reach, or to stay under."""

    limit: float
    unit: str = ""
    at_most: bool = False

    def reached_by(self, figures: Figures) -> bool:
        """Whether the median is on the right side."""
        if self.at_most:
            return figures.median <= self.limit
        return figures.median >= self.limit

    def __str__(self) -> str:
        """In words."""
        words = "at most" if self.at_most else "at least"
        return f"{words} {self.limit:g} {self.unit}".rstrip()


@dataclass(frozen=True)
class Finding:
    """A figure beside its target."""

    name: str
    figures: Figures
    target: Target

    @property
    def reached(self) -> bool:
        """Whether the target is."""
        return self.target.reached_by(self.figures)


@dataclass(frozen=True)
class Rate:
    """How many requests a second somebody answered at one work."""

    work: str
    name: str
    figures: Figures


class Found(NamedTuple):
    """What a comparison comes to."""

    rates: list[Rate]
    findings: list[Finding]
