"""By what a record is found that may be there already, before a new one is made of it."""

from functools import lru_cache

from sqlalchemy import Connection

from schema.concepts import CONCEPTS, Attribute, ToOne
from schema.rules import Code
from service.writing.pending_records import Key, PendingRecord, Unresolved, opaque_id
from service.writing.references import by_item, by_own
from service.writing.rows import find_rows, find_value

# So many of those that are alike are named.
_NAMED_MOST = 5


def awaited(draft: PendingRecord) -> frozenset[str]:
    """The references that must be resolved before the record can be looked for."""
    if any(draft.row.get(column) is not None for _, column in _unique(draft.concept.name)):
        return frozenset()
    return frozenset(draft.concept.collection.identified_by)


def find_same(connection: Connection, draft: PendingRecord) -> Key | None:
    """The record that a good draft describes; None if there is none, unresolved if several."""
    found = _candidates(connection, draft)
    if len(found) > 1:
        names = ", ".join(opaque_id(draft.concept, key) for key in found)
        message = f"It may be any of {names}: name one by its id."
        draft.at.tell(Code.AMBIGUOUS_REFERENCE, message)
        return Unresolved()
    return _unless_contradicted(connection, draft, found[0]) if found else None


def _candidates(connection: Connection, draft: PendingRecord) -> list[int]:
    concept, row = draft.concept, draft.row
    for name, column in _unique(concept.name):
        found = row[column] is not None and by_own(connection, concept, name, row[column])
        if found:
            return [found]
    known = _by_items(connection, draft)
    if known or not awaited(draft):
        return known
    by = {column: row[column] for column in _together(concept.name)}
    rows = find_rows(connection, concept.table, ("id",), by, _NAMED_MOST)
    return [key for (key,) in rows]


def _by_items(connection: Connection, draft: PendingRecord) -> list[int]:
    """The records that have an item which is in the list of one record only, such as a code."""
    unique = {owned.name for owned in draft.concept.unique_lists}
    given = ((each.table, item) for each in draft.lists for item in each.items)
    found = (by_item(connection, table, item) for table, item in given if table.name in unique)
    return sorted({key for key in found if key is not None})


def _unless_contradicted(connection: Connection, draft: PendingRecord, key: int) -> Key:
    """An actor of another kind is another actor, whatever its slug says."""
    concept = draft.concept
    for name in concept.collection.must_agree:
        column = concept.attribute(name).column.name
        there = find_value(connection, concept.table, column, {"id": key})
        if there != draft.row[column]:
            _tell_contradiction(draft, key, name, there)
            return Unresolved()
    return key


def _tell_contradiction(draft: PendingRecord, key: int, name: str, there: object) -> None:
    concept = draft.concept
    message = f"{opaque_id(concept, key)} is that {concept.noun} already, and its {name} is {there}"
    hint = f"Say so, or give the new one a {concept.collection.natural_key} of its own."
    draft.at.below(name).tell(Code.DUPLICATE, f"{message}. {hint}")


@lru_cache
def _unique(concept: str) -> tuple[tuple[str, str], ...]:
    """The attributes that no two records share, with their columns."""
    attributes = CONCEPTS[concept].attributes
    return tuple((a.name, a.column.name) for a in attributes if a.column.unique)


@lru_cache
def _together(concept: str) -> tuple[str, ...]:
    members = (
        CONCEPTS[concept].members[name] for name in CONCEPTS[concept].collection.identified_by
    )
    return tuple(m.column.name for m in members if isinstance(m, Attribute | ToOne))
