"""The write operations. Each succeeds completely, or its transaction must be rolled back.

The input is JSON with the names of GraphQL. Each operation raises InvalidRecord or
RevisionConflict, with problems whose paths are those of the input.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from schema.concepts import COLLECTIONS, CONCEPTS, Concept
from schema.rows import Row
from schema.rules import Code, Problem
from service.errors import InvalidRecord
from service.writing.former_names import find_former
from service.writing.input_path import InputPath
from service.writing.operations.creating import CLAIMS, create_record, find_or_create
from service.writing.operations.deleting import delete_record
from service.writing.operations.merging import merge
from service.writing.operations.updating import update_record
from service.writing.pending_records import Key, Unresolved, opaque_id
from service.writing.permission import check_record
from service.writing.references import NEW, look_up, read_reference
from service.writing.revision_check import refuse_lost_race
from service.writing.rows import read_row
from service.writing.transaction import Transaction

WRITABLE: tuple[Concept, ...] = tuple(COLLECTIONS.values())

_ACTOR, _STATEMENT = CONCEPTS["Actor"], CONCEPTS["Statement"]


class Written(NamedTuple):
    """A record that was written: its concept, and its key in the table."""

    concept: Concept
    id: int


def create(tx: Transaction, concept: Concept, given: Mapping[str, Any]) -> Written:
    """A new record; a support with its `evidence`."""
    check_record(tx, concept)
    with _operation(tx) as at:
        tx.look_ahead(concept, given)
        return _written(concept, create_record(tx, concept, given, at), at)


def record_statement(tx: Transaction, given: Mapping[str, Any]) -> Written:
    """A statement with all that it `claims`: a new one, or the same that is there already."""
    with _operation(tx) as at:
        tx.look_ahead(_STATEMENT, given)
        return _written(_STATEMENT, find_or_create(tx, _STATEMENT, given, at, CLAIMS), at)


def create_whole(tx: Transaction, concept: Concept, given: Mapping[str, Any]) -> Written:
    """A new record with all that can be given within it; a statement with what it claims."""
    has_claims = concept is _STATEMENT and CLAIMS.field in given
    return record_statement(tx, given) if has_claims else create(tx, concept, given)


def find(tx: Transaction, concept: Concept, by: object) -> int:
    """The key of the record that a reference names. Problems have paths below `by`."""
    at = InputPath(tx.findings()).below("by")
    reference = read_reference(concept, by, at)
    if reference and reference.way == NEW:
        reference.at.tell(Code.UNKNOWN_FIELD, f"Name an existing {concept.noun}.")
        reference = None
    key = look_up(tx.connection, concept, reference) if reference else Unresolved()
    return _written(concept, key, at).id


def update(
    tx: Transaction, concept: Concept, key: int, given: Mapping[str, Any], if_revision: int | None
) -> Written:
    """Changes the fields that are given; null makes one unknown.

    `if_revision`: the newest revision that the client has seen of the record.
    """
    check_record(tx, concept)
    with _operation(tx) as at:
        before = _present(tx, concept, key, if_revision)
        update_record(tx, concept, before, given, at)
        return _written(concept, key, at)


def delete(tx: Transaction, concept: Concept, key: int, if_revision: int | None) -> Written:
    """Removes a record that no other one refers to; gives what it was."""
    check_record(tx, concept)
    with _operation(tx) as at:
        before = _present(tx, concept, key, if_revision, is_to_go=True)
        delete_record(tx, concept, before, at.below("id"))
        return _written(concept, key, at)


def merge_actors(tx: Transaction, given: Mapping[str, Any]) -> Written:
    """Makes one actor of several; the ids and slugs of the others lead to the one that is kept.

    `given`: `keep`, the list `merge`, and at times `allowDifferentKinds` and `ifRevision`, the
    newest revision that the client has seen of the actor to keep.
    """
    with _operation(tx) as at:
        return _written(_ACTOR, merge(tx, given, at), at)


@contextmanager
def _operation(tx: Transaction) -> Iterator[InputPath]:
    with tx.operation():
        yield InputPath(tx.findings())


def _written(concept: Concept, key: Key, at: InputPath) -> Written:
    at.refuse()
    if not isinstance(key, int):
        raise TypeError("A record was not written, and nothing says why.")
    return Written(concept, key)


def _present(
    tx: Transaction, concept: Concept, key: int, if_revision: int | None, *, is_to_go: bool = False
) -> Row:
    """The row of a record that is there, and as the client knows it.

    One that is to be deleted takes its components with it, so these are looked at as well.
    """
    before = read_row(tx.connection, concept.table, key)
    if before is None:
        raise InvalidRecord([Problem(("id",), Code.NOT_FOUND, _not_found(tx, concept, key))])
    refuse_lost_race(tx, concept, key, if_revision, with_components=is_to_go)
    return before


def _not_found(tx: Transaction, concept: Concept, key: int) -> str:
    if key < 0:
        # What is not an id of this type reads as one that no record has.
        return f"There is no {concept.noun} with this id."
    message = f"There is no {opaque_id(concept, key)}"
    kept = find_former(tx.connection, concept, "id", key)
    return f"{message}; it is part of {opaque_id(concept, kept)} now." if kept else f"{message}."
