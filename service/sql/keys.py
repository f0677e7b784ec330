"""Sort keys and cursors in SQL.

No key is null, so plain comparisons define the order: an unknown value is less than all other
values of its type. Keys of one direction are compared as a row value, which can use an index.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Text,
    and_,
    case,
    cast,
    func,
    literal_column,
    or_,
    tuple_,
)

from schema.assessment import ComputedField
from schema.concepts import Concept
from schema.records.columns import Scalar
from schema.records.derived import EARLIEST, MAGNITUDE
from service.plan import OrderKey, Parameter
from service.planning.paging import BELOW_EVERY_INTEGER, SEPARATOR, signature
from service.sql.binding import Binding
from service.sql.dialect import Expression
from service.sql.rows import RecordRow
from service.sql.texts import fixed_text, own_text

_NUMBERS = frozenset({Scalar.INTEGER, Scalar.BOOLEAN, Scalar.ID})


@dataclass(frozen=True)
class SortKey:
    """One sort key: the value to compare, and its text for a cursor."""

    value: Expression
    text: Expression
    descending: bool
    scalar: Scalar

    def ordered(self, *, reverse: bool) -> Expression:
        """The key, for ORDER BY."""
        return self.value.desc() if self.descending is not reverse else self.value

    def bound(self, binding: Binding, parameter: Parameter) -> Expression:
        """The value of the key in a cursor, bound with the type of the key."""
        # The value that stands for an unknown number does not fit the column's type.
        is_number = self.scalar in _NUMBERS
        return binding.parameter(parameter, BigInteger() if is_number else self.value.type)


def sort_keys(order: tuple[OrderKey, ...], row: RecordRow) -> list[SortKey]:
    """Returns the sort keys of an order for a row, and joins the tables that the keys need."""
    return [_sort_key(key, row) for key in order]


def _sort_key(key: OrderKey, row: RecordRow) -> SortKey:
    for edge in key.through:
        row = row.end(edge)
    if isinstance(key.attribute, ComputedField):
        return _computed_key(key, key.attribute, row)
    name, scalar = key.attribute.column.name, key.attribute.meaning.scalar
    column = row.table.c[name]
    value, text = _value_and_text(row.table, column, name, scalar)
    # A derived column is never null, and its index is not used inside COALESCE.
    if key.through or (key.attribute.nullable and scalar not in (Scalar.DATE, Scalar.DECIMAL)):
        value = func.coalesce(value, _minimum(scalar))
    if key.through or (key.attribute.nullable and scalar is not Scalar.DATE):
        text = func.coalesce(text, own_text(""))
    return SortKey(value, text, key.descending, scalar)


def _computed_key(key: OrderKey, field: ComputedField, row: RecordRow) -> SortKey:
    """A key from the assessment; without a support the key is the least value of its type."""
    assessment = row.assessment()
    is_there = row.table.c.id.is_not(None)

    def there(value: Expression, otherwise: Expression) -> Expression:
        if key.through:
            value = case((is_there, value))
        return func.coalesce(value, otherwise) if key.through or field.nullable else value

    plain, scalar = assessment.plain(field.name), field.scalar
    value = assessment.magnitude(field.name) if scalar is Scalar.DECIMAL else plain
    if scalar is Scalar.BOOLEAN:
        value = plain = cast(plain, Integer)
    text = cast(plain, Text) if scalar in _NUMBERS else plain
    return SortKey(
        there(value, _minimum(scalar)), there(text, own_text("")), key.descending, scalar
    )


def _value_and_text(
    table: Any, column: Any, name: str, scalar: Scalar
) -> tuple[Expression, Expression]:
    match scalar:
        case Scalar.DATE:
            earliest = table.c[name + EARLIEST.suffix]
            return earliest, earliest
        case Scalar.DECIMAL:
            return table.c[name + MAGNITUDE.suffix], column
        case Scalar.BOOLEAN:
            number = cast(column, Integer)
            return number, cast(number, Text)
        case Scalar.INTEGER | Scalar.ID:
            return column, cast(column, Text)
    return column, column


def _minimum(scalar: Scalar) -> Expression:
    match scalar:
        case Scalar.INTEGER | Scalar.BOOLEAN | Scalar.ID:
            return literal_column(str(BELOW_EVERY_INTEGER))
    return own_text("")


def past_cursor(
    binding: Binding, keys: list[SortKey], cursor: tuple[Parameter, ...], *, ahead: bool
) -> Expression:
    """Whether a row is after a cursor, or before it if `ahead` is false."""
    bounds = [key.bound(binding, value) for key, value in zip(keys, cursor, strict=True)]
    ascending = [key.descending is not ahead for key in keys]
    if len(keys) == 1:
        return _past(keys[0].value, bounds[0], ascending[0])
    if len(set(ascending)) == 1:
        return _past(tuple_(*(key.value for key in keys)), tuple_(*bounds), ascending[0])
    return _past_mixed_directions([key.value for key in keys], bounds, ascending)


def _past(value: Any, bound: Any, ascending: bool) -> Expression:
    past: Expression = value > bound if ascending else value < bound
    return past


def _past_mixed_directions(
    values: list[Any], bounds: list[Any], ascending: list[bool]
) -> Expression:
    """Compares the first key that differs. The bound on the first key can use an index."""
    steps = [
        and_(
            *(values[i] == bounds[i] for i in range(index)),
            _past(values[index], bounds[index], ascending[index]),
        )
        for index in range(len(values))
    ]
    start = values[0] >= bounds[0] if ascending[0] else values[0] <= bounds[0]
    return and_(start, or_(*steps))


def cursor_text(
    binding: Binding,
    concept: Concept,
    order: tuple[OrderKey, ...],
    texts: list[Expression],
    row_id: Expression,
) -> Expression:
    """The cursor of a row, which `planning/paging.py` decodes."""
    separator = fixed_text(SEPARATOR)
    text = own_text(signature(concept, order)).concat(separator)
    for key in texts:
        text = text.concat(key).concat(separator)
    return binding.dialect.hexadecimal(text.concat(cast(row_id, Text)))
