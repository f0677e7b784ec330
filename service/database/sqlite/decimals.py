"""SQL functions for exact decimals: SQLite's `sum` rounds all but 64-bit integers."""

from decimal import Context, Decimal
from fractions import Fraction
from math import floor
from typing import Any

import apsw

from schema.analysis.position import PLACES as PLACES_OF_SHARES
from schema.values.decimals import DIGITS, PLACES

# The number of digits that the sum of 10^20 amounts can have.
_EXACT = Context(prec=DIGITS + PLACES + 20)


class _DecimalSum:
    """The sum of the amounts of one group."""

    __slots__ = ("total",)

    def __init__(self) -> None:
        self.total: Decimal | None = None

    def step(self, *amounts: Any) -> None:
        """Adds one amount; skips null."""
        (amount,) = amounts
        if amount is not None:
            self.total = _EXACT.add(self.total or _ZERO, Decimal(amount))

    def final(self) -> str | None:
        """The sum in its canonical form; null without an amount."""
        return None if self.total is None else _canonical(self.total)


class _SumOfSquaredShares:
    """The sum of the squared shares of the amounts of one group."""

    __slots__ = ("squares", "total")

    def __init__(self) -> None:
        self.total = self.squares = Fraction(0)

    def step(self, *amounts: Any) -> None:
        """Adds one amount; skips null."""
        (amount,) = amounts
        if amount is not None:
            exact = Fraction(amount)
            self.total += exact
            self.squares += exact * exact

    def final(self) -> str | None:
        """The sum, rounded; null unless the total is positive."""
        return _rounded(self.squares, self.total * self.total)


_ZERO = Decimal(0)


def _canonical(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if number else "0"


def _decimal_share(*amounts: Any) -> str | None:
    """A part of a whole, rounded; null unless the whole is positive."""
    part, whole = amounts
    return None if part is None or whole is None else _rounded(Fraction(part), Fraction(whole))


def _rounded(part: Fraction, whole: Fraction) -> str | None:
    """`part / whole`, rounded half up as in PostgreSQL; None unless `whole` is positive."""
    if whole <= 0:
        return None
    digits = floor(part / whole * 10**PLACES_OF_SHARES + Fraction(1, 2))
    return _canonical(Decimal(digits).scaleb(-PLACES_OF_SHARES))


def add_decimal_functions(connection: apsw.Connection) -> None:
    """Adds the functions to a connection."""
    connection.create_aggregate_function("decimal_sum", lambda: _DecimalSum(), 1)
    connection.create_aggregate_function("sum_of_squared_shares", lambda: _SumOfSquaredShares(), 1)
    connection.create_scalar_function("decimal_share", _decimal_share, 2, deterministic=True)
