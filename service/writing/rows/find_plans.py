"""Plans for finding waiting or cached rows by their values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Table

from schema.concepts import COLLECTIONS
from schema.rows import Row, Values

Key = tuple[Any, ...]

# A lookup by more columns than this uses only the few that distinguish most rows.
_NARROW = 5


@dataclass(frozen=True)
class FindPlan:
    """How to find rows by some columns.

    `stored`: the columns that writers fill. `references`: the columns that refer to the keys of a
    table. `is_wide`: whether there are many columns; then `selective` has the references and the
    computed columns, and `stored_selective` the references and the columns that those are computed
    from.
    """

    columns: tuple[str, ...]
    stored: tuple[str, ...]
    references: tuple[tuple[str, Table], ...]
    is_wide: bool
    selective: tuple[str, ...]
    stored_selective: tuple[str, ...]

    def names(self, by: Values) -> tuple[str, ...]:
        """The columns by which to look in the database."""
        return self._known_of(self.selective, by) or self.columns

    def stored_names(self, by: Values) -> tuple[str, ...]:
        """The columns by which to look among waiting rows."""
        return self._known_of(self.stored_selective, by) or self.stored

    def _known_of(self, names: tuple[str, ...], by: Values) -> tuple[str, ...]:
        return tuple(name for name in names if by[name] is not None)


@lru_cache(maxsize=512)
def find_plan(table: Table, by: tuple[str, ...]) -> FindPlan:
    """The plan for finding rows by these columns.

    Raises LookupError for a computed column without the column that it is computed from.
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
    selective = (*edges, *computed) if is_wide else ()
    stored_selective = (*edges, *(sources[name] for name in computed)) if is_wide else ()
    return FindPlan(by, stored, references, is_wide, selective, stored_selective)


def values_of(names: tuple[str, ...]) -> Callable[[Row], Key]:
    """Returns a function that takes the values of these columns from a row."""
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
    """The columns to cache of rows that are looked up: those that identify or compare them.

    All columns of tables with few, such as links.
    """
    if any(table.c[name].computed is not None for name in by):
        # Lookups by a computed column compare rows in all their columns.
        return tuple(column.name for column in table.columns)
    names = [column.name for column in table.columns if column.computed is None]
    is_small = len(names) <= _SMALL
    return tuple(n for n in names if is_small or n == "id" or n in by or n in _COMPARED)


# Rows with at most this many written columns are cached whole.
_SMALL = 6
# The columns in which a new record is compared with an existing one that may be the same.
_COMPARED = frozenset(
    concept.attribute(name).column.name
    for concept in COLLECTIONS.values()
    for name in concept.collection.must_agree
)
