"""What amounts are of."""

from dataclasses import dataclass

from service.plan.values import Parameter


@dataclass(frozen=True, slots=True)
class AmountUnit:
    """The unit of a quantity, or the unit and the currency of a worth.

    Each is the empty text if the unit is of the other sort.
    """

    quantity: Parameter
    worth: Parameter
    currency: Parameter
