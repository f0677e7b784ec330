"""Restricts some writes to admins: data sets, their coverage, and references to data sets.

The loader writes these from the file of a data set; if others could, the counts of a data set would
differ from its file.
"""

from collections.abc import Collection
from functools import lru_cache

from schema.concepts import CONCEPTS, Concept, ToOne
from schema.rules import Code
from service.errors import Forbidden
from service.writing.pending_records import PendingRecord
from service.writing.transaction import Transaction


def check_record(tx: Transaction, concept: Concept) -> None:
    """Raises Forbidden if only admins may write such records, and the author is not an admin."""
    if concept.collection.needs_admin and not tx.is_admin:
        raise Forbidden(f"Only a token with the role admin can write {concept.plural}.")


def refuse_fields(tx: Transaction, draft: PendingRecord, changed: Collection[str]) -> None:
    """Reports each changed field that only admins can set. `changed`: the columns that change."""
    for edge in () if tx.is_admin else _edges(draft.concept.name):
        if edge.column.name in changed:
            message = f"Only a token with the role admin can set `{edge.name}`; leave it out."
            draft.at.below(edge.name).report(Code.ADMIN_ONLY, message)


@lru_cache
def _edges(concept: str) -> tuple[ToOne, ...]:
    """The references to records that only admins may write."""
    edges = (m for m in CONCEPTS[concept].members.values() if isinstance(m, ToOne))
    return tuple(edge for edge in edges if CONCEPTS[edge.target].collection.needs_admin)
