"""The unit of amounts."""

from dataclasses import dataclass

from service.plan.values import Parameter


@dataclass(frozen=True, slots=True)
class AmountUnit:
    """The unit of a quantity, or the unit and the currency of a worth.

    The parts of the other kind are the empty text.
    """

    quantity: Parameter
    worth: Parameter
    currency: Parameter
