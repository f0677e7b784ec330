"""New records, with those that they refer to and that are to be found or made first."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from schema.concepts import COMPONENTS, CONCEPTS, Concept, ToOne
from schema.drafts import defaults
from schema.rules import Code
from service.writing.hooks import hooks_of
from service.writing.identities import awaited, find_same
from service.writing.input_path import InputPath
from service.writing.input_reading import add_item, items_of, judge, read
from service.writing.pending_records import Key, PendingRecord, Unresolved, opaque_id
from service.writing.references import NEW, look_up, read_reference
from service.writing.rows import insert_row
from service.writing.transaction import Transaction
from service.writing.uniqueness import refuse_duplicates

# How many new records may stand within each other.
_DEEPEST = 5


@dataclass(frozen=True)
class Components:
    """The list of records of `target` that are given within the new record that they are part of.

    `field`: what the list is called. `edge`: the end that is not given, since it stands around it.
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


def create_record(
    tx: Transaction,
    concept: Concept,
    given: object,
    at: InputPath,
    within: Components | None = None,
) -> Key:
    """A new record; unresolved where a problem is reported."""
    within = within or _components(concept.name)
    draft = read(concept, given, at, components=within.field if within else "")
    if draft is None:
        return Unresolved()
    draft.complete(defaults(concept.table))
    return _create(tx, draft, within)


def _find_or_create(tx: Transaction, concept: Concept, given: object, at: InputPath) -> Key:
    """The record that is there already with what identifies it, or else a new one."""
    within = _components(concept.name)
    draft = read(concept, given, at, components=within.field if within else "")
    if draft is None:
        return Unresolved()
    draft.complete(defaults(concept.table))
    resolve(tx, draft, awaited(draft))
    # What stands for a reference is no problem to the rules.
    if judge(concept.table, draft.row, at) and draft.is_good:
        same = find_same(tx.connection, draft)
        if same is not None:
            return same
    resolve(tx, draft)
    return _write(tx, draft, within)


def _create(tx: Transaction, draft: PendingRecord, within: Components | None) -> Key:
    resolve(tx, draft)
    judge(draft.concept.table, draft.row, draft.at)
    refuse_duplicates(tx.connection, draft, draft.row)
    return _write(tx, draft, within)


def _write(tx: Transaction, draft: PendingRecord, within: Components | None) -> Key:
    key = _insert(tx, draft) if draft.is_good and draft.is_resolved else Unresolved()
    if within:
        for at, given in items_of(draft.components, draft.at.below(within.field)):
            _create_component(tx, within, given, at, key)
    if isinstance(key, int):
        hooks_of(draft.concept).created(tx, draft, key)
    return key


def _insert(tx: Transaction, draft: PendingRecord) -> int:
    key = insert_row(tx.connection, draft.concept.table, draft.row)
    tx.note("Created", opaque_id(draft.concept, key))
    for listed in draft.lists:
        for item in listed.items:
            insert_row(tx.connection, listed.table.table, listed.table.row(key, item))
    return key


def _create_component(
    tx: Transaction, within: Components, given: Any, at: InputPath, around: Key
) -> None:
    """One of the records that are given within the new record around them."""
    draft = read(within.target, given, at, known=within.edge)
    if draft:
        edge = within.target.members[within.edge]
        column = edge.column.name if isinstance(edge, ToOne) else ""
        draft.complete({**defaults(within.target.table), column: around})
        _create(tx, draft, None)


# --- references ---------------------------------------------------------------------------------


def resolve(tx: Transaction, draft: PendingRecord, only: Collection[str] | None = None) -> None:
    """Puts keys in the place of references: of all that are left, or of those named in `only`."""
    waiting = []
    for edge, value in draft.references:
        if only is None or edge.name in only:
            at = draft.at.below(edge.name)
            draft.row[edge.column.name] = _key_of(tx, CONCEPTS[edge.target], value, at)
        else:
            waiting.append((edge, value))
    draft.references = waiting
    if only is None:
        _resolve_lists(tx, draft)


def _resolve_lists(tx: Transaction, draft: PendingRecord) -> None:
    for listed in draft.lists:
        for at, value in listed.references:
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
        message = f"More than {_DEEPEST} new records stand within each other"
        at.tell(Code.TOO_DEEP, f"{message}; write the inner ones first.")
        return Unresolved()
    return _find_or_create(tx, target, reference.value, reference.at.within_new())
