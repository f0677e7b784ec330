"""The SQL function `decimal_sum`: SQLite's own `sum` rounds what is no integer of 64 bits."""

from decimal import Context, Decimal
from typing import Any

import apsw

from schema.decimals import DIGITS, PLACES

# As many digits as the sum of 10^20 amounts can have.
_EXACT = Context(prec=DIGITS + PLACES + 20)


class _DecimalSum:
    """The sum of the amounts of one group."""

    __slots__ = ("total",)

    def __init__(self) -> None:
        self.total: Decimal | None = None

    def step(self, *amounts: Any) -> None:
        """Adds one amount; null counts as none."""
        (amount,) = amounts
        if amount is not None:
            self.total = _EXACT.add(self.total or _ZERO, Decimal(amount))

    def final(self) -> str | None:
        """The sum in its canonical form; null without an amount."""
        if self.total is None:
            return None
        text = f"{self.total:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text if self.total else "0"


_ZERO = Decimal(0)


def _new_sum() -> Any:
    return _DecimalSum()


def add_decimal_sum(connection: apsw.Connection) -> None:
    """Adds the function to a connection."""
    connection.create_aggregate_function("decimal_sum", _new_sum, 1)
