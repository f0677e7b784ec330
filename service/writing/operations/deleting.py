"""Deletes records with their parts; refuses to delete a record that others refer to."""

from schema.concepts import COMPONENTS, CONCEPTS, Concept
from schema.rows import Row
from schema.rules import Code
from service.writing.foreign_keys import edges_to, referrers
from service.writing.hooks import hooks_of
from service.writing.input_path import InputPath
from service.writing.pending_records import opaque_id
from service.writing.rows import delete_rows, find_rows
from service.writing.seed_keys import forget_key
from service.writing.transaction import Transaction

# The number of referring records that a message names.
_NAMED_MOST = 5


def delete_record(tx: Transaction, concept: Concept, before: Row, at: InputPath) -> None:
    """Deletes a record with its components, or reports what refers to it. `before`: its row."""
    key: int = before["id"]
    hooks_of(concept).deleting(tx, before)
    _remove_components(tx, concept, key)
    name = opaque_id(concept, key)
    found = referrers(tx.connection, concept.table, key, _NAMED_MOST + 2)
    users = [user for user in found if user != name]
    if users:
        at.report(Code.IN_USE, f"{_in_words(users)} {name}; change or delete that first.")
        return
    remove(tx, concept, key)
    hooks_of(concept).deleted(tx, before, at)


def _remove_components(tx: Transaction, concept: Concept, key: int) -> None:
    edge = COMPONENTS.get(concept.name)
    if edge:
        target = CONCEPTS[edge.target]
        for (component,) in find_rows(tx.connection, target.table, ("id",), {edge.near.name: key}):
            remove(tx, target, component)


def remove(tx: Transaction, concept: Concept, key: int) -> None:
    """Removes a record that nothing refers to, with its parts and the data sets' keys of it."""
    for edge in edges_to(concept.table):
        if edge.is_part:
            delete_rows(tx.connection, edge.table, {edge.column: key})
    forget_key(tx.connection, concept, key)
    delete_rows(tx.connection, concept.table, {"id": key})
    tx.note("Deleted", opaque_id(concept, key))


def _in_words(users: list[str]) -> str:
    named = ", ".join(users[:_NAMED_MOST])
    more = " and more" if len(users) > _NAMED_MOST else ""
    return f"{named}{more} {'refers' if len(users) == 1 else 'refer'} to"
