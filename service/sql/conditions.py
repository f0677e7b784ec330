"""Conditions in SQL. How each operator is written is a table, one row an operator."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Double, FromClause, and_, cast, false, or_, select, true

from schema.concepts import CONCEPTS, Attribute, Owned, ToMany, ToOne
from schema.records.columns import Scalar
from schema.records.derived import EARLIEST, LATEST, MAGNITUDE
from service.plan import AllOf, AnyOf, Compare, Condition, Not, Parameter, Related
from service.sql.binding import Binding
from service.sql.dialect import Dialect, Expression

Write = Callable[[Dialect, Expression, Expression], Expression]

_OPERATORS: Mapping[str, Write] = {
    "eq": lambda _, column, value: column == value,
    "ne": lambda _, column, value: column != value,
    "in": lambda dialect, column, value: column.in_(dialect.elements(value)),
    # To SQL, even an unknown value is not in an empty list.
    "notIn": lambda dialect, column, value: and_(
        column.is_not(None), column.not_in(dialect.elements(value))
    ),
    "lt": lambda _, column, value: column < value,
    "lte": lambda _, column, value: column <= value,
    "gt": lambda _, column, value: column > value,
    "gte": lambda _, column, value: column >= value,
    "contains": lambda dialect, column, value: dialect.contains(column, value),
    "startsWith": lambda dialect, column, value: dialect.starts_with(column, value),
    "under": lambda dialect, column, value: column.in_(dialect.elements(value)),
}
WRITTEN = frozenset(_OPERATORS) | {"isNull"}

_TAKE_LISTS = frozenset({"in", "notIn", "under"})
_COMPARE_SIZE = frozenset({"lt", "lte", "gt", "gte"})
# "After" asks about the first day a date can mean, "before" about the last.
_DATE_COLUMNS = {"gt": EARLIEST, "gte": EARLIEST, "lt": LATEST, "lte": LATEST}


def condition_sql(binding: Binding, table: FromClause, condition: Condition) -> Expression:
    """The condition on a row of `table`."""
    match condition:
        case Compare():
            return _compare(binding, table, condition)
        case AllOf(conditions):
            return and_(true(), *(condition_sql(binding, table, each) for each in conditions))
        case AnyOf(conditions):
            return or_(false(), *(condition_sql(binding, table, each) for each in conditions))
        case Not(inner):
            # An unknown outcome counts as not holding, so its negation holds.
            return condition_sql(binding, table, inner).is_not(true())
        case Related(edge, inner):
            return _related(binding, table, edge, inner)


def _compare(binding: Binding, table: FromClause, condition: Compare) -> Expression:
    attribute, operator = condition.attribute, condition.operator
    column = table.c[attribute.column.name]
    if isinstance(condition.value, bool):
        return column.is_(None) if condition.value else column.is_not(None)
    if operator in _COMPARE_SIZE and attribute.meaning.scalar is Scalar.DECIMAL:
        return _compare_magnitude(binding, table, attribute, operator, condition.value)
    if operator in _DATE_COLUMNS and attribute.meaning.scalar is Scalar.DATE:
        column = table.c[attribute.column.name + _DATE_COLUMNS[operator].suffix]
    if operator in _TAKE_LISTS:
        value = binding.list_of(condition.value)
    else:
        value = binding.parameter(condition.value, attribute.column.type)
    return _OPERATORS[operator](binding.dialect, column, value)


def _compare_magnitude(
    binding: Binding, table: FromClause, attribute: Attribute, operator: str, value: Parameter
) -> Expression:
    """Amounts are compared as numbers; an unknown one has a magnitude too, but never matches."""
    name = attribute.column.name
    number = cast(binding.parameter(value, attribute.column.type), Double)
    size = _OPERATORS[operator](binding.dialect, table.c[name + MAGNITUDE.suffix], number)
    return and_(table.c[name].is_not(None), size)


def _related(
    binding: Binding, table: FromClause, edge: ToOne | ToMany | Owned, inner: Condition
) -> Expression:
    """A set of keys, found from the other end: the database may begin there or look up there."""
    if isinstance(edge, ToOne):
        key, far = table.c[edge.column.name], CONCEPTS[edge.target].table.alias()
        if inner == AllOf():
            return key.is_not(None)
        return key.in_(select(far.c.id).where(condition_sql(binding, far, inner)))
    return table.c.id.in_(_near_keys(binding, edge, inner))


def _near_keys(binding: Binding, edge: ToMany | Owned, inner: Condition) -> Any:
    if isinstance(edge, ToMany) and edge.far is not None:
        link = edge.near.table.alias()
        far = CONCEPTS[edge.target].table.alias()
        joined = link.join(far, far.c.id == link.c[edge.far.name])
        keys = select(link.c[edge.near.name]).select_from(joined)
    else:
        far = edge.near.table.alias()
        keys = select(far.c[edge.near.name]).where(far.c[edge.near.name].is_not(None))
    return keys.where(condition_sql(binding, far, inner))
