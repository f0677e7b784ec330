"""Hooks: further work when a record of one type is written, by the name of the type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from schema.concepts import Concept
from schema.rows import Row, Values
from service.writing import attribution, dataset_records, evidence
from service.writing.input_path import InputPath
from service.writing.pending_records import PendingRecord
from service.writing.transaction import Transaction


def _nothing(*_: object) -> None:
    """Does nothing: most types have no hooks."""


def _each(*hooks: Callable[..., None]) -> Callable[..., None]:
    """Returns a hook that calls several hooks in order."""

    def call(*arguments: object) -> None:
        for hook in hooks:
            hook(*arguments)

    return call


@dataclass(frozen=True)
class Hooks:
    """Called within the transaction of a write.

    `created` gets the new record and its key; `updated` the record, its row before and the changed
    columns; `deleting` the row of a record that is about to be deleted, before anything is removed;
    `deleted` the row of the deleted record and the place in the input that names it.
    """

    created: Callable[[Transaction, PendingRecord, int], None] = _nothing
    updated: Callable[[Transaction, PendingRecord, Row, Values], None] = _nothing
    deleting: Callable[[Transaction, Row], None] = _nothing
    deleted: Callable[[Transaction, Row, InputPath], None] = _nothing


_NONE = Hooks()

_HOOKS: Mapping[str, Hooks] = MappingProxyType(
    {
        "Support": Hooks(
            created=_each(attribution.support_created, evidence.support_created),
            updated=_each(attribution.support_updated, evidence.support_updated),
        ),
        "Dataset": Hooks(deleting=dataset_records.dataset_deleting),
        "Evidence": Hooks(updated=evidence.evidence_updated, deleted=evidence.evidence_deleted),
    }
)


def hooks_of(concept: Concept) -> Hooks:
    """The hooks of a record type."""
    return _HOOKS.get(concept.name, _NONE)
