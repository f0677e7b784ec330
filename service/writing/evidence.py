"""Checks that every support can be traced to evidence or to the data set that it is from."""

from functools import partial

from sqlalchemy import Connection

from schema.concepts import CONCEPTS
from schema.rows import Row, Values
from schema.rules import Code, Problem
from service.writing.input_path import InputPath
from service.writing.pending_records import PendingRecord, opaque_id
from service.writing.rows import find_rows, find_value
from service.writing.transaction import Transaction

_SUPPORT, _EVIDENCE = CONCEPTS["Support"], CONCEPTS["Evidence"]


def support_created(tx: Transaction, support: PendingRecord, key: int) -> None:
    """Checks, at the end of the request, that a new support has evidence or a data set."""
    if not support.components and support.row["dataset_id"] is None:
        _check(tx, key, (*support.at.path, "evidence"))


def support_updated(tx: Transaction, support: PendingRecord, before: Row, changes: Values) -> None:
    """Checks, at the end of the request, a support whose data set has changed."""
    if "dataset_id" in changes:
        _check(tx, before["id"], (*support.at.path, "dataset"))


def evidence_updated(
    tx: Transaction, evidence: PendingRecord, before: Row, changes: Values
) -> None:
    """Checks, at the end of the request, the support that the evidence was about before."""
    if "support_id" in changes:
        _check(tx, before["support_id"], (*evidence.at.path, "support"))


def evidence_deleted(tx: Transaction, before: Row, at: InputPath) -> None:
    """Checks, at the end of the request, that the support still has evidence or a data set."""
    _check(tx, before["support_id"], at.path)


def _check(tx: Transaction, support: int, path: tuple[str, ...]) -> None:
    """Registers a check of the support for the end of the request.

    `path`: the place in the input at which a problem is reported.
    """
    tx.check_at_end((_SUPPORT.name, support), partial(_without_evidence, support, path))


def _without_evidence(
    support: int, path: tuple[str, ...], connection: Connection
) -> Problem | None:
    datasets = find_rows(connection, _SUPPORT.table, ("dataset_id",), {"id": support})
    # A support that is deleted by now, or has a data set, needs no evidence.
    if datasets != [(None,)]:
        return None
    if find_value(connection, _EVIDENCE.table, "id", {"support_id": support}) is not None:
        return None
    message = f"{opaque_id(_SUPPORT, support)} would have neither evidence nor a data set"
    return Problem(path, Code.WITHOUT_EVIDENCE, f"{message}; give it one, or delete it as well.")
