"""Chains of one operator: flat if they are short, otherwise a tree of short chains.

`a AND b AND c` is parsed as `(a AND b) AND c`, so the depth of a chain is its length, and SQLite
limits the depth of an expression to 1,000. A million conditions in groups have a depth of 80.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import Any

from sqlalchemy import and_, false, or_, true
from sqlalchemy.sql.elements import Grouping

from service.sql.dialect import Expression

_LONGEST = 16


def all_of(conditions: Iterable[Expression]) -> Expression:
    """Joins all conditions by AND."""
    return _tree(lambda short: and_(true(), *short), tuple(conditions))


def any_of(conditions: Iterable[Expression]) -> Expression:
    """Joins all conditions by OR."""
    return _tree(lambda short: or_(false(), *short), tuple(conditions))


def concatenated(texts: Iterable[Expression]) -> Expression:
    """Concatenates at least one text; the result is null if one of the texts is null."""
    return _tree(_concatenated, tuple(texts))


def _concatenated(texts: Sequence[Expression]) -> Expression:
    return reduce(lambda whole, text: whole.concat(text), texts)


class _Group(Grouping[Any]):
    """Part of a chain in parentheses, which SQLAlchemy would omit between equal operators."""

    inherit_cache = True
    operator = None


def _tree(
    chain: Callable[[Sequence[Expression]], Expression], parts: Sequence[Expression]
) -> Expression:
    while len(parts) > _LONGEST:
        starts = range(0, len(parts), _LONGEST)
        parts = [_Group(chain(parts[start : start + _LONGEST])) for start in starts]
    return chain(parts)
