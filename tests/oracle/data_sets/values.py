"""Values as the oracle holds them: dates that may lack their day, and exact amounts."""

import calendar
import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Date:
    """A year, a month or a day."""

    text: str

    @property
    def earliest(self) -> str:
        """The first day it can mean."""
        return {4: f"{self.text}-01-01", 7: f"{self.text}-01"}.get(len(self.text), self.text)

    @property
    def latest(self) -> str:
        """The last day it can mean."""
        if len(self.text) == 4:
            return f"{self.text}-12-31"
        if len(self.text) == 7:
            year, month = map(int, self.text.split("-"))
            return f"{self.text}-{calendar.monthrange(year, month)[1]}"
        return self.text


def spelled(amount: Decimal) -> str:
    """The one spelling of an amount: no exponent, no zero that says nothing."""
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
