"""Conditions: which records to select."""

from dataclasses import dataclass

from schema.assessment import ComputedField
from schema.concepts import Attribute, Concept, Owned, ToMany, ToOne
from service.plan.values import Parameter


@dataclass(frozen=True, slots=True)
class Compare:
    """Compares an attribute by an operator. `value` is a bool if the operator takes a flag."""

    attribute: Attribute
    operator: str
    value: Parameter | bool


@dataclass(frozen=True, slots=True)
class Assessed:
    """Compares a field of the assessment of a support, as `Compare` does."""

    field: ComputedField
    operator: str
    value: Parameter | bool


@dataclass(frozen=True, slots=True)
class AllOf:
    """All conditions hold; true if there are none."""

    conditions: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one condition holds; false if there are none."""

    conditions: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold. Unknown (SQL null) counts as not holding."""

    condition: "Condition"


@dataclass(frozen=True, slots=True)
class Related:
    """A record at the other end of the edge matches the condition."""

    edge: ToOne | ToMany | Owned
    condition: "Condition"


@dataclass(frozen=True, slots=True)
class Named:
    """The record has this id or slug, or a record with it was merged into this one."""

    attribute: Attribute
    value: Parameter


@dataclass(frozen=True, slots=True)
class Holds:
    """The record has an item in a list whose items belong to one record at a time.

    `on`: the first and the last day of the date on which it has the item. Without one, the record
    matches that has the item now or, if none has, had it last.
    """

    owned: Owned
    item: tuple[Compare, ...]
    on: tuple[Parameter, Parameter] | None


@dataclass(frozen=True, slots=True)
class Valid:
    """The record is valid at some time from the day `first` to the day `last`.

    `certainly`: whatever its dates mean exactly; otherwise: unless that is certainly not so.
    """

    concept: Concept
    first: Parameter
    last: Parameter
    certainly: bool = True


Condition = Compare | Assessed | AllOf | AnyOf | Not | Related | Named | Holds | Valid
