"""The assessment of a support, computed from its evidence."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from tests.oracle.data_sets.world import Evidence, Group, Statement, Support


@dataclass(frozen=True)
class Assessment:
    """Counts of evidence, without that of statements which later ones correct."""

    asserting: int
    denying: int
    questioning: int
    withdrawn: int
    sources: int
    independent_sources: int
    contested: bool
    best_credibility: int | None
    worst_credibility: int | None
    best_reliability: str | None
    worst_reliability: str | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    worth_low: Decimal | None
    worth_high: Decimal | None
    worth_unit: str | None
    worth_currency: str | None


def assessed(support: Support) -> Assessment:
    """Counts the evidence of one support."""
    valid = [each for each in support.evidence if not each.statement.corrected_by]
    asserting, denying, questioning = (
        [each for each in valid if each.stance == stance]
        for stance in ("ASSERTS", "DENIES", "QUESTIONS")
    )
    grades = [each.statement.credibility for each in asserting]
    letters = [each.statement.source.reliability for each in asserting]
    low, high, (unit, _) = _range(support, asserting, lambda each: each.quantity)
    worth_low, worth_high, worth_unit = _range(support, asserting, lambda each: each.worth)
    return Assessment(
        asserting=len(asserting),
        denying=len(denying),
        questioning=len(questioning),
        withdrawn=len(support.evidence) - len(valid),
        sources=len({each.statement.source for each in valid}),
        independent_sources=_independent({each.statement for each in valid}),
        contested=bool(asserting) and bool(denying or questioning),
        best_credibility=min((grade for grade in grades if grade is not None), default=None),
        worst_credibility=max((each for each in grades if each not in (None, 6)), default=None),
        best_reliability=min((letter for letter in letters if letter), default=None),
        worst_reliability=max((each for each in letters if each not in (None, "F")), default=None),
        low=low,
        high=high,
        unit=unit,
        worth_low=worth_low,
        worth_high=worth_high,
        worth_unit=worth_unit[0],
        worth_currency=worth_unit[1],
    )


def _independent(statements: set[Statement]) -> int:
    """Returns the number of independent statements.

    Later statements of the same source or publisher do not count, nor do later copies.
    """
    said = sorted(statements, key=lambda each: each.row)
    return sum(
        not any(_is_from_one_hand(earlier, each) for earlier in said[:place])
        for place, each in enumerate(said)
    )


def _is_from_one_hand(one: Statement, other: Statement) -> bool:
    publishers = {one.source.publisher, other.source.publisher}
    is_copy = (one.speaker, one.text) == (other.speaker, other.text)
    same_day = getattr(one.said_on, "text", None) == getattr(other.said_on, "text", None)
    return (
        one.source is other.source
        or (len(publishers) == 1 and None not in publishers)
        or (is_copy and same_day)
    )


_Unit = tuple[str | None, str | None]
_Range = tuple[Decimal | None, Decimal | None, _Unit]


def _range(
    support: Support,
    asserting: list[Evidence],
    group_of: Callable[[Support | Evidence], Group],
) -> _Range:
    """Returns the lowest and highest claim in the unit of the support, or in that of all claims."""
    claims = [group_of(each) for each in asserting]
    claims = [each for each in claims if {each.value, each.low, each.high} != {None}]
    units = {_unit(each) for each in claims}
    own = _unit(group_of(support))
    shared = units.pop() if len(units) == 1 else (None, None)
    unit = shared if own[0] is None else own
    alike = [each for each in claims if _unit(each) == unit]
    lows = [each.value if each.low is None else each.low for each in alike]
    highs = [each.value if each.high is None else each.high for each in alike]
    low = min((low for low in lows if low is not None), default=None)
    return low, max((high for high in highs if high is not None), default=None), unit


def _unit(group: Group) -> _Unit:
    return group.unit, getattr(group, "currency", None)
