"""Reads the unit of amounts: a unit of quantity, the trend-indicator value, or a currency."""

from functools import partial

from schema.analysis.position import TIV
from schema.values.shown import shown
from schema.vocabulary import UNITS
from service import plan
from service.errors import BadInput
from service.planning.arguments import Argument
from service.planning.network import read_currency


def amount_unit(name: str, unit: Argument) -> plan.AmountUnit:
    """Returns the unit in an argument of this name, as parameters."""
    parts = (plan.Parameter(unit, partial(_read_unit, name, part)) for part in range(3))
    return plan.AmountUnit(*parts)


def _read_unit(name: str, part: int, code: str) -> str:
    """Returns a part of a unit: of quantity, of worth, or the currency of worth.

    Raises BadInput.
    """
    if code in UNITS.codes:
        parts = (code, "", "")
    elif code == TIV:
        parts = ("", code, "")
    else:
        parts = ("", "CURRENCY", _read_currency(name, code))
    return parts[part]


def _read_currency(name: str, code: str) -> str:
    try:
        return read_currency(code)
    except BadInput:
        raise BadInput(
            f"`{name}`: unknown unit {shown(code)}; use one of {', '.join(UNITS.codes)}, {TIV}, or"
            " the ISO 4217 code of a currency, such as EUR."
        ) from None
