"""Exact amounts as text, so that no reader rounds them."""

import re
from decimal import Decimal
from functools import lru_cache

from schema.values.shown import shown

DIGITS = 24
PLACES = 20
EXPECTED = f"a decimal such as 40000000000 or 12.5, up to {DIGITS} digits and {PLACES} places"

_DECIMAL = re.compile(rf"-?\d{{1,{DIGITS}}}(\.\d{{1,{PLACES}}})?", re.ASCII)


@lru_cache(maxsize=1024)
def canonical_decimal(text: str) -> str:
    """Returns the canonical spelling: no sign on zero, no superfluous zeros.

    Raises ValueError for text that is no decimal, or has too many digits or places.
    """
    if not _DECIMAL.fullmatch(text):
        raise ValueError(f"{shown(text)} is not {EXPECTED}.")
    number = Decimal(text)
    plain = f"{number:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain if number else "0"


# Replaces digits in the key of a negative amount, so that the greater magnitude sorts first.
_COMPLEMENT = str.maketrans("0123456789", "jihgfedcba")


def magnitude(canonical: str) -> str:
    """Returns a text whose order among such texts is the exact order of the amounts.

    It has the number of digits before the point, in two digits, and then the amount as it is
    written. The database computes the same (`schema/records/derived.py`); an unknown amount has the
    empty text.
    """
    digits = canonical.removeprefix("-")
    key = f"{len(digits.partition('.')[0]):02}{digits}"
    return f"-{key.translate(_COMPLEMENT)}~" if canonical.startswith("-") else key
