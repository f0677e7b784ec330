"""Sort orders: `-startedOn` and `supporter.name` become arguments of GraphQL's `orderBy`."""

from collections.abc import Callable
from typing import Any

from schema.analysis.totals import AMOUNTS, COUNTS, DIMENSION_OF, OWN, PARTS, SUMS, VALUED
from schema.assessment import Computed
from schema.concepts import CONCEPTS, Attribute, Concept, Group, ToOne
from schema.graphql.orders import OrderDirection
from service.errors import BadInput
from service.planning.query_string.values import read_names, unknown

# `{"supporter": {"name": OrderDirection.ASC}}`: the directions shape the plan.
Order = dict[str, Any]

_SUPPORT = CONCEPTS["Support"]


def record_orders(concept: Concept) -> Callable[[str, str], list[Order]]:
    """Returns a function that reads sort keys of a concept's records, separated by commas.

    The function raises BadInput.
    """
    return lambda name, text: [_record_order(concept, each) for each in read_names(name, text)]


def read_total_orders(name: str, text: str) -> list[Order]:
    """Reads sort keys of totals: `-certain.worth.value`, `recipient.name`. Raises BadInput."""
    return [_total_order(each) for each in read_names(name, text)]


def _record_order(concept: Concept, key: str) -> Order:
    steps = key.removeprefix("-").split(".")
    where: Concept | Group | Computed | None = concept
    for step in steps:
        where = _order_step(where, step, key)
    if where is not None:
        raise BadInput(f"orderBy: `{key}` is not a single value; add one of its fields.")
    return _nested(steps, key)


def _total_order(key: str) -> Order:
    first, *steps = key.removeprefix("-").split(".")
    if first not in (*PARTS, *OWN):
        if first not in DIMENSION_OF:
            raise BadInput(unknown("orderBy", first, (*PARTS, *DIMENSION_OF)))
        return _record_order(_SUPPORT, key)
    known = [[each] for each in COUNTS] if first in PARTS else [[]]
    if first in PARTS:
        known += [[amount, each] for amount in AMOUNTS for each in (*SUMS, VALUED)]
    if steps not in known:
        paths = (".".join([first, *each]) for each in known)
        raise BadInput(unknown("orderBy", ".".join([first, *steps]), paths))
    return _nested([first, *steps], key)


def _nested(steps: list[str], key: str) -> Order:
    """Nests the direction of a sort key in an object for each of its steps."""
    order: Any = OrderDirection.DESC if key.startswith("-") else OrderDirection.ASC
    for step in reversed(steps):
        order = {step: order}
    result: Order = order
    return result


def _order_step(
    where: Concept | Group | Computed | None, step: str, key: str
) -> Concept | Group | Computed | None:
    if isinstance(where, Group) and step in where.attributes:
        return None
    if isinstance(where, Computed) and step in where.fields:
        return None
    member = where.members.get(step) if isinstance(where, Concept) else None
    match member:
        case Attribute():
            return None
        case Group() | Computed():
            return member
        case ToOne(target=target):
            return CONCEPTS[target]
    raise BadInput(f"orderBy: cannot sort by `{key}`; use a field with a single value.")
