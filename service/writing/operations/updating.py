"""Updates existing records: the given fields change, all others keep their values."""

from schema.concepts import Concept
from schema.rows import Row
from service.writing.former_names import remember_slug
from service.writing.hooks import hooks_of
from service.writing.input_path import InputPath
from service.writing.input_reading import judge, read
from service.writing.operations.circles import refuse_circles
from service.writing.operations.creating import resolve
from service.writing.pending_records import PendingList, PendingRecord, opaque_id
from service.writing.permission import refuse_fields
from service.writing.rows import delete_rows, find_rows, insert_row, update_rows
from service.writing.transaction import Transaction
from service.writing.uniqueness import refuse_duplicates


def update_record(
    tx: Transaction, concept: Concept, before: Row, given: object, at: InputPath
) -> None:
    """Updates a record with the given fields, or reports problems. `before`: its stored row."""
    draft = read(concept, given, at)
    if draft is None:
        return
    resolve(tx, draft)
    draft.complete(before)
    judge(concept.table, draft.row, at)
    changes = {name: draft.row[name] for name in draft.given if draft.row[name] != before[name]}
    refuse_fields(tx, draft, changes)
    refuse_duplicates(tx.connection, draft, changes, before["id"])
    refuse_circles(tx.connection, draft, changes, before["id"])
    if draft.is_good:
        _write(tx, draft, before, changes)


def _write(tx: Transaction, draft: PendingRecord, before: Row, changes: Row) -> None:
    key: int = before["id"]
    if changes:
        update_rows(tx.connection, draft.concept.table, changes, {"id": key})
    if "slug" in changes:
        remember_slug(tx.connection, draft.concept, key, before["slug"], changes["slug"])
    # A list, not a generator: `any` would stop at the first list that has changed.
    lists = [_write_list(tx, listed, key) for listed in draft.lists]
    if changes or any(lists):
        tx.note("Updated", opaque_id(draft.concept, key))
    hooks_of(draft.concept).updated(tx, draft, before, changes)


def _write_list(tx: Transaction, listed: PendingList, key: int) -> bool:
    """Replaces the stored items of a list by the given ones; returns whether that changed it."""
    table = listed.table
    before = set(find_rows(tx.connection, table.table, table.columns, {table.near: key}))
    new = [item for item in listed.items if item not in before]
    removed = [item for item in before if item not in listed.items]
    for item in removed:
        delete_rows(tx.connection, table.table, table.row(key, item))
    for item in new:
        insert_row(tx.connection, table.table, table.row(key, item))
    return bool(new or removed)
