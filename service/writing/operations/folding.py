"""Two records that a merge has made the same become one, with all that refers to either."""

from collections.abc import Callable

from sqlalchemy import Table

from schema.concepts import CONCEPTS, Concept
from schema.drafts import defaults, fields_of, written_columns
from schema.records.columns import meaning_of
from schema.relations import PARTS
from schema.rows import Row
from schema.rules import Code
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

# Records by the names of their concepts and their keys.
Touched = list[tuple[str, int]]

_NOTE = "note"


def _every(_: Table, __: Row) -> bool:
    return True


def move_references(
    tx: Transaction,
    table: Table,
    gone: int,
    kept: int,
    wanted: Callable[[Table, Row], bool] = _every,
) -> Touched:
    """Makes all that refers to one record refer to another; returns the records that did.

    `wanted`: whether a row of a list is still to be there.
    """
    touched: Touched = []
    for edge in edges_to(table):
        if edge.concept and not edge.is_part:
            keys = find_rows(tx.connection, edge.table, (edge.key,), {edge.column: gone})
            touched += ((edge.concept.name, key) for (key,) in keys)
        if edge.concept and edge.table.name in PARTS:
            _move_rows(tx, edge, gone, kept, wanted)
        else:
            update_rows(tx.connection, edge.table, {edge.column: kept}, {edge.column: gone})
    return touched


def _move_rows(
    tx: Transaction, edge: ForeignKey, gone: int, kept: int, wanted: Callable[[Table, Row], bool]
) -> None:
    """Parts that name the record: each is removed and inserted again: history has both."""
    names = written_columns(edge.table)
    for values in find_rows(tx.connection, edge.table, names, {edge.column: gone}):
        row = dict(zip(names, values, strict=True))
        delete_rows(tx.connection, edge.table, row)
        row[edge.column] = kept
        is_there = find_value(tx.connection, edge.table, edge.column, row) is not None
        if not is_there and wanted(edge.table, row):
            insert_row(tx.connection, edge.table, row)


def fold(tx: Transaction, touched: Touched, at: InputPath) -> None:
    """Makes one record of those that are the same by now, as long as there are any.

    What refers to a record that was folded may have become the same in turn. `at`: where those are
    reported that contradict each other.
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


def _fold_one(tx: Transaction, concept: Concept, gone: int, kept: int, at: InputPath) -> Touched:
    touched = move_references(tx, concept.table, gone, kept)
    _take_over(tx, concept, gone, kept, at)
    _keep_note(tx, concept, gone, kept)
    hand_on_key(tx.connection, concept, gone, kept)
    delete_rows(tx.connection, concept.table, {"id": gone})
    pass_on_names(tx.connection, concept, gone, kept)
    tx.note("Merged", f"{opaque_id(concept, gone)} into {opaque_id(concept, kept)}")
    return touched


def _take_over(tx: Transaction, concept: Concept, gone: int, kept: int, at: InputPath) -> None:
    """What only one of the two says is kept. Reports what they say differently."""
    table, both = concept.table, f"{opaque_id(concept, kept)} and {opaque_id(concept, gone)}"
    own, other = (read_row(tx.connection, table, key) or {} for key in (kept, gone))
    unsaid, changes = defaults(table), {}
    for path, column in fields_of(concept.name):
        if column == _NOTE or other[column] in (own[column], unsaid[column]):
            continue
        if own[column] == unsaid[column]:
            changes[column] = other[column]
        else:
            message = f"{both} would become one, and differ in `{'.'.join(path)}`"
            at.tell(Code.CONTRADICTS, f"{message}; change one of them first.")
    if changes:
        update_rows(tx.connection, table, changes, {"id": kept})
    for circle in circles(tx.connection, concept, {**own, **changes}, kept):
        at.tell(circle.code, f"{both} would become one: {circle.message}")


def _keep_note(tx: Transaction, concept: Concept, gone: int, kept: int) -> None:
    """Both notes, one below the other; the first alone where there is no room for both."""
    if _NOTE not in concept.table.c:
        return
    own = find_value(tx.connection, concept.table, _NOTE, {"id": kept})
    other = find_value(tx.connection, concept.table, _NOTE, {"id": gone})
    if other in (None, own):
        return
    both = other if own is None else f"{own}\n{other}"
    meaning = meaning_of(concept.table.c[_NOTE])
    if meaning is None or len(both) <= (meaning.limit or len(both)):
        update_rows(tx.connection, concept.table, {_NOTE: both}, {"id": kept})
