"""The record types as the APIs show them: concepts with members, derived from the tables.

GraphQL types, filters, orders, REST parameters and plans are all derived from these.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from inspect import cleandoc
from itertools import chain
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column, Table
from sqlmodel import SQLModel

from schema import records
from schema.assessment import ASSESSMENT, Computed
from schema.nouns import is_acronym, with_article, words_of
from schema.records.collection import Collection, Period
from schema.records.columns import Meaning, Scalar, meaning_of
from schema.relations import LISTINGS, MANY_TO_MANY, REVERSES, Listing, ManyToMany, Reverse

# Times have no rule, because no client sets one: a revision takes its time from the clock.
_UNESCAPED = frozenset({Scalar.DATE, Scalar.DECIMAL, Scalar.TIME})
# Columns whose form in `schema/rules/forms.py` allows only letters, digits and hyphens.
_UNESCAPED_FORMS = frozenset({"slug", "language", "worth_currency"})


@dataclass(frozen=True)
class Attribute:
    """A single value: one column."""

    name: str
    column: Column[Any]
    meaning: Meaning

    @property
    def nullable(self) -> bool:
        """Whether the value can be null."""
        return bool(self.column.nullable)

    @property
    def needs_no_escaping(self) -> bool:
        """Whether non-null values of this text field can be written into JSON unchanged.

        A term is from a vocabulary, a date and an amount consist of digits and signs, and some
        texts have a restricted form. Every writer applies the rules, including the loader. All
        other texts may contain a quotation mark.
        """
        if self.meaning.scalar is Scalar.TERM:
            return self.meaning.vocabulary is not None
        return self.meaning.scalar in _UNESCAPED or self.column.name in _UNESCAPED_FORMS


@dataclass(frozen=True)
class Group:
    """Columns that form one object, such as a quantity. It is null if all of them are."""

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
        """Whether the reference can be null."""
        return bool(self.column.nullable)


@dataclass(frozen=True)
class ToMany:
    """An edge to any number of records of the concept `target`.

    `near` is the column that holds this record's id, in the target's table or in a link table. In a
    link table `far` holds the target's id. `is_part`: the link is written with this record.
    """

    name: str
    target: str
    near: Column[Any]
    far: Column[Any] | None
    description: str
    is_part: bool = False


@dataclass(frozen=True)
class Owned:
    """A list that the record owns. `value`: the list shows this attribute of each row alone."""

    name: str
    type_name: str
    table: Table
    near: Column[Any]
    attributes: Mapping[str, Attribute]
    value: Attribute | None
    description: str
    # The columns that identify an item: it belongs to one record at a time.
    identified_by: tuple[str, ...] = ()

    @property
    def item_description(self) -> str:
        """The description of the list, reworded for the type of its items."""
        return f"Item of `{self.name}`. {self.description}"

    @property
    def singular(self) -> str:
        """The name of a reference by one item, such as `code`."""
        return self.name.removesuffix("s")

    @property
    def is_dated(self) -> bool:
        """Whether items have dates, so that one may belong to another record at another time."""
        return "started_on" in self.table.c


Member = Attribute | Group | ToOne | ToMany | Owned | Computed


@dataclass(frozen=True)
class Concept:
    """One record type: its GraphQL type, its table and its members by GraphQL name."""

    name: str
    table: Table
    description: str
    members: Mapping[str, Member]
    declared: Collection | None = None

    @cached_property
    def collection(self) -> Collection:
        """The collection that the record declares. Raises TypeError if it has none."""
        if self.declared is None:
            raise TypeError(f"{self.name} has no collection.")
        return self.declared

    @cached_property
    def summary(self) -> str:
        """The first paragraph of the description, for lists of record types."""
        return self.description.partition("\n\n")[0]

    @cached_property
    def is_node(self) -> bool:
        """Whether its records can be fetched by an opaque id."""
        return "id" in self.members

    @cached_property
    def id_prefix(self) -> str:
        """The prefix of the opaque ids of its records, such as `actor_`."""
        return f"{self.table.name}_"

    @cached_property
    def singular(self) -> str:
        """`peaceTreaty`: the name of a field whose value is one record."""
        return camel_case(self.table.name)

    @cached_property
    def noun(self) -> str:
        """`peace treaty`: the name of a record in a sentence."""
        return words_of(self.name)

    @cached_property
    def plural(self) -> str:
        """`peace treaties`: the name of several records in a sentence."""
        if self.declared is None:
            return words_of(f"{self.name}s")
        # The name of a collection begins in lower case, even if its first word is an acronym.
        first, *_ = self.noun.split()
        name = self.declared.name
        begins_alike = is_acronym(first) and name.startswith(first.lower())
        return words_of(first + name[len(first) :] if begins_alike else name)

    @cached_property
    def indefinite_noun(self) -> str:
        """`a peace treaty`, `an actor`, `evidence`: the noun with its indefinite article."""
        return with_article(self.noun, self.plural)

    @cached_property
    def record_type(self) -> str:
        """`PEACE_TREATY`: the term of the enum `RecordType`."""
        return self.table.name.upper()

    @cached_property
    def reference(self) -> tuple[str, ...]:
        """The members that REST returns of a referenced record."""
        return ("id", *self.collection.reference)

    @cached_property
    def period(self) -> Period | None:
        """The period in which its records are valid, if they have one."""
        return self.declared.period if self.declared else None

    @cached_property
    def has_slug(self) -> bool:
        """Whether its records have a slug."""
        return "slug" in self.members

    @cached_property
    def unique_lists(self) -> tuple[Owned, ...]:
        """The lists whose items each identify one record."""
        owned = (member for member in self.members.values() if isinstance(member, Owned))
        return tuple(each for each in owned if each.identified_by)

    @cached_property
    def has_former_ids(self) -> bool:
        """Whether its records can have former ids, because they can be merged."""
        return self.name == "Actor" or bool(self.collection.distinct_by)

    @cached_property
    def id(self) -> Attribute:
        """The attribute `id`."""
        return self.attribute("id")

    def attribute(self, name: str) -> Attribute:
        """The attribute with this name; raises StopIteration if there is none."""
        member = self.members.get(name)
        if isinstance(member, Attribute):
            return member
        raise StopIteration(name)

    @cached_property
    def attributes(self) -> tuple[Attribute, ...]:
        """The members that are single values."""
        return tuple(m for m in self.members.values() if isinstance(m, Attribute))


_TYPES: tuple[type[SQLModel], ...] = (*records.RECORDS, records.Revision)
# The name of a record type with an acronym, such as `UNResolution`, cannot be derived from its
# table.
_RECORD_TYPES = {str(record.__tablename__): record.__name__ for record in _TYPES}


def camel_case(name: str) -> str:
    """`started_on` -> `startedOn`: the name of a column in GraphQL and REST."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _type_name(table: str) -> str:
    """The name of the record type, or else of the list, that is stored in a table."""
    return _RECORD_TYPES.get(table) or "".join(part.capitalize() for part in table.split("_"))


