"""The columns of a quantity and of a worth, shared by supports and evidence."""

from sqlmodel import SQLModel

from schema.records import columns
from schema.vocabulary import UNITS, WORTH_UNITS

QUANTITY = columns.ColumnGroup("quantity", "Amount or range of things or people, with its unit.")
WORTH = columns.ColumnGroup(
    "worth", "Amount or range of money or of another measure of value, with its unit."
)


class Quantified(SQLModel):
    """How much of what, and how much it is worth: each an amount or a range, with its unit."""

    quantity_value: str | None = columns.decimal(
        "Amount, as an exact decimal in a string.", group=QUANTITY, default=None
    )
    quantity_low: str | None = columns.decimal(
        "Lower bound of the amount, as an exact decimal in a string.",
        group=QUANTITY,
        default=None,
    )
    quantity_high: str | None = columns.decimal(
        "Upper bound of the amount, as an exact decimal in a string.",
        group=QUANTITY,
        default=None,
    )
    quantity_unit: str | None = columns.term(
        UNITS, "Unit of the amount and of its bounds.", group=QUANTITY, default=None
    )
    quantity_estimated: bool | None = columns.boolean(
        "Whether the source of the amount calls it an estimate.", group=QUANTITY, default=None
    )
    worth_value: str | None = columns.decimal(
        "Worth, as an exact decimal in a string.", group=WORTH, default=None
    )
    worth_low: str | None = columns.decimal(
        "Lower bound of the worth, as an exact decimal in a string.", group=WORTH, default=None
    )
    worth_high: str | None = columns.decimal(
        "Upper bound of the worth, as an exact decimal in a string.", group=WORTH, default=None
    )
    worth_unit: str | None = columns.term(
        WORTH_UNITS, "Unit of the worth and of its bounds.", group=WORTH, default=None
    )
    worth_currency: str | None = columns.text(
        "ISO 4217 code of the currency, such as EUR. Required if the unit is CURRENCY.",
        limit=3,
        group=WORTH,
        default=None,
    )
    worth_estimated: bool | None = columns.boolean(
        "Whether the source of the worth calls it an estimate.", group=WORTH, default=None
    )
