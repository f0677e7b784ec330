"""Chains of one operator: flat if they are short, otherwise a tree of short chains.

`a AND b AND c` is parsed as `(a AND b) AND c`: a chain nests as deep as it is long, and SQLite
limits the depth of an expression to 1,000. Grouped, a chain of a million parts is 80 deep.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import Any

from sqlalchemy import and_, false, or_, true
from sqlalchemy.sql.elements import Grouping

from service.sql.dialect import Expression

_LONGEST = 16


def all_of(conditions: Iterable[Expression]) -> Expression:
    """All conditions, joined by AND."""
    return _tree(lambda short: and_(true(), *short), tuple(conditions))


def any_of(conditions: Iterable[Expression]) -> Expression:
    """All conditions, joined by OR."""
    return _tree(lambda short: or_(false(), *short), tuple(conditions))


def concatenated(texts: Iterable[Expression]) -> Expression:
    """The texts, concatenated; null if one of them is null. There is at least one."""
    return _tree(_concatenated, tuple(texts))


def _concatenated(texts: Sequence[Expression]) -> Expression:
    return reduce(lambda whole, text: whole.concat(text), texts)


class _Group(Grouping[Any]):
    """A part in parentheses, which SQLAlchemy keeps although the operator is the same."""

    inherit_cache = True
    operator = None


def _tree(
    chain: Callable[[Sequence[Expression]], Expression], parts: Sequence[Expression]
) -> Expression:
    while len(parts) > _LONGEST:
        starts = range(0, len(parts), _LONGEST)
        parts = [_Group(chain(parts[start : start + _LONGEST])) for start in starts]
    return chain(parts)
