"""Sort keys and cursors in SQL.

No key is ever null, so that an order is plain comparison: unknown values are the least of their
type. Keys that all run one way are compared as one row value, which an index can follow.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Double,
    Integer,
    Text,
    and_,
    cast,
    func,
    literal_column,
    or_,
    tuple_,
)

from schema.concepts import Concept
from schema.records.columns import Scalar
from schema.records.derived import BELOW_EVERY_NUMBER, EARLIEST, MAGNITUDE
from service.plan import OrderKey, Parameter
from service.planning.paging import BELOW_EVERY_INTEGER, SEPARATOR, signature
from service.sql.binding import Binding
from service.sql.dialect import Expression
from service.sql.rows import Row
from service.sql.texts import fixed_text, own_text

_NUMBERS = frozenset({Scalar.INTEGER, Scalar.BOOLEAN, Scalar.ID})


@dataclass(frozen=True)
class SortKey:
    """One key of an order: what is compared, and the text that stands for it in a cursor."""

    value: Expression
    text: Expression
    descending: bool
    scalar: Scalar

    def ordered(self, *, reverse: bool) -> Expression:
        """The key as ORDER BY has it."""
        return self.value.desc() if self.descending is not reverse else self.value

    def bound(self, binding: Binding, parameter: Parameter) -> Expression:
        """The key's value in a cursor."""
        if self.scalar is Scalar.DECIMAL:
            # The database reads the text itself, so that a number read twice is the same number.
            return cast(binding.parameter(parameter, Text()), Double)
        # What stands for an unknown number is outside of the numbers that a column can hold.
        is_number = self.scalar in _NUMBERS
        return binding.parameter(parameter, BigInteger() if is_number else self.value.type)


def sort_keys(order: tuple[OrderKey, ...], row: Row) -> list[SortKey]:
    """The keys of an order on a row; edges are followed where they lead through some."""
    return [_sort_key(key, row) for key in order]


def _sort_key(key: OrderKey, row: Row) -> SortKey:
    for edge in key.through:
        row = row.end(edge)
    name, scalar = key.attribute.column.name, key.attribute.meaning.scalar
    column = row.table.c[name]
    value, text = _value_and_text(row.table, column, name, scalar)
    # A derived column is never null itself, and an index on it serves only where it stands bare.
    if key.through or (key.attribute.nullable and scalar not in (Scalar.DATE, Scalar.DECIMAL)):
        value = func.coalesce(value, _least(scalar))
    if key.through or (key.attribute.nullable and scalar is not Scalar.DATE):
        text = func.coalesce(text, own_text(""))
    return SortKey(value, text, key.descending, scalar)


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


def _least(scalar: Scalar) -> Expression:
    match scalar:
        case Scalar.DECIMAL:
            return literal_column(str(BELOW_EVERY_NUMBER), Double())
        case Scalar.INTEGER | Scalar.BOOLEAN | Scalar.ID:
            return literal_column(str(BELOW_EVERY_INTEGER))
    return own_text("")


def beyond(
    binding: Binding, keys: list[SortKey], cursor: tuple[Parameter, ...], *, ahead: bool
) -> Expression:
    """Whether a row lies past a cursor: after it, or before it where not `ahead`."""
    bounds = [key.bound(binding, value) for key, value in zip(keys, cursor, strict=True)]
    upward = [key.descending is not ahead for key in keys]
    if len(keys) == 1:
        return _past(keys[0].value, bounds[0], upward[0])
    if len(set(upward)) == 1:
        return _past(tuple_(*(key.value for key in keys)), tuple_(*bounds), upward[0])
    return _past_mixed([key.value for key in keys], bounds, upward)


def _past(value: Any, bound: Any, upward: bool) -> Expression:
    past: Expression = value > bound if upward else value < bound
    return past


def _past_mixed(values: list[Any], bounds: list[Any], upward: list[bool]) -> Expression:
    """Past at the first key that differs; the bound on the first key lets an index begin there."""
    steps = [
        and_(
            *(values[i] == bounds[i] for i in range(place)),
            _past(values[place], bounds[place], upward[place]),
        )
        for place in range(len(values))
    ]
    start = values[0] >= bounds[0] if upward[0] else values[0] <= bounds[0]
    return and_(start, or_(*steps))


def cursor_text(
    binding: Binding,
    concept: Concept,
    order: tuple[OrderKey, ...],
    texts: list[Expression],
    row_id: Expression,
) -> Expression:
    """The cursor of a row. How it is read back stands in `planning/paging.py`."""
    separator = fixed_text(SEPARATOR)
    text = own_text(signature(concept, order)).concat(separator)
    for key in texts:
        text = text.concat(key).concat(separator)
    return binding.dialect.hexadecimal(text.concat(cast(row_id, Text)))
