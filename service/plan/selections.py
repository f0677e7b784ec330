"""Selections: the value of each key of a record's JSON object.

The types of changes and positions are here too, because they are recursive: a record has a history
of changes, and a change has its record; an actor has positions, and a position has actors.
"""

from dataclasses import dataclass

from schema.assessment import Computed
from schema.concepts import Attribute, Concept, Group, Owned, ToMany, ToOne
from service.plan.amounts import AmountUnit
from service.plan.conditions import Condition
from service.plan.pages import OrderKey, Page, PageMember, TypeName
from service.plan.values import Parameter


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


# --- changes ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """One value of a change, by its GraphQL name: id, action, type, recordId."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class ChangeRevision:
    """The revision that made a change."""

    key: str
    concept: Concept
    members: "Members"


@dataclass(frozen=True, slots=True)
class NodeChoice:
    """The members to select of a record of this concept."""

    concept: Concept
    members: "Members"


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """The record after the change."""

    key: str
    choices: tuple[NodeChoice, ...]


@dataclass(frozen=True, slots=True)
class FieldChanges:
    """The fields that differ, each with some of the members field, before and after."""

    key: str
    members: tuple[TypeName | ChangeFact, ...]


ChangeMember = TypeName | ChangeFact | ChangeRevision | ChangedRecord | FieldChanges


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of changes: those after a revision, or those of one record.

    `since` (exclusive) and `until` (inclusive) bound the revisions. `types`: record types.
    `where`: conditions by concept; the record must match before or after the change.
    """

    since: Parameter | None
    until: Parameter | None
    types: Parameter | None
    where: tuple[tuple[str, Condition], ...]
    page: Page
    members: tuple[PageMember[ChangeMember], ...]


# --- positions --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PositionFact:
    """One value of a position, of a kind in it, or of its supply, by its GraphQL name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class KindDegrees:
    """The degrees for each kind of support."""

    key: str
    members: tuple[TypeName | PositionFact, ...]


@dataclass(frozen=True, slots=True)
class Supply:
    """The shares of the suppliers."""

    key: str
    members: tuple[TypeName | PositionFact | One, ...]


PositionMember = TypeName | PositionFact | One | KindDegrees | Supply


@dataclass(frozen=True, slots=True)
class Position:
    """The positions of an actor, one for each data set and phase.

    `unit`: of the shares; None for shares of numbers of supports. `period`: the first and the last
    year; None for all time.
    """

    unit: AmountUnit | None
    period: tuple[Parameter, Parameter] | None
    where: Condition
    first: Parameter
    members: tuple[PositionMember, ...]


# --- records ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class History:
    """The changes of the record, the newest first."""

    key: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Positions:
    """The positions of the record, which must be an actor."""

    key: str
    position: Position


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
