"""The values by which two records are the same: no two records may share all of them."""

from collections.abc import Iterator
from functools import lru_cache

from schema.concepts import CONCEPTS, Attribute, Group, ToOne
from schema.records.collection import EVERYTHING
from schema.rows import Row, Values
from schema.writing.drafts import written_columns

# Notes do not distinguish records.
_NOTE = "note"


def identity(concept: str, row: Values) -> Row | None:
    """Returns the identifying values of a row, by column.

    Returns None for a concept in which two records may be alike in all values.
    """
    *first, last = _alternatives(concept) or ((),)
    known = (each for each in first if all(row[column] is not None for column in each))
    columns = next(known, last)
    return {column: row[column] for column in columns} if columns else None


def is_everything(concept: str, columns: Values) -> bool:
    """Whether these are all columns, so that a record's lists are part of its identity too."""
    return len(columns) == len(_everything(concept))


@lru_cache
def identifying_columns(concept: str) -> frozenset[str]:
    """Returns the identifying columns of a concept. Empty if all columns identify its records."""
    alternatives = (set(each) for each in _alternatives(concept))
    everything = set(_everything(concept))
    return frozenset(column for each in alternatives if each != everything for column in each)


@lru_cache
def _alternatives(concept: str) -> tuple[tuple[str, ...], ...]:
    alternatives = CONCEPTS[concept].collection.distinct_by
    return tuple(
        _everything(concept) if names == EVERYTHING else tuple(_columns(concept, names))
        for names in alternatives
    )


@lru_cache
def _everything(concept: str) -> tuple[str, ...]:
    return tuple(name for name in written_columns(CONCEPTS[concept].table) if name != _NOTE)


def _columns(concept: str, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        match CONCEPTS[concept].members[name]:
            case Attribute() as member:
                yield member.column.name
            case ToOne() as edge:
                yield edge.column.name
            case Group(attributes=attributes):
                yield from (each.column.name for each in attributes.values())
