"""A record on its way into the database, and what of a concept is written with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Table
from sqlmodel import SQLModel

from schema.concepts import CONCEPTS, Attribute, Concept, Group, Member, Owned, ToMany, ToOne
from schema.records.columns import Scalar
from schema.rules import default_of
from service.writing.input_path import InputPath
from service.writing.rows import Row, Values, written_columns


class Unresolved:
    """Stands for the key of a record that could not be found or written: equal to no other."""


# The key of a record, or what stands for it: then there is a problem that says why.
Key = int | Unresolved


@dataclass(frozen=True)
class Part:
    """A table that holds a short list of a record: `near` points at the record itself.

    `target`: the concept that its rows refer to, if they do.
    """

    table: Table
    near: str
    columns: tuple[str, ...]
    target: str | None = None

    def row(self, record: int, item: tuple[Any, ...]) -> Row:
        """The row of an item in the list of a record."""
        return {self.near: record, **dict(zip(self.columns, item, strict=True))}


@dataclass(slots=True)
class Listed:
    """A list that was given, in full. Its items are rows, each with the place it came from.

    Of a list that refers, an item is the reference as it came until it is resolved.
    """

    part: Part
    items: dict[tuple[Any, ...], InputPath] = field(default_factory=dict)
    references: list[tuple[InputPath, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """A record that was given, or what of one changes.

    `row`: what was given, by columns, until it is completed; in the place of a reference something
    unresolved. `evidence`: what was given as a list of evidence beside it. `problems_before`: how
    many there were before this record was looked at.
    """

    concept: Concept
    at: InputPath
    problems_before: int
    row: Row = field(default_factory=dict)
    given: Collection[str] = ()
    references: list[tuple[ToOne, Any]] = field(default_factory=list)
    lists: list[Listed] = field(default_factory=list)
    evidence: Any = None

    def complete(self, values: Values) -> None:
        """Adds what was not given; from now on `given` names what was."""
        self.given = frozenset(self.row)
        self.row = {**values, **self.row}

    @property
    def is_good(self) -> bool:
        """Whether nothing was found wrong with this record, or with those within it."""
        return len(self.at.findings) == self.problems_before

    @property
    def is_resolved(self) -> bool:
        """Whether every reference is a key; the record around this one may have had problems."""
        return not any(isinstance(value, Unresolved) for value in self.row.values())


def opaque_id(concept: Concept, key: Key) -> str:
    """The id that clients know a record by."""
    return f"{concept.id_prefix}{key}"


@lru_cache
def writable(concept: str) -> Mapping[str, Member]:
    """The members of a concept that are given where it is written, by their names."""
    return {
        name: member
        for name, member in CONCEPTS[concept].members.items()
        if isinstance(member, Group | ToOne | Owned)
        or (isinstance(member, Attribute) and member.meaning.scalar is not Scalar.ID)
        or (isinstance(member, ToMany) and member.is_part)
    }


@lru_cache
def defaults(table: Table) -> Values:
    """What the columns hold that nobody gave a value."""
    return {name: default_of(table.c[name]) for name in written_columns(table)}


@lru_cache
def parts(concept: str) -> Mapping[str, Part]:
    """The tables of the lists that are written with a record, by the names of the lists."""
    found: dict[str, Part] = {}
    for name, member in writable(concept).items():
        if isinstance(member, Owned):
            columns = tuple(a.column.name for a in member.attributes.values())
            found[name] = Part(member.table, member.near.name, columns)
        elif isinstance(member, ToMany) and member.far is not None:
            link = SQLModel.metadata.tables[str(member.far.table)]
            found[name] = Part(link, member.near.name, (member.far.name,), member.target)
    return found
