"""What makes two records the same: the values that no two of them have together."""

from collections.abc import Iterator
from functools import lru_cache

from schema.concepts import CONCEPTS, Attribute, Group, ToOne
from schema.drafts import written_columns
from schema.records.collection import EVERYTHING
from schema.rows import Row, Values

# A note is about the record, and says nothing of what it is of.
_NOTE = "note"


def identity(concept: str, row: Values) -> Row | None:
    """The values of a row, by columns, that no other record of the concept has together.

    None where two records may be alike in everything.
    """
    *first, last = _alternatives(concept) or ((),)
    known = (each for each in first if all(row[column] is not None for column in each))
    columns = next(known, last)
    return {column: row[column] for column in columns} if columns else None


def is_everything(concept: str, columns: Values) -> bool:
    """Whether these are all that is said of a record, so that its lists count too."""
    return len(columns) == len(_everything(concept))


@lru_cache
def identifying_columns(concept: str) -> frozenset[str]:
    """The columns by which its records are identified, unless that is by all of them."""
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
