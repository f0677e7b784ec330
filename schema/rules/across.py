"""What must hold between the fields of one record."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from schema.dates import partial_date
from schema.rows import Values
from schema.rules.forms import CODE_FORMS
from schema.rules.problem import Code, Problem
from schema.shown import shown

Rule = Callable[[Values], Iterator[Problem]]

AMOUNTS = ("quantity_value", "quantity_low", "quantity_high")


def ends_after_its_start(values: Values) -> Iterator[Problem]:
    """Only a certain contradiction counts: 2024 may well end after 2024-10 began."""
    start, end = values.get("started_on"), values.get("ended_on")
    if start and end and partial_date(end).latest < partial_date(start).earliest:
        yield Problem(
            ("endedOn",), Code.ENDS_BEFORE_START, f"It ends on {end}, before its start on {start}."
        )


def supports_another(values: Values) -> Iterator[Problem]:
    """Support passes from one actor to another, and is directed against a third."""
    supporter, recipient = values.get("supporter_id"), values.get("recipient_id")
    against = values.get("against_id")
    if supporter is not None and supporter == recipient:
        yield Problem(("recipient",), Code.SUPPORTS_ITSELF, "The supporter is its own recipient.")
    if against is not None and against in (supporter, recipient):
        role = "supporter" if against == supporter else "recipient"
        message = f"The support is directed against its own {role}."
        yield Problem(("against",), Code.AGAINST_ITSELF, message)


def repays_another(values: Values) -> Iterator[Problem]:
    """Support is given in return for other support."""
    repaid = values.get("in_return_for_id")
    if repaid is not None and repaid == values.get("id"):
        yield Problem(("inReturnFor",), Code.REPAYS_ITSELF, "The support repays itself.")


def belongs_to_another(values: Values) -> Iterator[Problem]:
    """A member and its organisation are two actors."""
    member = values.get("member_id")
    if member is not None and member == values.get("organisation_id"):
        yield Problem(
            ("organisation",), Code.BELONGS_TO_ITSELF, "The member is its own organisation."
        )


def money_has_a_currency(values: Values) -> Iterator[Problem]:
    """An amount of money is nothing without its currency, and a currency without an amount."""
    currency, unit = values.get("quantity_currency"), values.get("quantity_unit")
    at = ("quantity", "currency")
    if unit == "CURRENCY" and not currency:
        yield Problem(at, Code.UNIT_WITHOUT_CURRENCY, "The unit is CURRENCY; say which currency.")
    if currency and unit != "CURRENCY":
        yield Problem(
            at, Code.CURRENCY_WITHOUT_UNIT, f"With the currency {currency} the unit is CURRENCY."
        )
    if currency and not any(values.get(name) for name in AMOUNTS):
        yield Problem(
            at, Code.CURRENCY_WITHOUT_AMOUNT, f"There is a currency, {currency}, but no amount."
        )


def amounts_agree(values: Values) -> Iterator[Problem]:
    """The least is not above the most, and the amount lies between them."""
    value, low, high = (Decimal(values[n]) if values.get(n) else None for n in AMOUNTS)
    if low is not None and high is not None and low > high:
        message = f"The least, {low}, is more than the most, {high}."
        yield Problem(("quantity", "low"), Code.LOW_ABOVE_HIGH, message)
    elif value is not None and low is not None and value < low:
        message = f"{value} is less than the least it can be, {low}."
        yield Problem(("quantity", "value"), Code.OUTSIDE_RANGE, message)
    elif value is not None and high is not None and value > high:
        message = f"{value} is more than the most it can be, {high}."
        yield Problem(("quantity", "value"), Code.OUTSIDE_RANGE, message)


def code_is_of_its_scheme(values: Values) -> Iterator[Problem]:
    """Each scheme has codes of one form: a number of COW is no pair of letters."""
    scheme, value = values.get("scheme", ""), values.get("value", "")
    form = CODE_FORMS.get(scheme)
    if form and not form.fullmatch(value):
        message = f"{shown(value)} is no code of {scheme}; one matches {form.pattern}."
        yield Problem(("value",), Code.BAD_CODE, message)


# Each rule is for the records that have the column it begins with.
RULES: tuple[tuple[str, Rule], ...] = (
    ("ended_on", ends_after_its_start),
    ("supporter_id", supports_another),
    ("in_return_for_id", repays_another),
    ("scheme", code_is_of_its_scheme),
    ("member_id", belongs_to_another),
    ("quantity_currency", money_has_a_currency),
    ("quantity_value", amounts_agree),
)
