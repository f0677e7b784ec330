"""Exact amounts, written as text so that no reader rounds them."""

import re
from decimal import Decimal
from functools import lru_cache

from schema.shown import shown

DIGITS = 24
PLACES = 20
EXPECTED = f"a decimal such as 40000000000 or 12.5, up to {DIGITS} digits and {PLACES} places"

_DECIMAL = re.compile(rf"-?\d{{1,{DIGITS}}}(\.\d{{1,{PLACES}}})?", re.ASCII)


@lru_cache(maxsize=1024)
def canonical_decimal(text: str) -> str:
    """The one spelling of a decimal: no sign on zero, no zero that says nothing.

    Raises ValueError where `text` is no decimal, or has too many digits or places.
    """
    if not _DECIMAL.fullmatch(text):
        raise ValueError(f"{shown(text)} is not {EXPECTED}.")
    number = Decimal(text)
    plain = f"{number:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain if number else "0"
