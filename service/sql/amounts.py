"""The amount of a support in one unit, in SQL."""

from typing import Any

from sqlalchemy import and_, case, func, null

from service import plan
from service.sql.binding import Binding
from service.sql.dialect import Expression
from service.sql.texts import own_text


def amount_in(binding: Binding, unit: plan.AmountUnit, table: Any) -> Expression:
    """The amount in the given unit; null if the amount is unknown or has another unit."""
    quantity, worth, currency = (
        binding.parameter(part, table.c.worth_currency.type)
        for part in (unit.quantity, unit.worth, unit.currency)
    )
    its_currency = func.coalesce(table.c.worth_currency, own_text(""))
    is_worth = and_(table.c.worth_unit == worth, its_currency == currency)
    return case(
        (table.c.quantity_unit == quantity, table.c.quantity_value),
        (is_worth, table.c.worth_value),
        else_=null(),
    )
