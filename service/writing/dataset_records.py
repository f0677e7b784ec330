"""Removes the records of a data set that is deleted.

A record that other records refer to remains, without its data set: a support with evidence from
elsewhere, an actor of another support. A record that a second data set states too passes to that
data set. One statement removes all rows of a type: a data set may have hundreds of thousands of
records.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, exists, false, or_, select, update
from sqlmodel import SQLModel

from schema.concepts import CONCEPTS, NODES, Concept, ToOne
from schema.records import SeedKey
from schema.rows import Row
from schema.writing import shared_records
from service.writing.foreign_keys import edges_to
from service.writing.pending_records import opaque_id
from service.writing.transaction import Transaction

_DATASET, _SUPPORT = CONCEPTS["Dataset"], CONCEPTS["Support"]
_KEYS = SQLModel.metadata.tables[str(SeedKey.__tablename__)]

# The number of remaining records that the revision's message names.
_NAMED_MOST = 20


def dataset_deleting(tx: Transaction, before: Row) -> None:
    """Removes the data set's records, or separates them from it.

    Afterwards no record refers to the data set, so that it can be deleted.
    """
    connection, dataset = tx.connection, before["id"]
    tx.changed_records.look_in_history()
    kept: list[str] = []
    # The data set's own references, such as its publisher, do not prevent a record's removal.
    own = {edge.column.name: None for edge in _edges(_DATASET)}
    connection.execute(update(_DATASET.table).where(_DATASET.table.c.id == dataset).values(own))
    shared_records.withdraw(connection, dataset)
    for concept in _referrers_first():
        shared_records.pass_on(connection, concept.name, dataset)
        owned = _owned(concept, dataset)
        used = list(connection.scalars(select(owned.c.id).where(_is_used(concept, owned, dataset))))
        kept += [opaque_id(concept, key) for key in used]
        _separate(connection, concept, used)
        _remove(connection, concept, dataset)
    for edge in edges_to(_DATASET.table):
        if not edge.is_part and edge.table.c[edge.column].nullable:
            connection.execute(
                update(edge.table)
                .where(edge.table.c[edge.column] == dataset)
                .values({edge.column: None})
            )
    tx.kept += kept
    if kept:
        more = ["and more"] if len(kept) > _NAMED_MOST else []
        for name in [*kept[:_NAMED_MOST], *more]:
            tx.note("Kept without the data set", name)


def _referrers_first() -> Iterator[Concept]:
    """The concepts whose records a data set may have, each before those that it refers to."""
    waiting = {concept.name: _targets(concept) for concept in NODES if concept is not _DATASET}
    while waiting:
        referred = {target for targets in waiting.values() for target in targets}
        for name in sorted(waiting.keys() - referred):
            del waiting[name]
            yield CONCEPTS[name]


def _targets(concept: Concept) -> set[str]:
    return {edge.target for edge in _edges(concept)} - {concept.name, _DATASET.name}


def _edges(concept: Concept) -> Iterator[ToOne]:
    return (member for member in concept.members.values() if isinstance(member, ToOne))


def _owned(concept: Concept, dataset: int) -> Any:
    """The ids of the data set's records: loaded from it, or with a reference to it."""
    keys = select(_KEYS.c.record_id.label("id")).where(
        _KEYS.c.dataset_id == dataset, _KEYS.c.concept == concept.name
    )
    naming = _naming(concept)
    if naming is None:
        return keys.subquery("owned")
    return keys.union(select(concept.table.c.id).where(naming == dataset)).subquery("owned")


def _naming(concept: Concept) -> ColumnElement[Any] | None:
    """The column that refers to the data set; None if the concept has none."""
    return concept.table.c.get("dataset_id")


def _is_used(concept: Concept, owned: Any, dataset: int) -> ColumnElement[bool]:
    """Whether a remaining record refers to the record of a row of `owned`.

    The data set's records of concepts that refer to this one are removed before. A support given in
    return for another support is not evidence of that support, so it does not prevent its removal.
    """
    uses = []
    for edge in edges_to(concept.table):
        is_return = concept is _SUPPORT and edge.table is concept.table
        if edge.is_part or is_return:
            continue
        column = edge.table.c[edge.column]
        used: Select[Any] = select(column).where(column == owned.c.id)
        if edge.table is concept.table:
            used = used.where(edge.table.c.id.not_in(select(_owned(concept, dataset).c.id)))
        uses.append(exists(used))
    return or_(false(), *uses)


def _separate(connection: Connection, concept: Concept, used: Iterable[int]) -> None:
    """Removes the keys of the remaining records, and their references to the data set."""
    for key in used:
        connection.execute(
            delete(_KEYS).where(_KEYS.c.concept == concept.name, _KEYS.c.record_id == key)
        )
        naming = _naming(concept)
        if naming is not None:
            connection.execute(
                update(concept.table).where(concept.table.c.id == key).values(dataset_id=None)
            )


def _remove(connection: Connection, concept: Concept, dataset: int) -> None:
    """Removes the data set's records of a concept.

    The order follows the foreign keys: first their parts, then the records, then their seed keys.
    """
    owned = select(_owned(concept, dataset).c.id)
    table = concept.table
    for edge in edges_to(table):
        column = edge.table.c[edge.column]
        if edge.table is table and column.nullable:
            connection.execute(update(table).where(column.in_(owned)).values({edge.column: None}))
        elif edge.is_part:
            connection.execute(delete(edge.table).where(column.in_(owned)))
    connection.execute(delete(table).where(table.c.id.in_(owned)))
    connection.execute(
        delete(_KEYS).where(_KEYS.c.concept == concept.name, _KEYS.c.dataset_id == dataset)
    )
