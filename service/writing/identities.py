"""By what a record is found that may be there already, before a new one is made of it."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from sqlalchemy import Connection

from schema.concepts import CONCEPTS, Attribute, ToOne
from schema.rules import Code
from service.writing.pending_records import Draft, Key, Unresolved, opaque_id, parts
from service.writing.references import by_item, by_own
from service.writing.rows import find_rows

# Where nothing else tells a record from the others, the members that do it together.
_TOGETHER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Source": ("title", "publisher", "publishedOn"),
        "Support": ("supporter", "recipient", "against", "kind", "phase", "startedOn"),
        "Statement": ("source", "speaker", "text"),
    }
)

# So many of those that are alike are named.
_NAMED_MOST = 5


def awaited(draft: Draft) -> frozenset[str]:
    """The references that must be resolved before the record can be looked for."""
    if any(draft.row.get(column) is not None for _, column in _unique(draft.concept.name)):
        return frozenset()
    return frozenset(_TOGETHER.get(draft.concept.name, ()))


def find_same(connection: Connection, draft: Draft) -> Key | None:
    """The record that a good draft describes; None if there is none, unresolved if several."""
    found = _candidates(connection, draft)
    if len(found) > 1:
        names = ", ".join(opaque_id(draft.concept, key) for key in found)
        message = f"It may be any of {names}: name one by its id."
        draft.at.tell(Code.AMBIGUOUS_REFERENCE, message)
        return Unresolved()
    return _unless_contradicted(connection, draft, found[0]) if found else None


def _candidates(connection: Connection, draft: Draft) -> list[int]:
    concept, row = draft.concept, draft.row
    for name, column in _unique(concept.name):
        found = row[column] is not None and by_own(connection, concept, name, row[column])
        if found:
            return [found]
    if "codes" in concept.members:
        return _by_codes(connection, draft)
    if not awaited(draft):
        return []
    by = {column: row[column] for column in _together(concept.name)}
    rows = find_rows(connection, concept.table, ("id",), by, _NAMED_MOST)
    return [key for (key,) in rows]


def _by_codes(connection: Connection, draft: Draft) -> list[int]:
    part = parts(draft.concept.name)["codes"]
    given = (item for listed in draft.lists if listed.part is part for item in listed.items)
    found = (by_item(connection, part, item) for item in given)
    return sorted({key for key in found if key is not None})


def _unless_contradicted(connection: Connection, draft: Draft, key: int) -> Key:
    """An actor of another kind is another actor, whatever its slug says."""
    if draft.concept.name != "Actor":
        return key
    ((kind,),) = find_rows(connection, draft.concept.table, ("kind",), {"id": key})
    if kind == draft.row["kind"]:
        return key
    message = f"{opaque_id(draft.concept, key)} is that actor already, and its kind is {kind}."
    draft.at.below("kind").tell(
        Code.DUPLICATE, f"{message} Say so, or give the new one a slug of its own."
    )
    return Unresolved()


@lru_cache
def _unique(concept: str) -> tuple[tuple[str, str], ...]:
    """The attributes that no two records share, with their columns."""
    attributes = CONCEPTS[concept].attributes
    return tuple((a.name, a.column.name) for a in attributes if a.column.unique)


@lru_cache
def _together(concept: str) -> tuple[str, ...]:
    members = (CONCEPTS[concept].members[name] for name in _TOGETHER[concept])
    return tuple(m.column.name for m in members if isinstance(m, Attribute | ToOne))
