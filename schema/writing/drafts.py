"""A record before it is written, from a data set or from a request.

The names of fields, and whether a field is a group, a reference or a list, come from the concepts,
so a new field needs no change here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Table
from sqlmodel import SQLModel

from schema.concepts import CONCEPTS, Attribute, Concept, Group, Member, Owned, ToMany, ToOne
from schema.records.columns import Scalar
from schema.rows import Row, Values
from schema.rules import default_of

# The maximum number of items of a list that is written with its record, such as aliases.
LIST_MOST = 500


def too_long(count: int) -> str | None:
    """Returns the error of a list with this many items, or None if it is valid."""
    if count <= LIST_MOST:
        return None
    return f"The list has {count} items; the limit is {LIST_MOST}."


@dataclass(slots=True, kw_only=True)
class Draft:
    """A record to write. A reference may still be a key or an input instead of an id.

    `row`: the known values by column.
    """

    concept: Concept
    row: Row = field(default_factory=dict)

    def complete(self, values: Values) -> None:
        """Adds values for the columns that are not set."""
        self.row = {**values, **self.row}


@dataclass(frozen=True)
class ListTable:
    """A table with a short list of each record. `near`: the column with the id of the record.

    `target`: the concept to which the rows refer, if any. `identified_by`: the columns that
    identify an item, which belongs to one record at a time.
    """

    name: str
    table: Table
    near: str
    columns: tuple[str, ...]
    target: str | None = None
    identified_by: tuple[str, ...] = ()

    @property
    def is_dated(self) -> bool:
        """Whether items have dates, so that one may belong to another record at another time."""
        return "started_on" in self.columns

    def row(self, record: int, item: tuple[Any, ...]) -> Row:
        """Returns the row of an item in the list of a record."""
        return {self.near: record, **dict(zip(self.columns, item, strict=True))}


@lru_cache
def written_columns(table: Table) -> tuple[str, ...]:
    """Returns the columns that a writer fills: all but the id and computed columns."""
    return tuple(c.name for c in table.columns if c.computed is None and c.name != "id")


@lru_cache
def defaults(table: Table) -> Values:
    """Returns the default values of the columns that a writer fills."""
    return {name: default_of(table.c[name]) for name in written_columns(table)}


@lru_cache
def written_members(concept: str) -> Mapping[str, Member]:
    """Returns the members of a concept that a writer can set, by name."""
    return {
        name: member
        for name, member in CONCEPTS[concept].members.items()
        if isinstance(member, Group | ToOne | Owned)
        or (isinstance(member, Attribute) and member.meaning.scalar is not Scalar.ID)
        or (isinstance(member, ToMany) and member.is_part)
    }


@lru_cache
def fields_of(concept: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Returns the path and the column of each field that can be written, except lists."""
    found: list[tuple[tuple[str, ...], str]] = []
    for name, member in written_members(concept).items():
        if isinstance(member, Attribute | ToOne):
            found.append(((name,), member.column.name))
        elif isinstance(member, Group):
            found += (((name, each), a.column.name) for each, a in member.attributes.items())
    return tuple(found)


@lru_cache
def list_tables(concept: str) -> Mapping[str, ListTable]:
    """Returns the tables of the lists that are written with a record, by the names of the lists."""
    return {listed.name: listed for listed in _list_tables(concept)}


def _list_tables(concept: str) -> Iterator[ListTable]:
    for name, member in written_members(concept).items():
        if isinstance(member, Owned):
            columns = tuple(a.column.name for a in member.attributes.values())
            yield ListTable(
                name, member.table, member.near.name, columns, identified_by=member.identified_by
            )
        elif isinstance(member, ToMany) and member.far is not None:
            link = SQLModel.metadata.tables[str(member.far.table)]
            yield ListTable(name, link, member.near.name, (member.far.name,), member.target)
