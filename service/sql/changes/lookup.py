"""Looks up a change by id, as JSON, for `node` and `nodes`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, union_all

from schema.concepts import NODES
from service import plan
from service.sql.changes.parts import BegunVersions, RemovedRecords
from service.sql.changes.rows import ChangeRow
from service.sql.dialect import Expression, Source
from service.sql.reading import Reading
from service.sql.rows import Context
from service.sql.texts import own_text
from service.sql.versions import AsOf


@dataclass(frozen=True)
class ChangeId:
    """The parts of a change's id, as values or as columns.

    `within`: the sources of the enclosing query that have the columns.
    """

    table: Expression
    key: Expression
    revision: Expression
    within: tuple[Source, ...] = ()


def change_lookup(
    context: Context, members: Iterable[plan.ChangeMember], id: ChangeId
) -> Expression:
    """The change as JSON; null if it does not exist, or not yet in the state that is read."""
    found = union_all(*_parts(context, id)).subquery("changed")
    reading = Reading(found, within=context.versions.outer, in_layers=True)
    json = ChangeRow(context, reading, found, NODES).json(members)
    return reading.select(context.binding.dialect.answer(json)).scalar_subquery()


def _parts(context: Context, id: ChangeId) -> Iterator[Select[Any]]:
    """Yields a query for each concept and kind of change; at most one of the queries has a row.

    Each of them reads one row by primary key.
    """
    for place, concept in enumerate(NODES):
        for kind in (BegunVersions, RemovedRecords):
            part = kind(context.binding, place, concept)
            query = part.query.where(
                id.table == own_text(concept.table.name),
                part.record_id == id.key,
                part.revision == id.revision,
            )
            if isinstance(context.versions, AsOf):
                query = query.where(part.revision <= context.versions.revision)
            outer = (*id.within, *context.versions.outer)
            yield query.correlate(*outer) if outer else query
