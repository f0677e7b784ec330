"""Values of the oracle: partial dates and exact amounts."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from edtf import parse_edtf


@dataclass(frozen=True)
class Date:
    """A year, a month or a day, unspecified or qualified."""

    text: str

    @property
    def earliest(self) -> str:
        """The first day it can mean."""
        return _days(self.text)[0]

    @property
    def latest(self) -> str:
        """The last day it can mean."""
        return _days(self.text)[1]


@cache
def _days(text: str) -> tuple[str, str]:
    """The date as the library parses it, which is slow."""
    date = parse_edtf(text)
    first, last = date.lower_strict(), date.upper_strict()
    return _iso(*first[:3]), _iso(*last[:3])


def _iso(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}-{day:02}"


def spelled(amount: Decimal) -> str:
    """Returns the canonical spelling of an amount: no exponent, no superfluous zeros."""
    text = f"{amount:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def snake_case(name: str) -> str:
    """`startedOn` -> `started_on`: a GraphQL name as Python spells it."""
    return re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", name)


def camel_case(name: str) -> str:
    """`started_on` -> `startedOn`: the way back."""
    return re.sub("_([a-z])", lambda letter: letter[1].upper(), name)
