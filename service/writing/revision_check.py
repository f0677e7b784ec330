"""Checks that a record has not changed since the client last saw it."""

from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select
from sqlmodel import SQLModel

from schema.concepts import COMPONENTS, CONCEPTS, Concept
from schema.records import HISTORY, Revision
from schema.records.history import FROM_REVISION
from schema.rules import Code, Problem
from service.errors import RevisionConflict
from service.writing.pending_records import opaque_id
from service.writing.rows import find_value
from service.writing.transaction import Transaction

_REVISIONS = SQLModel.metadata.tables[str(Revision.__tablename__)]


class Seen(NamedTuple):
    """The state of a record that a client has seen, if the request states it.

    `revision`: the newest revision that the client has seen. `time`: when the client has seen it.
    `refusal`: a problem with the stated condition, which then matches no state.
    """

    revision: int | None = None
    time: str | None = None
    refusal: Problem | None = None

    def newest_revision(self, tx: Transaction) -> int | None:
        """The newest revision that the client has seen; None if the request does not state it.

        Raises RevisionConflict for a `refusal`.
        """
        if self.refusal is not None:
            raise RevisionConflict([self.refusal])
        if self.revision is None and self.time is not None:
            return tx.connection.scalar(_AT_TIME, {"time": self.time, "this": tx.revision}) or 0
        return self.revision


_AT_TIME = select(func.max(_REVISIONS.c.number)).where(
    _REVISIONS.c.time <= bindparam("time"), _REVISIONS.c.number < bindparam("this")
)


def _last_change(table: str, column: str) -> Select[Any]:
    """Selects the last revision before `this` that wrote a row with this `key` in the column."""
    history = HISTORY[table]
    return select(func.max(history.c[FROM_REVISION])).where(
        history.c[column] == bindparam("key"), history.c[FROM_REVISION] < bindparam("this")
    )


_LAST_CHANGES = {name: _last_change(name, "id") for name in HISTORY if "id" in HISTORY[name].c}
_LAST_OF_COMPONENTS = {
    name: _last_change(CONCEPTS[edge.target].table.name, edge.near.name)
    for name, edge in COMPONENTS.items()
}


def refuse_lost_race(
    tx: Transaction, concept: Concept, key: int, seen: int | None, *, with_components: bool = False
) -> None:
    """Raises RevisionConflict if others have changed the record after revision `seen`.

    The request's own changes are not a conflict. `with_components`: whether to check the records
    that would be deleted with it as well.
    """
    if seen is None:
        return
    name = opaque_id(concept, key)
    if seen >= tx.revision:
        raise _lost(f"There is no revision {seen} yet; read {name}, and name the revision it has.")
    _refuse_later(tx, _LAST_CHANGES[concept.table.name], key, seen, name)
    if with_components and concept.name in COMPONENTS:
        what = f"{CONCEPTS[COMPONENTS[concept.name].target].plural} of {name}"
        _refuse_later(tx, _LAST_OF_COMPONENTS[concept.name], key, seen, what)


def _refuse_later(tx: Transaction, query: Select[Any], key: int, seen: int, name: str) -> None:
    last = tx.connection.scalar(query, {"key": key, "this": tx.revision})
    if last is not None and last > seen:
        author = find_value(tx.connection, _REVISIONS, "author", {"number": last})
        raise _lost(
            f"{author or 'Another author'} changed {name} in revision {last}, after revision "
            f"{seen}; read it again, and decide again."
        )


def _lost(message: str) -> RevisionConflict:
    return RevisionConflict([Problem(("ifRevision",), Code.CONFLICT, message)])
