"""Totals: groups of supports, and the members of each group."""

from dataclasses import dataclass

from service.plan.conditions import Condition
from service.plan.pages import OrderKey, Page, PageMember, TypeName
from service.plan.selections import One, Value
from service.plan.values import Parameter


@dataclass(frozen=True, slots=True)
class TotalFact:
    """One value of a group or of its sums, by its GraphQL name: year, supports, value."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class AmountTotals:
    """The sums of the amounts of a group of columns, such as `quantity`."""

    key: str
    amount: str
    members: tuple[TypeName | TotalFact, ...]


@dataclass(frozen=True, slots=True)
class PartTotals:
    """The numbers and sums of the certain or of the possible supports of a group."""

    key: str
    part: str
    members: tuple[TypeName | TotalFact | AmountTotals, ...]


@dataclass(frozen=True, slots=True)
class NotGrouped:
    """A value that groups do not have, because the supports are not grouped by it; null."""

    key: str


TotalMember = TypeName | Value | One | TotalFact | PartTotals | NotGrouped


@dataclass(frozen=True, slots=True)
class TotalKey:
    """A sort key of groups only: a value of the group, or a number or sum of a part."""

    part: str | None
    amount: str | None
    name: str
    descending: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """A page of groups of supports.

    `dimensions`: everything that the supports are grouped by. `level`: in the hierarchy of kinds.
    The order ends with the dimensions, which identify a group.
    """

    dimensions: tuple[str, ...]
    level: Parameter | None
    where: Condition
    order: tuple[OrderKey | TotalKey, ...]
    page: Page
    members: tuple[PageMember[TotalMember], ...]
