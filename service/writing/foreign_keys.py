"""Which columns of which tables refer to the records of a table: read from the tables."""

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
    """A column that refers to a record. `concept`, `key`: whose record holds it, and where its id.

    There is none where the row is nobody's record, such as the key of a data set.
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
    """The ids of records that refer to one and are no part of it; at most so many of each sort."""
    found: dict[str, None] = {}
    for edge in edges_to(table):
        if edge.concept and not edge.is_part:
            rows = find_rows(connection, edge.table, (edge.key,), {edge.column: record}, most)
            found.update((opaque_id(edge.concept, key), None) for (key,) in rows)
    return list(found)
