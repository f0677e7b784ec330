"""What only admins may write: data sets and their coverage, and which records are of a data set.

The loader writes these for a data set, so its counts stay those of its file.
"""

from collections.abc import Collection
from functools import lru_cache

from schema.concepts import CONCEPTS, Concept, ToOne
from schema.rules import Code
from service.errors import Forbidden
from service.writing.pending_records import PendingRecord
from service.writing.transaction import Transaction


def check_record(tx: Transaction, concept: Concept) -> None:
    """Raises Forbidden if only admins write such records, and the author is none."""
    if concept.collection.needs_admin and not tx.is_admin:
        raise Forbidden(f"Only a token with the role admin can write {concept.plural}.")


def refuse_fields(tx: Transaction, draft: PendingRecord, changed: Collection[str]) -> None:
    """Tells of each field that only admins can set. `changed`: the columns that change."""
    for edge in () if tx.is_admin else _edges(draft.concept.name):
        if edge.column.name in changed:
            message = f"Only a token with the role admin can set `{edge.name}`; leave it out."
            draft.at.below(edge.name).tell(Code.ADMIN_ONLY, message)


@lru_cache
def _edges(concept: str) -> tuple[ToOne, ...]:
    """The references to records that only admins write."""
    edges = (m for m in CONCEPTS[concept].members.values() if isinstance(m, ToOne))
    return tuple(edge for edge in edges if CONCEPTS[edge.target].collection.needs_admin)
