"""A record on its way into the database, whether a data set states it or a request.

What a field is called, whether it is a group, a reference or a list: all of it is read from the
concepts, so that a new field of a record needs nothing here.
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

# The most items of a list that is written with its record, such as aliases or mentions.
LIST_MOST = 500


def too_long(count: int) -> str | None:
    """What is wrong with a list of so many items; None if it may be kept."""
    if count <= LIST_MOST:
        return None
    return f"The list has {count} items; the limit is {LIST_MOST}."


@dataclass(slots=True, kw_only=True)
class Draft:
    """A record that is to be written. In the place of a reference may stand what is to become one.

    `row`: what is known of it, by columns.
    """

    concept: Concept
    row: Row = field(default_factory=dict)

    def complete(self, values: Values) -> None:
        """Adds what nobody gave."""
        self.row = {**values, **self.row}


@dataclass(frozen=True)
class ListTable:
    """A table that holds a short list of a record: `near` points at the record itself.

    `target`: the concept that its rows refer to, if they do. `identified_by`: the columns by which
    an item belongs to one record at a time.
    """

    name: str
    table: Table
    near: str
    columns: tuple[str, ...]
    target: str | None = None
    identified_by: tuple[str, ...] = ()

    @property
    def is_dated(self) -> bool:
        """Whether an item may be that of another record at another time."""
        return "started_on" in self.columns

    def row(self, record: int, item: tuple[Any, ...]) -> Row:
        """The row of an item in the list of a record."""
        return {self.near: record, **dict(zip(self.columns, item, strict=True))}


@lru_cache
def written_columns(table: Table) -> tuple[str, ...]:
    """The columns that a writer fills: neither the id nor what the database computes."""
    return tuple(c.name for c in table.columns if c.computed is None and c.name != "id")


@lru_cache
def defaults(table: Table) -> Values:
    """What the columns hold that nobody gave a value."""
    return {name: default_of(table.c[name]) for name in written_columns(table)}


@lru_cache
def written_members(concept: str) -> Mapping[str, Member]:
    """The members of a concept that are given where it is written, by their names."""
    return {
        name: member
        for name, member in CONCEPTS[concept].members.items()
        if isinstance(member, Group | ToOne | Owned)
        or (isinstance(member, Attribute) and member.meaning.scalar is not Scalar.ID)
        or (isinstance(member, ToMany) and member.is_part)
    }


@lru_cache
def fields_of(concept: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The path of each field that is written and is no list, with its column."""
    found: list[tuple[tuple[str, ...], str]] = []
    for name, member in written_members(concept).items():
        if isinstance(member, Attribute | ToOne):
            found.append(((name,), member.column.name))
        elif isinstance(member, Group):
            found += (((name, each), a.column.name) for each, a in member.attributes.items())
    return tuple(found)


@lru_cache
def list_tables(concept: str) -> Mapping[str, ListTable]:
    """The tables of the lists that are written with a record, by the names of the lists."""
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
