"""Folds records that a merge has made the same into one, with the references to each of them."""

from collections.abc import Callable

from sqlalchemy import Table

from schema.concepts import CONCEPTS, Concept
from schema.records.columns import meaning_of
from schema.relations import PARTS
from schema.rows import Row
from schema.rules import Code
from schema.writing.drafts import defaults, fields_of, written_columns
from service.writing.foreign_keys import ForeignKey, edges_to
from service.writing.former_names import pass_on_names
from service.writing.identities import equal_records
from service.writing.input_path import InputPath
from service.writing.operations.circles import circles
from service.writing.pending_records import opaque_id
from service.writing.rows import (
    delete_rows,
    find_rows,
    find_value,
    insert_row,
    read_row,
    update_rows,
)
from service.writing.seed_keys import hand_on_key
from service.writing.transaction import Transaction

# Records, as the name of the concept and the key.
Touched = list[tuple[str, int]]

_NOTE = "note"


def _every(_: Table, __: Row) -> bool:
    return True


def move_references(
    tx: Transaction,
    table: Table,
    merged: int,
    kept: int,
    wanted: Callable[[Table, Row], bool] = _every,
) -> Touched:
    """Makes all references to the merged record refer to the kept one; returns the referrers.

    `wanted`: whether to keep a row of a list.
    """
    touched: Touched = []
    for edge in edges_to(table):
        if edge.concept and not edge.is_part:
            keys = find_rows(tx.connection, edge.table, (edge.key,), {edge.column: merged})
            touched += ((edge.concept.name, key) for (key,) in keys)
        if edge.concept and edge.table.name in PARTS:
            _move_rows(tx, edge, merged, kept, wanted)
        else:
            update_rows(tx.connection, edge.table, {edge.column: kept}, {edge.column: merged})
    return touched


def _move_rows(
    tx: Transaction, edge: ForeignKey, merged: int, kept: int, wanted: Callable[[Table, Row], bool]
) -> None:
    """Removes the parts that refer to the merged record, and inserts them for the kept one.

    They are not updated in place, so that the history has both versions.
    """
    names = written_columns(edge.table)
    for values in find_rows(tx.connection, edge.table, names, {edge.column: merged}):
        row = dict(zip(names, values, strict=True))
        delete_rows(tx.connection, edge.table, row)
        row[edge.column] = kept
        is_there = find_value(tx.connection, edge.table, edge.column, row) is not None
        if not is_there and wanted(edge.table, row):
            insert_row(tx.connection, edge.table, row)


def fold(tx: Transaction, touched: Touched, at: InputPath) -> None:
    """Folds each of these records with its equals into one, until no two records are the same.

    The referrers of a folded record may become the same in turn. `at`: the place in the input at
    which contradictions are reported.
    """
    waiting = dict.fromkeys(touched)
    while waiting:
        name, key = next(iter(waiting))
        del waiting[name, key]
        concept = CONCEPTS[name]
        row = read_row(tx.connection, concept.table, key)
        same = equal_records(tx.connection, concept, row, key=key) if row else []
        if same:
            kept, *others = sorted([key, *same])
            for other in others:
                waiting |= dict.fromkeys(_fold_one(tx, concept, other, kept, at))
            waiting[name, kept] = None


def _fold_one(tx: Transaction, concept: Concept, folded: int, kept: int, at: InputPath) -> Touched:
    touched = move_references(tx, concept.table, folded, kept)
    _take_over(tx, concept, folded, kept, at)
    _keep_note(tx, concept, folded, kept)
    hand_on_key(tx.connection, concept, folded, kept)
    delete_rows(tx.connection, concept.table, {"id": folded})
    pass_on_names(tx.connection, concept, folded, kept)
    tx.note("Merged", f"{opaque_id(concept, folded)} into {opaque_id(concept, kept)}")
    return touched


def _take_over(tx: Transaction, concept: Concept, folded: int, kept: int, at: InputPath) -> None:
    """Copies the values that only the folded record has; reports values that contradict."""
    table, both = concept.table, f"{opaque_id(concept, kept)} and {opaque_id(concept, folded)}"
    own, other = (read_row(tx.connection, table, key) or {} for key in (kept, folded))
    unsaid, changes = defaults(table), {}
    for path, column in fields_of(concept.name):
        if column == _NOTE or other[column] in (own[column], unsaid[column]):
            continue
        if own[column] == unsaid[column]:
            changes[column] = other[column]
        else:
            message = f"{both} would become one, and differ in `{'.'.join(path)}`"
            at.report(Code.CONTRADICTS, f"{message}; change one of them first.")
    if changes:
        update_rows(tx.connection, table, changes, {"id": kept})
    for circle in circles(tx.connection, concept, {**own, **changes}, kept):
        at.report(circle.code, f"{both} would become one: {circle.message}")


def _keep_note(tx: Transaction, concept: Concept, folded: int, kept: int) -> None:
    """Joins both notes, one below the other; keeps only the first if both exceed the limit."""
    if _NOTE not in concept.table.c:
        return
    own = find_value(tx.connection, concept.table, _NOTE, {"id": kept})
    other = find_value(tx.connection, concept.table, _NOTE, {"id": folded})
    if other in (None, own):
        return
    both = other if own is None else f"{own}\n{other}"
    meaning = meaning_of(concept.table.c[_NOTE])
    if meaning is None or len(both) <= (meaning.limit or len(both)):
        update_rows(tx.connection, concept.table, {_NOTE: both}, {"id": kept})
