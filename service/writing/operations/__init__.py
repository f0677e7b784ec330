"""The write operations. Each succeeds completely, or its transaction must be rolled back.

The input is JSON with the field names of GraphQL. Each operation raises InvalidRecord or
RevisionConflict, with problems whose paths are paths in the input.
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
    """A record that was written: its concept, and its key in the table (`id`)."""

    concept: Concept
    id: int


def create(tx: Transaction, concept: Concept, given: Mapping[str, Any]) -> Written:
    """Creates a record; a support together with its `evidence`."""
    check_record(tx, concept)
    with _operation(tx) as at:
        tx.look_ahead(concept, given)
        return _written(concept, create_record(tx, concept, given, at), at)


def record_statement(tx: Transaction, given: Mapping[str, Any]) -> Written:
    """Creates a statement with its `claims`, or adds the claims to an equal existing statement."""
    with _operation(tx) as at:
        tx.look_ahead(_STATEMENT, given)
        return _written(_STATEMENT, find_or_create(tx, _STATEMENT, given, at, CLAIMS), at)


def create_whole(tx: Transaction, concept: Concept, given: Mapping[str, Any]) -> Written:
    """Creates a record with all that its input contains; a statement also with its `claims`."""
    has_claims = concept is _STATEMENT and CLAIMS.field in given
    return record_statement(tx, given) if has_claims else create(tx, concept, given)


def find(tx: Transaction, concept: Concept, by: object) -> int:
    """The key of the existing record that a reference names. Problems have paths below `by`."""
    at = InputPath(tx.findings()).below("by")
    reference = read_reference(concept, by, at)
    if reference and reference.way == NEW:
        reference.at.report(Code.UNKNOWN_FIELD, f"Name an existing {concept.noun}.")
        reference = None
    key = look_up(tx.connection, concept, reference) if reference else Unresolved()
    return _written(concept, key, at).id


def update(
    tx: Transaction, concept: Concept, key: int, given: Mapping[str, Any], if_revision: int | None
) -> Written:
    """Updates the given fields of a record; null makes a field unknown.

    `if_revision`: the newest revision of the record that the client has seen.
    """
    check_record(tx, concept)
    with _operation(tx) as at:
        before = _present(tx, concept, key, if_revision)
        update_record(tx, concept, before, given, at)
        return _written(concept, key, at)


def delete(tx: Transaction, concept: Concept, key: int, if_revision: int | None) -> Written:
    """Deletes a record that no other record refers to; returns its concept and key."""
    check_record(tx, concept)
    with _operation(tx) as at:
        before = _present(tx, concept, key, if_revision, is_deletion=True)
        delete_record(tx, concept, before, at.below("id"))
        return _written(concept, key, at)


def merge_actors(tx: Transaction, given: Mapping[str, Any]) -> Written:
    """Merges actors into one; the ids and slugs of the others lead to the kept actor.

    `given`: `keep`, the list `merge`, and optionally `allowDifferentKinds` and `ifRevision`, the
    newest revision of the actor to keep that the client has seen.
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
    tx: Transaction,
    concept: Concept,
    key: int,
    if_revision: int | None,
    *,
    is_deletion: bool = False,
) -> Row:
    """The row of a record that exists and is unchanged since the client last saw it.

    A deletion also removes the record's components, so these must be unchanged as well. Raises
    InvalidRecord or RevisionConflict.
    """
    before = read_row(tx.connection, concept.table, key)
    if before is None:
        raise InvalidRecord([Problem(("id",), Code.NOT_FOUND, _not_found(tx, concept, key))])
    refuse_lost_race(tx, concept, key, if_revision, with_components=is_deletion)
    return before


def _not_found(tx: Transaction, concept: Concept, key: int) -> str:
    if key < 0:
        # An id of another type is read as a key that no record has.
        return f"There is no {concept.noun} with this id."
    message = f"There is no {opaque_id(concept, key)}"
    kept = find_former(tx.connection, concept, "id", key)
    return f"{message}; it is part of {opaque_id(concept, kept)} now." if kept else f"{message}."
