"""Parses and formats numbers and years as files write them: exact, with thousands separators."""

import re
from decimal import Decimal, InvalidOperation

from schema.values.decimals import DIGITS, PLACES, canonical_decimal

_BLANKS = "\u00a0\u202f\u2009 '_"
_SPACES = str.maketrans("", "", _BLANKS)
# 1 234 567.89: blanks only between whole groups of three digits.
_SPACED = re.compile(
    rf"[-+]?[{_BLANKS}]*[1-9]\d{{0,2}}(?:[{_BLANKS}]\d{{3}})*(?:[.,][^{_BLANKS}]*)?", re.ASCII
)
# 1,234,567.89: whole groups of three digits, and no leading zero as in 0,500, so that a decimal
# comma is not read as a thousands separator.
_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_PLAIN = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?", re.ASCII)
# Ambiguous for a whole number: 1.000 is either 1 or one thousand.
_MAY_BE_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}\.000", re.ASCII)
# Ids and counts have far fewer digits, so a longer number is an error.
_WHOLE_DIGITS_MOST = 18
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)


def ungrouped(text: str) -> str:
    """Returns a number without blanks as thousands separators, or any other text stripped."""
    plain = text.strip()
    return plain.translate(_SPACES) if _SPACED.fullmatch(plain) else plain


def amount(text: str) -> Decimal:
    """Returns an exact number with a decimal point. Raises ValueError for other text."""
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
    """Returns the number unchanged. Raises ValueError if it has too many digits for a record."""
    try:
        canonical_decimal(written(value))
    except ValueError:
        message = f"{value} has more than {DIGITS} digits before the point or {PLACES} behind it"
        raise ValueError(message) from None
    return value


def whole(text: str) -> int:
    """Returns a whole number, which a file may also write as `1979.0`. Raises ValueError."""
    if text.isascii() and text.isdigit() and len(text) <= _WHOLE_DIGITS_MOST:
        return int(text)
    value = amount(text)
    if value != value.to_integral_value() or _MAY_BE_THOUSANDS.fullmatch(text.strip()):
        raise ValueError(f"{text!r} is not a whole number")
    if value.adjusted() >= _WHOLE_DIGITS_MOST:
        raise ValueError(f"{text!r} has more than {_WHOLE_DIGITS_MOST} digits")
    return int(value)


def year(text: str) -> int:
    """Returns a year of four digits. Raises ValueError for any other text."""
    plain = text.strip().removesuffix(".0")
    if not _YEAR.fullmatch(plain):
        raise ValueError(f"{text!r} is not a year")
    return int(plain)


def written(value: Decimal) -> str:
    """Returns the canonical spelling: no exponent, and no trailing zeros behind the point."""
    plain = f"{value:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain if value else "0"
