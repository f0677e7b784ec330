"""Filters: `path.operator=value`; the default operator is `eq`.

A step through a to-many edge matches if some record at the other end matches. Parameters with the
same steps apply to the same record.
"""

from collections.abc import Mapping
from typing import Any

from schema.assessment import Computed, ComputedField
from schema.concepts import CONCEPTS, Attribute, Concept, Group, Member, Owned, ToMany, ToOne
from schema.operators import OPERATORS_BY_NAME, RANGE_ENDS, Operator, Takes, operators_for
from schema.records.columns import Meaning, Scalar
from service.errors import BadInput
from service.planning.periods import VALID_AT, VALID_DURING
from service.planning.query_string.values import (
    read_boolean,
    read_code,
    read_number,
    steps_of,
    unknown,
)


def add_filter(where: dict[str, Any], concept: Concept, name: str, text: str) -> None:
    """Sets one operator in a nested filter; creates the objects on the path. Raises BadInput."""
    steps = steps_of(name)
    inner, members = where, concept.members
    member: Member | ComputedField | None = None
    here: Concept | None = concept
    while steps:
        step = steps.pop(0)
        if step == "isNull" and not steps and isinstance(member, ToOne):
            return _set_once(inner, step, name, read_boolean(name, text))
        member = members.get(step)
        if here and here.period and step in (VALID_AT, VALID_DURING):
            return _set_period(inner, step, name, steps, text)
        if member is None:
            raise BadInput(unknown(name, step, members))
        inner = inner.setdefault(step, {})
        if isinstance(member, Attribute | ComputedField):
            return _set_operator(inner, member.meaning, name, steps, text)
        if isinstance(member, ToMany | Owned):
            inner = inner.setdefault("some", {})
        if isinstance(member, Owned) and member.value:
            return _set_operator(inner, member.value.meaning, name, steps, text)
        members = _members_below(member, name)
        here = CONCEPTS[member.target] if isinstance(member, ToOne | ToMany) else None
    raise BadInput(f"`{name}` is not a single value; add one of: {', '.join(members)}.")


def _members_below(member: Member, name: str) -> Mapping[str, Any]:
    match member:
        case Group(attributes=attributes) | Owned(attributes=attributes):
            return attributes
        case Computed(fields=fields):
            return fields
        case ToOne(target=target) | ToMany(target=target):
            return CONCEPTS[target].members
    raise BadInput(f"`{name}` cannot be filtered.")


def _set_period(
    inner: dict[str, Any], filter_: str, name: str, steps: list[str], text: str
) -> None:
    """Sets `validAt`, or an end of `validDuring`."""
    if filter_ == VALID_AT and not steps:
        return _set_once(inner, filter_, name, text)
    if filter_ == VALID_AT or len(steps) != 1 or steps[0] not in RANGE_ENDS:
        known = [VALID_AT, *(f"{VALID_DURING}.{end}" for end in RANGE_ENDS)]
        raise BadInput(unknown(name, ".".join([filter_, *steps]), known))
    return _set_once(inner.setdefault(filter_, {}), steps[0], name, text)


def _set_operator(
    inner: dict[str, Any], meaning: Meaning, name: str, steps: list[str], text: str
) -> None:
    operator = steps[0] if steps else "eq"
    tree = meaning.vocabulary is not None and meaning.vocabulary.is_tree
    known = [operator.name for operator in operators_for(meaning.scalar, tree=tree)]
    if operator not in known or len(steps) > 1:
        raise BadInput(unknown(name, ".".join(steps), known))
    value = _operand(OPERATORS_BY_NAME[operator], meaning, name, text)
    if operator in inner and isinstance(value, list):
        inner[operator] += value
    else:
        _set_once(inner, operator, name, value)


def _set_once(inner: dict[str, Any], operator: str, name: str, value: Any) -> None:
    if operator in inner:
        raise BadInput(f"`{name}` occurs twice; send it once.")
    inner[operator] = value


def _operand(operator: Operator, meaning: Meaning, name: str, text: str) -> Any:
    match operator.takes:
        case Takes.FLAG:
            return read_boolean(name, text)
        case Takes.MANY:
            return [_value(meaning, name, item) for item in text.split(",")]
    return _value(meaning, name, text)


def _value(meaning: Meaning, name: str, text: str) -> Any:
    if meaning.vocabulary:
        return read_code(name, text, meaning.vocabulary.codes)
    match meaning.scalar:
        case Scalar.INTEGER:
            return read_number(name, text)
        case Scalar.BOOLEAN:
            return read_boolean(name, text)
    return text
