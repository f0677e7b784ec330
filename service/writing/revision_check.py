"""Whether a record is still as it was when the client last saw it."""

from sqlalchemy import bindparam, func, select
from sqlmodel import SQLModel

from schema.concepts import Concept
from schema.records import HISTORY, Revision
from schema.records.history import FROM_REVISION
from schema.rules import Code, Problem
from service.errors import RevisionConflict
from service.writing.pending_records import opaque_id
from service.writing.rows import find_value
from service.writing.transaction import Transaction

_REVISIONS = SQLModel.metadata.tables[str(Revision.__tablename__)]

_LAST_CHANGES = {
    name: select(func.max(history.c[FROM_REVISION])).where(
        history.c.id == bindparam("key"), history.c[FROM_REVISION] < bindparam("this")
    )
    for name, history in HISTORY.items()
    if "id" in history.c
}


def refuse_lost_race(tx: Transaction, concept: Concept, key: int, seen: int | None) -> None:
    """Raises RevisionConflict where others have changed the record after revision `seen`.

    What this very request has changed already is no race.
    """
    if seen is None:
        return
    name = opaque_id(concept, key)
    if seen >= tx.revision:
        raise _lost(f"There is no revision {seen} yet; read {name}, and name the revision it has.")
    values = {"key": key, "this": tx.revision}
    last = tx.connection.scalar(_LAST_CHANGES[concept.table.name], values)
    if last is not None and last > seen:
        author = find_value(tx.connection, _REVISIONS, "author", {"number": last})
        raise _lost(
            f"{author or 'Somebody'} changed {name} in revision {last}, after revision {seen}; "
            "read it again, and decide again."
        )


def _lost(message: str) -> RevisionConflict:
    return RevisionConflict([Problem(("ifRevision",), Code.CONFLICT, message)])
