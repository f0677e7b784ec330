"""Filters -> conditions. Both doors give the same nested arguments, so both read them here."""

from collections.abc import Iterator, Mapping
from typing import Any

from schema.concepts import CONCEPTS, Attribute, Concept, Group, Owned, ToMany, ToOne
from schema.operators import OPERATORS_BY_NAME, Takes
from service.errors import BadInput
from service.plan import AllOf, AnyOf, Compare, Condition, Named, Not, Related
from service.planning.arguments import Argument, as_list
from service.planning.values import operand

EVERY = AllOf()
NONE = AnyOf()


def where_condition(concept: Concept, where: Argument) -> Condition:
    """The condition a filter states; a filter that is null or absent states none."""
    return EVERY if where is None else condition_of(concept, where)


def named(concept: Concept, by: Mapping[str, Argument]) -> Condition:
    """The condition on the one record that is so named: by its id, its slug or a code."""
    ((name, value),) = by.items()
    if name == "code":
        parts = {part: {"eq": given} for part, given in value.items()}
        return condition_of(concept, {"codes": {"some": parts}})
    attribute = concept.attribute(name)
    return Named(attribute, operand(attribute, "eq", value))


def condition_of(concept: Concept, given: Mapping[str, Argument]) -> Condition:
    """Every member of a concept's filter, all of which must hold."""
    return _all(
        _member(concept, name, value, f"{concept.name}Filter.{name}")
        for name, value in given.items()
    )


def _all(conditions: Iterator[Condition]) -> Condition:
    found = tuple(conditions)
    return found[0] if len(found) == 1 else AllOf(found)


def _member(concept: Concept, name: str, given: Argument, place: str) -> Condition:
    refuse_null(given, place)
    match name:
        case "and":
            return AllOf(tuple(condition_of(concept, item) for item in as_list(given)))
        case "or":
            return AnyOf(tuple(condition_of(concept, item) for item in as_list(given)))
        case "not":
            return Not(condition_of(concept, given))
        case "isNull":
            # Here a record is at hand. Whether an edge leads to one is asked in `_to_one`.
            return NONE if given else EVERY
    match concept.members[name]:
        case Attribute() as attribute:
            return _comparisons(attribute, given, place)
        case Group(attributes=attributes):
            return _attributes(attributes, given, place)
        case ToOne() as edge:
            return _to_one(edge, given)
        case ToMany() as edge:
            target = CONCEPTS[edge.target]
            return _all(
                _quantified(edge, quantifier, condition_of(target, _known(inner, place)))
                for quantifier, inner in given.items()
            )
        case Owned() as owned:
            return _all(
                _quantified(owned, quantifier, _owned(owned, _known(inner, place), place))
                for quantifier, inner in given.items()
            )
    raise TypeError(f"{place} can't be filtered on.")


def _to_one(edge: ToOne, given: Mapping[str, Argument]) -> Condition:
    target = CONCEPTS[edge.target]
    inner = {name: value for name, value in given.items() if name != "isNull"}
    related = Related(edge, condition_of(target, inner))
    if given.get("isNull") is True:
        absent = Not(Related(edge, EVERY))
        return AllOf((absent, related)) if inner else absent
    refuse_null(given.get("isNull", False), f"{edge.target}Filter.isNull")
    return related


def _quantified(edge: ToMany | Owned, quantifier: str, inner: Condition) -> Condition:
    match quantifier:
        case "some":
            return Related(edge, inner)
        case "none":
            return Not(Related(edge, inner))
    return Not(Related(edge, Not(inner)))


def _owned(owned: Owned, given: Mapping[str, Argument], place: str) -> Condition:
    if owned.value:
        return _comparisons(owned.value, given, place)
    return _attributes(owned.attributes, given, place)


def _attributes(
    attributes: Mapping[str, Attribute], given: Mapping[str, Argument], place: str
) -> Condition:
    return _all(
        _comparisons(attributes[name], _known(operators, place), f"{place}.{name}")
        for name, operators in given.items()
    )


def _comparisons(attribute: Attribute, given: Mapping[str, Argument], place: str) -> Condition:
    return _all(
        _compare(attribute, name, value, f"{place}.{name}") for name, value in given.items()
    )


def _compare(attribute: Attribute, operator: str, given: Argument, place: str) -> Condition:
    refuse_null(given, place)
    if OPERATORS_BY_NAME[operator].takes is Takes.FLAG:
        return Compare(attribute, operator, given)
    return Compare(attribute, operator, operand(attribute, operator, given))


def _known(given: Argument, place: str) -> Any:
    refuse_null(given, place)
    return given


def refuse_null(given: Argument, place: str) -> None:
    """Null would read as "no condition" to one and as "unknown" to another: so neither."""
    if given is None:
        raise BadInput(f"{place} is null. Leave it out, or ask for unknown values with isNull.")
