"""Conditions: which records are meant."""

from dataclasses import dataclass

from schema.concepts import Attribute, Owned, ToMany, ToOne
from service.plan.values import Parameter


@dataclass(frozen=True, slots=True)
class Compare:
    """An attribute compared by an operator. `value` is a bool where the operator takes a flag."""

    attribute: Attribute
    operator: str
    value: Parameter | bool


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every condition holds; of none, true."""

    conditions: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one condition holds; of none, false."""

    conditions: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold; an unknown outcome counts as not holding."""

    condition: "Condition"


@dataclass(frozen=True, slots=True)
class Related:
    """At the other end of the edge there is a record for which the condition holds."""

    edge: ToOne | ToMany | Owned
    condition: "Condition"


@dataclass(frozen=True, slots=True)
class Named:
    """The record has this id or slug, or was kept when the one that had it was merged into it."""

    attribute: Attribute
    value: Parameter


Condition = Compare | AllOf | AnyOf | Not | Related | Named
