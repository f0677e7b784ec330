"""The records as somebody who asks sees them: concepts with members, derived from the tables.

GraphQL types, filters, orders, REST parameters and plans all read this one description.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint
from sqlmodel import SQLModel

from schema import records
from schema.assessment import ASSESSMENT, Computed
from schema.records.collection import Collection
from schema.records.columns import Meaning, meaning_of
from schema.relations import LISTINGS, MANY_TO_MANY, REVERSES, Listing, ManyToMany, Reverse


@dataclass(frozen=True)
class Attribute:
    """A value of its own: one column."""

    name: str
    column: Column[Any]
    meaning: Meaning

    @property
    def nullable(self) -> bool:
        """Whether it can be unknown."""
        return bool(self.column.nullable)


@dataclass(frozen=True)
class Group:
    """Columns that make one object, such as a quantity. It is null when all of them are."""

    name: str
    description: str
    attributes: Mapping[str, Attribute]

    @property
    def type_name(self) -> str:
        """The name of its GraphQL type."""
        return self.name.capitalize()


@dataclass(frozen=True)
class ToOne:
    """An edge to one record, held in a column."""

    name: str
    column: Column[Any]
    target: str
    description: str

    @property
    def nullable(self) -> bool:
        """Whether there may be no record at the other end."""
        return bool(self.column.nullable)


@dataclass(frozen=True)
class ToMany:
    """An edge to any number of records of the concept `target`.

    `near` is the column that holds this record's id. It stands in the target's table, or in a
    link table of which `far` holds the target's id. `is_part`: it is written with this record.
    """

    name: str
    target: str
    near: Column[Any]
    far: Column[Any] | None
    description: str
    is_part: bool = False


@dataclass(frozen=True)
class Owned:
    """A short list that the record owns whole. `value`: only this attribute of each row."""

    name: str
    type_name: str
    table: Table
    near: Column[Any]
    attributes: Mapping[str, Attribute]
    value: Attribute | None
    description: str

    @property
    def singular(self) -> str:
        """What one item is called where it names the record that owns it: `code`."""
        return self.name.removesuffix("s")

    @property
    def is_unique(self) -> bool:
        """Whether an item is in the list of one record only."""
        columns = {attribute.column for attribute in self.attributes.values()}
        return any(
            isinstance(each, UniqueConstraint) and set(each.columns) == columns
            for each in self.table.constraints
        )


Member = Attribute | Group | ToOne | ToMany | Owned | Computed


@dataclass(frozen=True)
class Concept:
    """One kind of record: its GraphQL type, its table and its members by GraphQL name."""

    name: str
    table: Table
    description: str
    members: Mapping[str, Member]
    declared: Collection | None = None

    @cached_property
    def collection(self) -> Collection:
        """What the record declares of its collection. Raises TypeError for one without."""
        if self.declared is None:
            raise TypeError(f"{self.name} has no collection.")
        return self.declared

    @cached_property
    def is_node(self) -> bool:
        """Whether a record of it can be asked for by an opaque id."""
        return "id" in self.members

    @cached_property
    def id_prefix(self) -> str:
        """What an opaque id of this concept begins with."""
        return f"{self.table.name}_"

    @cached_property
    def singular(self) -> str:
        """`peaceTreaty`: the name of a field that holds one record."""
        return camel_case(self.table.name)

    @cached_property
    def noun(self) -> str:
        """`peace treaty`: what a sentence calls a record."""
        return self.table.name.replace("_", " ")

    @cached_property
    def article(self) -> str:
        """The indefinite article of its noun."""
        return "an" if self.noun[0] in "aeiou" else "a"

    @cached_property
    def record_type(self) -> str:
        """`PEACE_TREATY`: the term of the enum `RecordType`."""
        return self.table.name.upper()

    @cached_property
    def reference(self) -> tuple[str, ...]:
        """The members that REST shows of a record behind an edge."""
        return ("id", *self.collection.reference)

    @cached_property
    def has_slug(self) -> bool:
        """Whether a record has a name in addresses."""
        return "slug" in self.members

    @cached_property
    def unique_lists(self) -> tuple[Owned, ...]:
        """The lists by an item of which a record is known."""
        owned = (member for member in self.members.values() if isinstance(member, Owned))
        return tuple(each for each in owned if not each.value and each.is_unique)

    @cached_property
    def former(self) -> Table | None:
        """The table of what was merged into records of this concept, if they can be merged."""
        return self.table.metadata.tables.get(f"former_{self.table.name}")

    @cached_property
    def id(self) -> Attribute:
        """The attribute that holds it."""
        return self.attribute("id")

    def attribute(self, name: str) -> Attribute:
        """The attribute of that name."""
        return next(attribute for attribute in self.attributes if attribute.name == name)

    @cached_property
    def attributes(self) -> tuple[Attribute, ...]:
        """The members that are one value each."""
        return tuple(m for m in self.members.values() if isinstance(m, Attribute))


GROUP_DESCRIPTIONS = {"quantity": "How much: an amount, or the range in which it lies."}


def camel_case(name: str) -> str:
    """`started_on` -> `startedOn`: a column's name as GraphQL and REST spell it."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _type_name(table: str) -> str:
    return "".join(part.capitalize() for part in table.split("_"))