def _attribute(column: Column[Any], meaning: Meaning) -> Attribute:
    name = column.name.removeprefix(f"{meaning.group.name}_") if meaning.group else column.name
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
    for group in dict.fromkeys(m.group for _, m in grouped if m.group):
        attributes = [_attribute(c, m) for c, m in grouped if m.group == group]
        yield Group(group.name, group.description, {a.name: a for a in attributes})


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
        listing.identified_by,
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
    # Up to Python 3.12 a docstring has the indentation of its code.
    description = cleandoc(record.__doc__ or "")
    return Concept(record.__name__, table, description, by_name, declared)


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


# For each concept, the edge to the records that are created and deleted with its records.
COMPONENTS: Mapping[str, ToMany] = MappingProxyType(
    {concept.name: edge for concept in NODES for edge in _components(concept)}
)

# Concepts with a collection, by the name of the collection in GraphQL and REST.
COLLECTIONS: Mapping[str, Concept] = MappingProxyType(
    {record.__collection__.name: CONCEPTS[record.__name__] for record in records.RECORDS}
)

# Concepts with a root field for one record, by the name of the field.
LOOKUPS: Mapping[str, Concept] = MappingProxyType(
    {
        concept.singular: concept
        for concept in sorted(COLLECTIONS.values(), key=lambda concept: not concept.has_slug)
        if concept.collection.has_lookup
    }
)
