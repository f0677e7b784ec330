"""What else is done where a record of one type is written: each type's own rules, by its name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from schema.concepts import Concept
from schema.rows import Row, Values
from service.writing import evidence
from service.writing.input_path import InputPath
from service.writing.pending_records import PendingRecord
from service.writing.transaction import Transaction


def _nothing(*_: object) -> None:
    """Most types have no rules of their own."""


@dataclass(frozen=True)
class Hooks:
    """Called once a record was written, within the same transaction.

    `created` gets the record and its key; `updated` the record, its row before and what changed;
    `deleted` the row that there was, and where the input names it.
    """

    created: Callable[[Transaction, PendingRecord, int], None] = _nothing
    updated: Callable[[Transaction, PendingRecord, Row, Values], None] = _nothing
    deleted: Callable[[Transaction, Row, InputPath], None] = _nothing


_NONE = Hooks()

_HOOKS: Mapping[str, Hooks] = MappingProxyType(
    {
        "Support": Hooks(created=evidence.support_created, updated=evidence.support_updated),
        "Evidence": Hooks(updated=evidence.evidence_updated, deleted=evidence.evidence_deleted),
    }
)


def hooks_of(concept: Concept) -> Hooks:
    """The rules of a type of record."""
    return _HOOKS.get(concept.name, _NONE)
