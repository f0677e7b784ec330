"""Selections: the value of each key of a record's JSON object."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schema.assessment import Computed
from schema.concepts import Attribute, Concept, Group, Owned, ToMany, ToOne
from service.plan.conditions import Condition
from service.plan.pages import OrderKey, Page, PageMember, TypeName

if TYPE_CHECKING:
    # Circular types: a record's history has changes, and a change has its record; an actor has
    # positions.
    from service.plan.changes import Changes
    from service.plan.position import Position


@dataclass(frozen=True, slots=True)
class Value:
    """One column."""

    key: str
    attribute: Attribute


@dataclass(frozen=True, slots=True)
class Grouped:
    """An object of columns of the record itself."""

    key: str
    group: Group
    members: tuple[TypeName | Value, ...]


@dataclass(frozen=True, slots=True)
class One:
    """The record at the other end of a to-one edge."""

    key: str
    edge: ToOne
    members: "Members"


@dataclass(frozen=True, slots=True)
class Many:
    """A page of the records at the other end of a to-many edge."""

    key: str
    edge: ToMany
    connection: "Connection"


@dataclass(frozen=True, slots=True)
class OwnedList:
    """A short list owned by the record; `members` is empty if its items are plain values."""

    key: str
    owned: Owned
    members: tuple[TypeName | Value, ...]


@dataclass(frozen=True, slots=True)
class Calculated:
    """One field of a computed object."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class ComputedObject:
    """An object computed from other records."""

    key: str
    computed: Computed
    members: tuple[TypeName | Calculated, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The changes of the record, the newest first."""

    key: str
    changes: "Changes"


@dataclass(frozen=True, slots=True)
class Positions:
    """The positions of the record, which must be an actor."""

    key: str
    position: "Position"


Member = TypeName | Value | Grouped | One | Many | OwnedList | ComputedObject | History | Positions
Members = tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Connection:
    """A page of records of a concept: all of them, or those at the other end of an edge."""

    concept: Concept
    where: Condition
    order: tuple[OrderKey, ...]
    page: Page
    members: tuple[PageMember[Member], ...]
