"""How much: the columns that a support and a piece of evidence share."""

from sqlmodel import SQLModel

from schema.records import columns
from schema.vocabulary import UNITS


class Quantified(SQLModel):
    """An amount, or the range in which it lies, with its unit."""

    quantity_value: str | None = columns.decimal("The amount.", group="quantity", default=None)
    quantity_low: str | None = columns.decimal(
        "The least it can be.", group="quantity", default=None
    )
    quantity_high: str | None = columns.decimal(
        "The most it can be.", group="quantity", default=None
    )
    quantity_unit: str | None = columns.term(
        UNITS, "What is counted.", group="quantity", default=None
    )
    quantity_currency: str | None = columns.text(
        "The currency (ISO 4217) where the unit is CURRENCY.",
        limit=3,
        group="quantity",
        default=None,
    )
    quantity_estimated: bool | None = columns.boolean(
        "Whether whoever gave the amount called it an estimate.", group="quantity", default=None
    )
