"""How rows that wait, or are known, are found by their values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Table

from schema.concepts import COLLECTIONS
from schema.rows import Row, Values

Key = tuple[Any, ...]

# By more columns than this, rows are looked up by the few that tell most of them apart.
_NARROW = 5


@dataclass(frozen=True)
class FindPlan:
    """How rows are found by some columns.

    `stored`: those that rows are written with. `references`: those that refer to keys of a table.
    `is_wide`: whether there are many; then `telling` are the references and the first days, and
    `stored_telling` what of these is stored.
    """

    columns: tuple[str, ...]
    stored: tuple[str, ...]
    references: tuple[tuple[str, Table], ...]
    is_wide: bool
    telling: tuple[str, ...]
    stored_telling: tuple[str, ...]

    def names(self, by: Values) -> tuple[str, ...]:
        """By which columns to look in the database."""
        return self._known_of(self.telling, by) or self.columns

    def stored_names(self, by: Values) -> tuple[str, ...]:
        """By which columns to look among rows that wait."""
        return self._known_of(self.stored_telling, by) or self.stored

    def _known_of(self, names: tuple[str, ...], by: Values) -> tuple[str, ...]:
        return tuple(name for name in names if by[name] is not None)


@lru_cache(maxsize=512)
def find_plan(table: Table, by: tuple[str, ...]) -> FindPlan:
    """How rows are found by these columns.

    Raises LookupError for a column that is computed from none of the others.
    """
    stored = tuple(name for name in by if table.c[name].computed is None)
    computed = [name for name in by if name not in stored]
    sources = {}
    for name in computed:
        source = next((each for each in stored if name.startswith(f"{each}_")), None)
        if source is None:
            raise LookupError(f"Rows that wait can't be found by {table.name}.{name} alone.")
        sources[name] = source
    references = tuple(
        (name, key.column.table)
        for name in by
        for key in table.c[name].foreign_keys
        if key.column.name == "id"
    )
    is_wide = len(by) > _NARROW
    edges = [name for name, _ in references] if is_wide else []
    telling = (*edges, *computed) if is_wide else ()
    stored_telling = (*edges, *(sources[name] for name in computed)) if is_wide else ()
    return FindPlan(by, stored, references, is_wide, telling, stored_telling)


def values_of(names: tuple[str, ...]) -> Callable[[Row], Key]:
    """A function that takes the values of these columns from a row."""
    if len(names) == 1:
        (name,) = names
        return lambda row: (row[name],)
    return itemgetter(*names)


def columns_of(rows: Sequence[Row], wanted: tuple[str, ...]) -> list[Key]:
    """The wanted columns of rows."""
    if len(wanted) == 1:
        (name,) = wanted
        return [(row[name],) for row in rows]
    return [tuple(row[name] for name in wanted) for row in rows]


@lru_cache(maxsize=512)
def kept_columns(table: Table, by: tuple[str, ...]) -> tuple[str, ...]:
    """What is kept of rows that are looked up: what identifies them, and of links the whole."""
    if any(table.c[name].computed is not None for name in by):
        # Such rows are compared in all their columns.
        return tuple(column.name for column in table.columns)
    names = [column.name for column in table.columns if column.computed is None]
    is_small = len(names) <= _SMALL
    return tuple(n for n in names if is_small or n == "id" or n in by or n in _COMPARED)


# Rows with few columns are kept whole.
_SMALL = 6
# The columns that a new record is compared in with the one that it may be.
_COMPARED = frozenset(
    concept.attribute(name).column.name
    for concept in COLLECTIONS.values()
    for name in concept.collection.must_agree
)
