"""The columns that refer to the records of a table, derived from the tables' foreign keys."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, Table
from sqlmodel import SQLModel

from schema.concepts import CONCEPTS, Concept
from schema.relations import PARTS
from service.writing.pending_records import opaque_id
from service.writing.rows import find_rows

_BY_TABLE = {concept.table.name: concept for concept in CONCEPTS.values()}


@dataclass(frozen=True)
class ForeignKey:
    """A column that refers to a record.

    `concept`: the type of the record that the row belongs to; None if the row belongs to no record,
    as a seed key does. `key`: the column with the id of that record.
    """

    table: Table
    column: str
    concept: Concept | None
    key: str

    @property
    def is_part(self) -> bool:
        """Whether the row is part of the record that it refers to."""
        return self.concept is None or PARTS.get(self.table.name, ("", ""))[1] == self.column


@lru_cache
def edges_to(table: Table) -> tuple[ForeignKey, ...]:
    """Every column that refers to the records of a table."""
    return tuple(
        _edge(other, key.parent.name)
        for other in SQLModel.metadata.sorted_tables
        for key in sorted(other.foreign_keys, key=lambda key: key.parent.name)
        if key.column.table is table
    )


def _edge(table: Table, column: str) -> ForeignKey:
    owner, near = PARTS.get(table.name, (table.name, "id"))
    return ForeignKey(table, column, _BY_TABLE.get(owner), near)


def referrers(connection: Connection, table: Table, record: int, most: int) -> list[str]:
    """The ids of the records that refer to a record and are not part of it.

    `most`: the maximum number of ids per referring column.
    """
    found: dict[str, None] = {}
    for edge in edges_to(table):
        if edge.concept and not edge.is_part:
            rows = find_rows(connection, edge.table, (edge.key,), {edge.column: record}, most)
            found.update((opaque_id(edge.concept, key), None) for (key,) in rows)
    return list(found)
