"""What the evidence of a support comes to."""

from dataclasses import dataclass
from decimal import Decimal

from tests.oracle.data_sets.world import Evidence, Support


@dataclass(frozen=True)
class Assessment:
    """Evidence counted."""

    asserting: int
    denying: int
    questioning: int
    sources: int
    contested: bool
    best_credibility: int | None
    low: Decimal | None
    high: Decimal | None


def assessed(support: Support) -> Assessment:
    """The evidence of one support, counted."""
    asserting, denying, questioning = (
        [each for each in support.evidence if each.stance == stance]
        for stance in ("ASSERTS", "DENIES", "QUESTIONS")
    )
    grades = [each.statement.credibility for each in asserting]
    alike = [each.quantity for each in asserting if _in_the_unit_of(support, each)]
    lows = [each.value if each.low is None else each.low for each in alike]
    highs = [each.value if each.high is None else each.high for each in alike]
    return Assessment(
        asserting=len(asserting),
        denying=len(denying),
        questioning=len(questioning),
        sources=len({each.statement.source for each in support.evidence}),
        contested=bool(asserting) and bool(denying or questioning),
        best_credibility=min((grade for grade in grades if grade is not None), default=None),
        low=min((low for low in lows if low is not None), default=None),
        high=max((high for high in highs if high is not None), default=None),
    )


def _in_the_unit_of(support: Support, evidence: Evidence) -> bool:
    own, claimed = support.quantity, evidence.quantity
    return (own.unit, own.currency) == (claimed.unit, claimed.currency)
