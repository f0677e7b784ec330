"""Rules between the fields of one record."""

from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from typing import Any

from schema.rows import Values
from schema.rules.forms import CODE_FORMS
from schema.rules.problem import Code, Problem
from schema.values.dates import partial_date
from schema.values.shown import shown

Rule = Callable[[Values], Iterator[Problem]]


def ends_after_its_start(values: Values) -> Iterator[Problem]:
    """Checks that the end is not before the start.

    Only a certain contradiction is a problem: 2024 may end after 2024-10 began.
    """
    start, end = values.get("started_on"), values.get("ended_on")
    if start and end and partial_date(end).latest < partial_date(start).earliest:
        yield Problem(
            ("endedOn",), Code.ENDS_BEFORE_START, f"It ends on {end}, before its start on {start}."
        )


def supports_another(values: Values) -> Iterator[Problem]:
    """Checks that supporter, recipient and the actor it is directed against are different."""
    supporter, recipient = values.get("supporter_id"), values.get("recipient_id")
    against = values.get("against_id")
    if supporter is not None and supporter == recipient:
        yield Problem(("recipient",), Code.SUPPORTS_ITSELF, "The supporter is its own recipient.")
    if against is not None and against in (supporter, recipient):
        role = "supporter" if against == supporter else "recipient"
        message = f"The support is directed against its own {role}."
        yield Problem(("against",), Code.AGAINST_ITSELF, message)


def repays_another(values: Values) -> Iterator[Problem]:
    """Checks that a support is not given in return for itself."""
    repaid = values.get("in_return_for_id")
    if repaid is not None and repaid == values.get("id"):
        yield Problem(("inReturnFor",), Code.REPAYS_ITSELF, "The support repays itself.")


def belongs_to_another(values: Values) -> Iterator[Problem]:
    """Checks that the member and its organisation are different actors."""
    member = values.get("member_id")
    if member is not None and member == values.get("organisation_id"):
        yield Problem(
            ("organisation",), Code.BELONGS_TO_ITSELF, "The member is its own organisation."
        )


def corrects_another(values: Values) -> Iterator[Problem]:
    """Checks that a statement does not correct itself."""
    corrected = values.get("corrects_id")
    if corrected is not None and corrected == values.get("id"):
        yield Problem(("corrects",), Code.CORRECTS_ITSELF, "The statement corrects itself.")


def succeeds_another(values: Values) -> Iterator[Problem]:
    """Checks that the predecessor and the successor are different actors."""
    predecessor = values.get("predecessor_id")
    if predecessor is not None and predecessor == values.get("successor_id"):
        yield Problem(("successor",), Code.SUCCEEDS_ITSELF, "The successor is its own predecessor.")


def looks_at_two(values: Values) -> Iterator[Problem]:
    """Checks that the actor and its counterpart are different actors."""
    counterpart = values.get("counterpart_id")
    if counterpart is not None and counterpart == values.get("actor_id"):
        message = "The actor is its own counterpart."
        yield Problem(("counterpart",), Code.COUNTERPART_OF_ITSELF, message)


def is_part_of_another(values: Values) -> Iterator[Problem]:
    """Checks that a data set is not a part of itself."""
    whole = values.get("part_of_id")
    if whole is not None and whole == values.get("id"):
        yield Problem(("partOf",), Code.PART_OF_ITSELF, "The data set is a part of itself.")


def covers_a_period(values: Values) -> Iterator[Problem]:
    """Checks that coverage does not end before it starts, as for the end of a support."""
    start, end = values.get("covers_from"), values.get("covers_until")
    if start and end and partial_date(end).latest < partial_date(start).earliest:
        yield Problem(
            ("coversUntil",),
            Code.ENDS_BEFORE_START,
            f"It ends on {end}, before its start on {start}.",
        )


def attribution_agrees(values: Values) -> Iterator[Problem]:
    """Checks that a support has a supporter if and only if its attribution is CERTAIN.

    Only the attribution SOME_OF allows `candidatesAtLeast`, which must be at least 1.
    """
    attribution = values.get("attribution", "CERTAIN")
    at_least = values.get("candidates_at_least")
    is_known = values.get("supporter_id") is not None
    if attribution == "CERTAIN" and not is_known:
        yield Problem(
            ("supporter",),
            Code.ATTRIBUTION,
            "Give the supporter, or set `attribution` to SOME_OF or UNKNOWN.",
        )
    if attribution != "CERTAIN" and is_known:
        yield Problem(
            ("supporter",),
            Code.ATTRIBUTION,
            f"With the attribution {attribution} there is no supporter.",
        )
    if attribution != "SOME_OF" and at_least is not None:
        yield Problem(
            ("candidatesAtLeast",),
            Code.ATTRIBUTION,
            f"With the attribution {attribution} there are no candidates.",
        )
    if at_least is not None and at_least < 1:
        yield Problem(
            ("candidatesAtLeast",),
            Code.ATTRIBUTION,
            f"At least one of the candidates gives the support, not {at_least}.",
        )


