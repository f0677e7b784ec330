"""New records, with those that they refer to and that are to be found or made first."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from schema.concepts import CONCEPTS, Concept
from schema.rules import Code
from service.writing.evidence import needs_evidence
from service.writing.identities import awaited, find_same
from service.writing.input_path import InputPath
from service.writing.input_reading import add_item, items_of, judge, read
from service.writing.pending_records import Draft, Key, Unresolved, defaults, opaque_id
from service.writing.references import NEW, look_up, read_reference
from service.writing.rows import insert_row
from service.writing.transaction import Transaction
from service.writing.uniqueness import refuse_duplicates

# How many new records may stand within each other.
_DEEPEST = 5

_EVIDENCE = CONCEPTS["Evidence"]


@dataclass(frozen=True)
class Joined:
    """A list of evidence that is given within one of the two records that it joins.

    `field`: what the list is called. `edge`: the end that is not given, since it stands around it.
    """

    field: str = ""
    edge: str = ""


CLAIMS = Joined("claims", "statement")
_OF_SUPPORT = Joined("evidence", "support")
_NOTHING = Joined()


def create_record(
    tx: Transaction, concept: Concept, given: object, at: InputPath, joined: Joined | None = None
) -> Key:
    """A new record; unresolved where it is told why there can't be one."""
    joined = joined or _joined(concept)
    draft = read(concept, given, at, evidence=joined.field)
    if draft is None:
        return Unresolved()
    draft.complete(defaults(concept.table))
    return _create(tx, draft, joined)


def _find_or_create(tx: Transaction, concept: Concept, given: object, at: InputPath) -> Key:
    """The record that is there already with what identifies it, or else a new one."""
    joined = _joined(concept)
    draft = read(concept, given, at, evidence=joined.field)
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
    return _write(tx, draft, joined)


def _joined(concept: Concept) -> Joined:
    return _OF_SUPPORT if concept.name == "Support" else _NOTHING


def _create(tx: Transaction, draft: Draft, joined: Joined) -> Key:
    resolve(tx, draft)
    judge(draft.concept.table, draft.row, draft.at)
    refuse_duplicates(tx.connection, draft, draft.row)
    return _write(tx, draft, joined)


def _write(tx: Transaction, draft: Draft, joined: Joined) -> Key:
    key = _insert(tx, draft) if draft.is_good and draft.is_resolved else Unresolved()
    evidence = list(items_of(draft.evidence, draft.at.below(joined.field)))
    for at, given in evidence:
        _create_evidence(tx, given, at, joined.edge, key)
    is_traced = evidence or draft.row.get("dataset_id") is not None
    if joined is _OF_SUPPORT and isinstance(key, int) and not is_traced:
        needs_evidence(tx, key, (*draft.at.path, joined.field))
    return key


def _insert(tx: Transaction, draft: Draft) -> int:
    key = insert_row(tx.connection, draft.concept.table, draft.row)
    tx.note("Created", opaque_id(draft.concept, key))
    for listed in draft.lists:
        for item in listed.items:
            insert_row(tx.connection, listed.part.table, listed.part.row(key, item))
    return key


def _create_evidence(tx: Transaction, given: Any, at: InputPath, edge: str, around: Key) -> None:
    """Evidence that is given within one of the two records that it joins."""
    draft = read(_EVIDENCE, given, at, known=edge)
    if draft:
        draft.complete({**defaults(_EVIDENCE.table), f"{edge}_id": around})
        _create(tx, draft, _NOTHING)


# --- references ---------------------------------------------------------------------------------


def resolve(tx: Transaction, draft: Draft, only: Collection[str] | None = None) -> None:
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


def _resolve_lists(tx: Transaction, draft: Draft) -> None:
    for listed in draft.lists:
        for at, value in listed.references:
            target = CONCEPTS[listed.part.target or ""]
            key = _key_of(tx, target, value, at)
            if isinstance(key, int):
                add_item(listed, (key,), at)


def _key_of(tx: Transaction, target: Concept, value: Any, at: InputPath) -> Key:
    reference = read_reference(target, value, at)
    if reference is None:
        return Unresolved()
    if reference.way != NEW:
        return look_up(tx.connection, target, reference)
    if at.depth == _DEEPEST:
        message = f"More than {_DEEPEST} new records stand within each other"
        at.tell(Code.TOO_DEEP, f"{message}; write the inner ones first.")
        return Unresolved()
    return _find_or_create(tx, target, reference.value, reference.at.within_new())
