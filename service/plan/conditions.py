"""Conditions that select records."""

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
    """All conditions are true; true if there are none."""

    conditions: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one condition is true; false if there are none."""

    conditions: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The condition is not true. Unknown (SQL null) counts as false."""

    condition: "Condition"


@dataclass(frozen=True, slots=True)
class Related:
    """A record at the other end of the edge matches the condition."""

    edge: ToOne | ToMany | Owned
    condition: "Condition"


@dataclass(frozen=True, slots=True)
class Named:
    """The record has this id or slug, or a merged record with this id or slug became part of it."""

    attribute: Attribute
    value: Parameter


@dataclass(frozen=True, slots=True)
class Holds:
    """The record has an item in a list whose items belong to one record at a time.

    `on`: the first and the last day of the date on which the record has the item. Without a date,
    the condition selects the record that has the item now or, if none has, the last one that had
    it.
    """

    owned: Owned
    item: tuple[Compare, ...]
    on: tuple[Parameter, Parameter] | None


@dataclass(frozen=True, slots=True)
class Valid:
    """The record is valid at some time from the day `first` to the day `last`.

    `certainly`: whether it must be valid for every meaning of its dates; otherwise the condition
    excludes only records that are certainly not valid.
    """

    concept: Concept
    first: Parameter
    last: Parameter
    certainly: bool = True


Condition = Compare | Assessed | AllOf | AnyOf | Not | Related | Named | Holds | Valid
