"""The columns of a quantity, shared by supports and evidence."""

from sqlmodel import SQLModel

from schema.records import columns
from schema.vocabulary import UNITS


class Quantified(SQLModel):
    """An amount or a range, with its unit."""

    quantity_value: str | None = columns.decimal(
        "Amount, as an exact decimal in a string.", group="quantity", default=None
    )
    quantity_low: str | None = columns.decimal(
        "Lower bound of the amount, as an exact decimal in a string.",
        group="quantity",
        default=None,
    )
    quantity_high: str | None = columns.decimal(
        "Upper bound of the amount, as an exact decimal in a string.",
        group="quantity",
        default=None,
    )
    quantity_unit: str | None = columns.term(
        UNITS, "Unit of the amount and of its bounds.", group="quantity", default=None
    )
    quantity_currency: str | None = columns.text(
        "ISO 4217 code of the currency, such as EUR. Required if the unit is CURRENCY.",
        limit=3,
        group="quantity",
        default=None,
    )
    quantity_estimated: bool | None = columns.boolean(
        "Whether the source of the amount calls it an estimate.", group="quantity", default=None
    )
