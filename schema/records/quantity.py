"""The columns of a quantity and of a worth, shared by supports and evidence."""

from sqlmodel import SQLModel

from schema.records import columns
from schema.vocabulary import UNITS, WORTH_UNITS


class Quantified(SQLModel):
    """How much of what, and how much it is worth: each an amount or a range, with its unit."""

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
    quantity_estimated: bool | None = columns.boolean(
        "Whether the source of the amount calls it an estimate.", group="quantity", default=None
    )
    worth_value: str | None = columns.decimal(
        "Worth, as an exact decimal in a string.", group="worth", default=None
    )
    worth_low: str | None = columns.decimal(
        "Lower bound of the worth, as an exact decimal in a string.", group="worth", default=None
    )
    worth_high: str | None = columns.decimal(
        "Upper bound of the worth, as an exact decimal in a string.", group="worth", default=None
    )
    worth_unit: str | None = columns.term(
        WORTH_UNITS, "Unit of the worth and of its bounds.", group="worth", default=None
    )
    worth_currency: str | None = columns.text(
        "ISO 4217 code of the currency, such as EUR. Required if the unit is CURRENCY.",
        limit=3,
        group="worth",
        default=None,
    )
    worth_estimated: bool | None = columns.boolean(
        "Whether the source of the worth calls it an estimate.", group="worth", default=None
    )
