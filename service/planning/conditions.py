"""Turns filters into conditions. GraphQL and REST pass the same nested arguments."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from schema.assessment import Computed, ComputedField
from schema.concepts import CONCEPTS, Attribute, Concept, Group, Owned, ToMany, ToOne
from schema.operators import OPERATORS_BY_NAME, Takes
from service.errors import BadInput
from service.plan import (
    AllOf,
    AnyOf,
    Assessed,
    Compare,
    Condition,
    Holds,
    Named,
    Not,
    Parameter,
    Related,
    Valid,
)
from service.planning import periods
from service.planning.arguments import Argument, as_list
from service.planning.values import operand, read_earliest, read_latest

EVERY = AllOf()
NONE = AnyOf()


def where_condition(concept: Concept, where: Argument) -> Condition:
    """Returns the condition of a filter; EVERY if the filter is null or absent."""
    return EVERY if where is None else condition_of(concept, where)


def named(concept: Concept, by: Mapping[str, Argument]) -> Condition:
    """Returns the condition for the record with an id, a slug or a code."""
    ((name, value),) = by.items()
    for owned in concept.unique_lists:
        if name == owned.singular:
            return _holds(owned, value)
    attribute = concept.attribute(name)
    return Named(attribute, operand(attribute, "eq", value))


def _holds(owned: Owned, value: Mapping[str, Argument]) -> Holds:
    item = tuple(
        Compare(attribute, "eq", operand(attribute, "eq", value[name]))
        for name, attribute in owned.attributes.items()
        if attribute.column.name in owned.identified_by
    )
    on = value.get("on")
    days = None if on is None else (Parameter(on, read_earliest), Parameter(on, read_latest))
    return Holds(owned, item, days)


def condition_of(concept: Concept, where: Mapping[str, Argument]) -> Condition:
    """Returns the condition of a concept's filter: all members of the filter must be true."""
    return _all(
        _member(concept, name, value, f"{concept.name}Filter.{name}")
        for name, value in where.items()
    )


def _all(conditions: Iterator[Condition]) -> Condition:
    present = tuple(conditions)
    return present[0] if len(present) == 1 else AllOf(present)


def _member(concept: Concept, name: str, value: Argument, path: str) -> Condition:
    refuse_null(value, path)
    match name:
        case "and":
            return AllOf(tuple(condition_of(concept, item) for item in as_list(value)))
        case "or":
            return AnyOf(tuple(condition_of(concept, item) for item in as_list(value)))
        case "not":
            return Not(condition_of(concept, value))
        case "isNull":
            # The record itself always exists. `_to_one` handles an edge that leads to no record.
            return NONE if value else EVERY
        case periods.VALID_AT:
            return periods.valid_at(concept, value)
        case periods.VALID_DURING:
            return periods.valid_during(concept, value)
    match concept.members[name]:
        case Attribute() as attribute:
            return _comparisons(attribute, value, path)
        case Group(attributes=attributes):
            return _attributes(attributes, value, path)
        case Computed(fields=fields):
            return _attributes(fields, value, path)
        case ToOne() as edge:
            return _to_one(edge, value)
        case ToMany() as edge:
            target = CONCEPTS[edge.target]
            return _all(
                _quantified(edge, quantifier, condition_of(target, _not_null(inner, path)))
                for quantifier, inner in value.items()
            )
        case Owned() as owned:
            return _all(
                _quantified(owned, quantifier, _owned(owned, _not_null(inner, path), path))
                for quantifier, inner in value.items()
            )
    raise TypeError(f"{path} cannot be filtered.")


def _to_one(edge: ToOne, where: Mapping[str, Argument]) -> Condition:
    target = CONCEPTS[edge.target]
    inner = {name: value for name, value in where.items() if name != "isNull"}
    related = Related(edge, condition_of(target, inner))
    if where.get("isNull") is True:
        absent = Not(Related(edge, EVERY))
        return AllOf((absent, related)) if inner else absent
    refuse_null(where.get("isNull", False), f"{edge.target}Filter.isNull")
    return related


def _quantified(edge: ToMany | Owned, quantifier: str, inner: Condition) -> Condition:
    match quantifier:
        case "some":
            return Related(edge, inner)
        case "none":
            return Not(Related(edge, inner))
    return Not(Related(edge, Not(inner)))


def _owned(owned: Owned, where: Mapping[str, Argument], path: str) -> Condition:
    if owned.value:
        return _comparisons(owned.value, where, path)
    return _attributes(owned.attributes, where, path)


def _attributes(
    attributes: Mapping[str, Attribute] | Mapping[str, ComputedField],
    where: Mapping[str, Argument],
    path: str,
) -> Condition:
    return _all(
        _comparisons(attributes[name], _not_null(operators, path), f"{path}.{name}")
        for name, operators in where.items()
    )


def _comparisons(
    attribute: Attribute | ComputedField, operators: Mapping[str, Argument], path: str
) -> Condition:
    return _all(
        _compare(attribute, name, value, f"{path}.{name}") for name, value in operators.items()
    )


def _compare(
    attribute: Attribute | ComputedField, operator: str, value: Argument, path: str
) -> Condition:
    refuse_null(value, path)
    if OPERATORS_BY_NAME[operator].takes is not Takes.FLAG:
        value = operand(attribute, operator, value)
    if isinstance(attribute, ComputedField):
        return Assessed(attribute, operator, value)
    return Compare(attribute, operator, value)


def possible(condition: Condition, *, wider: bool = True) -> Condition:
    """Returns the condition that also matches records that are only possibly valid.

    Negation reverses this: `not: {validAt: ...}` matches records that are possibly invalid already,
    so within it the condition becomes narrower.
    """
    match condition:
        case Valid():
            return replace(condition, certainly=not wider)
        case AllOf(conditions):
            return AllOf(tuple(possible(each, wider=wider) for each in conditions))
        case AnyOf(conditions):
            return AnyOf(tuple(possible(each, wider=wider) for each in conditions))
        case Not(inner):
            return Not(possible(inner, wider=not wider))
        case Related(edge, inner):
            return Related(edge, possible(inner, wider=wider))
    return condition


def _not_null(value: Argument, path: str) -> Any:
    refuse_null(value, path)
    return value


def refuse_null(value: Argument, path: str) -> None:
    """Raises BadInput for null, which could mean "no condition" or "unknown"."""
    if value is None:
        raise BadInput(f"{path} is null. Omit it, or filter for unknown values by isNull.")