def _attribute(column: Column[Any], meaning: Meaning) -> Attribute:
    name = column.name.removeprefix(f"{meaning.group}_") if meaning.group else column.name
    return Attribute(camel_case(name), column, meaning)


def _meaningful(table: Table) -> Iterator[tuple[Column[Any], Meaning]]:
    for column in table.columns:
        meaning = meaning_of(column)
        if meaning:
            yield column, meaning


def _columns_as_members(table: Table) -> Iterator[Member]:
    for column, meaning in _meaningful(table):
        if meaning.target:
            name = camel_case(column.name.removesuffix("_id"))
            yield ToOne(name, column, _type_name(meaning.target), meaning.description)
        elif not meaning.group:
            yield _attribute(column, meaning)


def _groups(table: Table) -> Iterator[Group]:
    grouped = [(c, m) for c, m in _meaningful(table) if m.group]
    for name in dict.fromkeys(m.group for _, m in grouped if m.group):
        attributes = [_attribute(c, m) for c, m in grouped if m.group == name]
        yield Group(name, GROUP_DESCRIPTIONS[name], {a.name: a for a in attributes})


def _owned(listing: Listing, tables: Mapping[str, Table]) -> Owned:
    table = tables[listing.table]
    attributes = {a.name: a for a in (_attribute(c, m) for c, m in _meaningful(table))}
    return Owned(
        listing.name,
        _type_name(listing.table),
        table,
        table.c[listing.near],
        attributes,
        attributes[listing.value] if listing.value else None,
        listing.description,
    )


def _to_many(edge: Reverse | ManyToMany, tables: Mapping[str, Table]) -> ToMany:
    if isinstance(edge, Reverse):
        near = tables[edge.table].c[edge.column]
        return ToMany(edge.name, _type_name(edge.table), near, None, edge.description)
    near, far = (tables[edge.link].c[name] for name in (edge.near, edge.far))
    return ToMany(edge.name, _type_name(edge.target), near, far, edge.description, edge.is_part)


def _concept(record: type[SQLModel], tables: Mapping[str, Table]) -> Concept:
    table = tables[str(record.__tablename__)]
    members = chain(
        _columns_as_members(table),
        _groups(table),
        (_owned(listing, tables) for listing in LISTINGS if listing.owner == table.name),
        (_to_many(edge, tables) for edge in (*REVERSES, *MANY_TO_MANY) if edge.owner == table.name),
        (ASSESSMENT,) if table.name == ASSESSMENT.owner else (),
    )
    by_name = MappingProxyType({member.name: member for member in members})
    declared = getattr(record, "__collection__", None)
    return Concept(record.__name__, table, (record.__doc__ or "").strip(), by_name, declared)


_TYPES: tuple[type[SQLModel], ...] = (*records.RECORDS, records.Revision)

CONCEPTS: Mapping[str, Concept] = MappingProxyType(
    {record.__name__: _concept(record, SQLModel.metadata.tables) for record in _TYPES}
)

NODES: tuple[Concept, ...] = tuple(c for c in CONCEPTS.values() if c.is_node)


def _components(concept: Concept) -> Iterator[ToMany]:
    for member in concept.members.values():
        if isinstance(member, ToMany) and member.far is None:
            target = CONCEPTS[member.target]
            edge = target.members.get(target.collection.part_of or "")
            if isinstance(edge, ToOne) and edge.column is member.near:
                yield member


# By the name of a concept, the edge to the records that are created with it and go with it.
COMPONENTS: Mapping[str, ToMany] = MappingProxyType(
    {concept.name: edge for concept in NODES for edge in _components(concept)}
)

# Concepts that have a collection of their own, by the collection's name in GraphQL and REST.
COLLECTIONS: Mapping[str, Concept] = MappingProxyType(
    {record.__collection__.name: CONCEPTS[record.__name__] for record in records.RECORDS}
)

# Those of them whose records can be written one by one.
WRITABLE_COLLECTIONS: Mapping[str, Concept] = MappingProxyType(
    {name: concept for name, concept in COLLECTIONS.items() if concept.collection.is_writable}
)

# Concepts of which one record can be asked for at the root, by the name of the field there.
LOOKUPS: Mapping[str, Concept] = MappingProxyType(
    {
        concept.singular: concept
        for concept in sorted(COLLECTIONS.values(), key=lambda concept: not concept.has_slug)
        if concept.collection.has_lookup
    }
)
