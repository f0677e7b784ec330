"""Numbers and years as files write them: exact, with separators of thousands."""

import re
from decimal import Decimal, InvalidOperation

from schema.decimals import DIGITS, PLACES, canonical_decimal

_BLANKS = "\u00a0\u202f\u2009 '_"
_SPACES = str.maketrans("", "", _BLANKS)
# 1 234 567.89: between whole groups of three only.
_SPACED = re.compile(
    rf"[-+]?[{_BLANKS}]*[1-9]\d{{0,2}}(?:[{_BLANKS}]\d{{3}})*(?:[.,][^{_BLANKS}]*)?", re.ASCII
)
# 1,234,567.89: only whole groups of three, and no 0,500, so that a decimal comma is not taken for
# one.
_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_PLAIN = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?", re.ASCII)
# Of what must be whole, this is either 1, or a thousand with a point.
_MAY_BE_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}\.000", re.ASCII)
# Ids and counts of things are far below, and what is above is a slip.
_WHOLE_DIGITS_MOST = 18
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)


def ungrouped(text: str) -> str:
    """A number without the blanks that separate its thousands. Other text stays as it is."""
    plain = text.strip()
    return plain.translate(_SPACES) if _SPACED.fullmatch(plain) else plain


def amount(text: str) -> Decimal:
    """An exact number with a decimal point. Raises ValueError for what is none."""
    plain = ungrouped(text)
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _PLAIN.fullmatch(plain):
        raise ValueError(f"{text!r} is not a number such as 1234.5 or 1,234.5")
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise ValueError(f"{text!r} is not a number") from None


def held(value: Decimal) -> Decimal:
    """The number, if a record can hold it. Raises ValueError for one of too many digits."""
    try:
        canonical_decimal(written(value))
    except ValueError:
        message = f"{value} has more than {DIGITS} digits before the point or {PLACES} behind it"
        raise ValueError(message) from None
    return value


def whole(text: str) -> int:
    """A whole number, which a file may also write as `1979.0`."""
    if text.isascii() and text.isdigit() and len(text) <= _WHOLE_DIGITS_MOST:
        return int(text)
    value = amount(text)
    if value != value.to_integral_value() or _MAY_BE_THOUSANDS.fullmatch(text.strip()):
        raise ValueError(f"{text!r} is not a whole number")
    if value.adjusted() >= _WHOLE_DIGITS_MOST:
        raise ValueError(f"{text!r} has more than {_WHOLE_DIGITS_MOST} digits")
    return int(value)


def year(text: str) -> int:
    """A year of four digits."""
    plain = text.strip().removesuffix(".0")
    if not _YEAR.fullmatch(plain):
        raise ValueError(f"{text!r} is not a year")
    return int(plain)


def written(value: Decimal) -> str:
    """The spelling that records have: no exponent, and no zero that says nothing."""
    plain = f"{value:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain if value else "0"
