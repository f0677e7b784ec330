"""Creates records, after finding or creating the records that they refer to."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from schema.concepts import COMPONENTS, CONCEPTS, Concept, ToOne
from schema.rules import Code
from schema.writing.drafts import defaults
from service.writing.hooks import hooks_of
from service.writing.identities import agreeing, equal_records, find_same
from service.writing.input_path import InputPath
from service.writing.input_reading import add_item, items_of, judge, read
from service.writing.pending_records import Key, PendingRecord, Unresolved, opaque_id
from service.writing.permission import refuse_fields
from service.writing.references import NEW, look_up, read_reference
from service.writing.rows import insert_row
from service.writing.transaction import Transaction
from service.writing.uniqueness import refuse_duplicates

# How deep new records may be nested.
_DEEPEST = 5


@dataclass(frozen=True)
class Components:
    """The list of records of `target` that are given within the new record that they are part of.

    `field`: the name of the list. `edge`: the reference to the record around them, which the input
    leaves out.
    """

    field: str
    target: Concept
    edge: str


CLAIMS = Components("claims", CONCEPTS["Evidence"], "statement")


@lru_cache
def _components(concept: str) -> Components | None:
    edge = COMPONENTS.get(concept)
    if edge is None:
        return None
    target = CONCEPTS[edge.target]
    return Components(edge.name, target, target.collection.part_of or "")


def create_record(tx: Transaction, concept: Concept, given: object, at: InputPath) -> Key:
    """Creates a record and returns its key; Unresolved where a problem is reported."""
    within = _components(concept.name)
    draft = _read(concept, given, at, within)
    return _create(tx, draft, within) if draft else Unresolved()


def find_or_create(
    tx: Transaction,
    concept: Concept,
    given: object,
    at: InputPath,
    within: Components | None = None,
) -> Key:
    """The key of the existing record that the input describes, or else of a new one.

    Unresolved where a problem is reported.
    """
    within = within or _components(concept.name)
    draft = _read(concept, given, at, within)
    if draft is None:
        return Unresolved()
    resolve(tx, draft)
    if judge(concept.table, draft.row, at) and draft.is_good and draft.is_resolved:
        same = find_same(tx.connection, draft)
        if same is not None:
            _add_components(tx, draft, within, same)
            return same
    return _write(tx, draft, within)


def _read(
    concept: Concept, given: object, at: InputPath, within: Components | None
) -> PendingRecord | None:
    draft = read(concept, given, at, components=within.field if within else "")
    if draft:
        draft.complete(defaults(concept.table))
    return draft


def _create(
    tx: Transaction,
    draft: PendingRecord,
    within: Components | None,
    *,
    may_be_duplicate: bool = True,
) -> Key:
    resolve(tx, draft)
    judge(draft.concept.table, draft.row, draft.at)
    if may_be_duplicate:
        refuse_duplicates(tx.connection, draft, draft.row)
    return _write(tx, draft, within)


def _write(tx: Transaction, draft: PendingRecord, within: Components | None) -> Key:
    refuse_fields(tx, draft, {name for name, value in draft.row.items() if value is not None})
    key = _insert(tx, draft) if draft.is_good and draft.is_resolved else Unresolved()
    for place, component in enumerate(_given_components(draft, within, key)):
        # A new record has no components yet, so the first can't be a duplicate.
        _create(tx, component, None, may_be_duplicate=place > 0)
    if isinstance(key, int):
        hooks_of(draft.concept).created(tx, draft, key)
    return key


def _add_components(
    tx: Transaction, draft: PendingRecord, within: Components | None, key: Key
) -> None:
    """Adds to an existing record those of the given components that it does not have yet."""
    for component in _given_components(draft, within, key):
        resolve(tx, component)
        known = equal_records(tx.connection, component.concept, component.row)
        if known:
            agreeing(tx.connection, component, known[0])
        else:
            _create(tx, component, None)


def _insert(tx: Transaction, draft: PendingRecord) -> int:
    key = insert_row(tx.connection, draft.concept.table, draft.row)
    tx.note("Created", opaque_id(draft.concept, key))
    for listed in draft.lists:
        for item in listed.items:
            insert_row(tx.connection, listed.table.table, listed.table.row(key, item))
    return key


def _given_components(
    draft: PendingRecord, within: Components | None, around: Key
) -> Iterator[PendingRecord]:
    """Yields the records that are given within the record around them. `around`: its key."""
    if within is None:
        return
    edge = within.target.members[within.edge]
    column = edge.column.name if isinstance(edge, ToOne) else ""
    for at, given in items_of(draft.components, draft.at.below(within.field)):
        component = read(within.target, given, at, known=within.edge)
        if component:
            component.complete({**defaults(within.target.table), column: around})
            yield component


# --- references ---------------------------------------------------------------------------------


def resolve(tx: Transaction, draft: PendingRecord) -> None:
    """Replaces the draft's references by keys; a second call has nothing left to do."""
    for edge, value in draft.references:
        at = draft.at.below(edge.name)
        draft.row[edge.column.name] = _key_of(tx, CONCEPTS[edge.target], value, at)
    draft.references = []
    _resolve_lists(tx, draft)


def _resolve_lists(tx: Transaction, draft: PendingRecord) -> None:
    for listed in draft.lists:
        references, listed.references = listed.references, []
        for at, value in references:
            target = CONCEPTS[listed.table.target or ""]
            key = _key_of(tx, target, value, at)
            if isinstance(key, int):
                add_item(listed, (key,), at)


def _key_of(tx: Transaction, target: Concept, value: Any, at: InputPath) -> Key:
    known = tx.recall(target, value)
    if known is not None:
        return known
    reference = read_reference(target, value, at)
    if reference is None:
        return Unresolved()
    if reference.way != NEW:
        key = look_up(tx.connection, target, reference)
        if isinstance(key, int):
            tx.remember(target, value, key)
        return key
    if at.depth == _DEEPEST:
        message = f"New records are nested more than {_DEEPEST} deep"
        at.report(Code.TOO_DEEP, f"{message}; create the inner ones first.")
        return Unresolved()
    return find_or_create(tx, target, reference.value, reference.at.within_new())