def candidates_agree(values: Values, candidates: Collection[Any]) -> Iterator[Problem]:
    """Checks the candidates against the attribution, their least number and the other roles."""
    attribution = values.get("attribution", "CERTAIN")
    at_least = values.get("candidates_at_least")
    at, count = ("candidates",), len(candidates)
    if count and values.get("recipient_id") in candidates:
        yield Problem(at, Code.SUPPORTS_ITSELF, "The recipient is one of the candidates.")
    if count and values.get("against_id") in candidates:
        message = "The support is directed against one of the candidates."
        yield Problem(at, Code.AGAINST_ITSELF, message)
    if attribution != "SOME_OF" and count:
        message = f"With the attribution {attribution} there are no candidates."
        yield Problem(at, Code.ATTRIBUTION, message)
    elif attribution == "SOME_OF" and count < LEAST_CANDIDATES:
        message = f"With the attribution SOME_OF there are at least {LEAST_CANDIDATES} candidates."
        yield Problem(at, Code.ATTRIBUTION, message)
    elif at_least is not None and at_least >= count:
        message = f"`candidatesAtLeast` is {at_least}; it must be less than the {count} candidates."
        yield Problem(("candidatesAtLeast",), Code.ATTRIBUTION, message)


# A single candidate would be certain, and so the supporter.
LEAST_CANDIDATES = 2


def money_has_a_currency(values: Values) -> Iterator[Problem]:
    """Checks that the worth, its unit and its currency agree.

    An amount needs a unit, the unit CURRENCY needs a currency, and a currency needs an amount and
    that unit.
    """
    currency, unit = values.get("worth_currency"), values.get("worth_unit")
    has_amount = any(values.get(name) for name in _amounts("worth"))
    at = ("worth", "currency")
    if has_amount and not unit and not currency:
        yield Problem(
            ("worth", "unit"), Code.AMOUNT_WITHOUT_UNIT, "Give the unit: CURRENCY or TIV."
        )
    if unit == "CURRENCY" and not currency:
        yield Problem(at, Code.UNIT_WITHOUT_CURRENCY, "The unit is CURRENCY; say which currency.")
    if currency and unit != "CURRENCY":
        yield Problem(
            at, Code.CURRENCY_WITHOUT_UNIT, f"With the currency {currency} the unit is CURRENCY."
        )
    if currency and not has_amount:
        yield Problem(
            at, Code.CURRENCY_WITHOUT_AMOUNT, f"There is a currency, {currency}, but no amount."
        )


def quantity_agrees(values: Values) -> Iterator[Problem]:
    """Checks the bounds of the quantity."""
    yield from _amounts_agree(values, "quantity")


def worth_agrees(values: Values) -> Iterator[Problem]:
    """Checks the bounds of the worth."""
    yield from _amounts_agree(values, "worth")


def _amounts(group: str) -> tuple[str, str, str]:
    return f"{group}_value", f"{group}_low", f"{group}_high"


def _amounts_agree(values: Values, group: str) -> Iterator[Problem]:
    """Checks that the lower bound is not above the upper one, and the value is between them."""
    value, low, high = (Decimal(values[n]) if values.get(n) else None for n in _amounts(group))
    if low is not None and high is not None and low > high:
        message = f"The least, {low:f}, is more than the most, {high:f}."
        yield Problem((group, "low"), Code.LOW_ABOVE_HIGH, message)
    elif value is not None and low is not None and value < low:
        message = f"{value:f} is less than the least it can be, {low:f}."
        yield Problem((group, "value"), Code.OUTSIDE_RANGE, message)
    elif value is not None and high is not None and value > high:
        message = f"{value:f} is more than the most it can be, {high:f}."
        yield Problem((group, "value"), Code.OUTSIDE_RANGE, message)


def code_is_of_its_scheme(values: Values) -> Iterator[Problem]:
    """Checks the form of the code: a COW number, for example, is not a pair of letters."""
    scheme, value = values.get("scheme", ""), values.get("value", "")
    form = CODE_FORMS.get(scheme)
    if form and not form.fullmatch(value):
        message = f"{shown(value)} is not a code of {scheme}; its codes match {form.pattern}."
        yield Problem(("value",), Code.BAD_CODE, message)


# Each rule applies to the records that have the column.
RULES: tuple[tuple[str, Rule], ...] = (
    ("ended_on", ends_after_its_start),
    ("supporter_id", supports_another),
    ("in_return_for_id", repays_another),
    ("scheme", code_is_of_its_scheme),
    ("member_id", belongs_to_another),
    ("corrects_id", corrects_another),
    ("predecessor_id", succeeds_another),
    ("counterpart_id", looks_at_two),
    ("part_of_id", is_part_of_another),
    ("covers_until", covers_a_period),
    ("attribution", attribution_agrees),
    ("worth_currency", money_has_a_currency),
    ("quantity_value", quantity_agrees),
    ("worth_value", worth_agrees),
)
