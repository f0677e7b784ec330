"""A question as pure data: what to select, from which records, in which order, which page.

A plan holds no value that came with a request, only where to find it (`Parameter`), so one plan
serves every request of the same shape. GraphQL and REST both build it; `sql/compile.py` reads it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from schema.assessment import Computed
from schema.concepts import Attribute, Concept, Group, Owned, ToMany, ToOne

# The values of one request's variables, by name.
Variables = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a value within the variables of a request."""

    path: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that is bound when the plan runs: where it is found, and how it is read."""

    source: Any
    read: Callable[[Any], Any]


# --- conditions ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Compare:
    """An attribute compared by an operator. `value` is a bool where the operator takes a flag."""

    attribute: Attribute
    operator: str
    value: Parameter | bool


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every condition holds; of none, true."""

    conditions: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one condition holds; of none, false."""

    conditions: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold; an unknown outcome counts as not holding."""

    condition: "Condition"


@dataclass(frozen=True, slots=True)
class Related:
    """At the other end of the edge there is a record for which the condition holds."""

    edge: ToOne | ToMany | Owned
    condition: "Condition"


@dataclass(frozen=True, slots=True)
class Named:
    """The record has this id or slug, or was kept when the one that had it was merged into it."""

    attribute: Attribute
    value: Parameter


Condition = Compare | AllOf | AnyOf | Not | Related | Named


# --- orders and pages ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OrderKey:
    """One key to sort by, reached through any number of to-one edges."""

    through: tuple[ToOne, ...]
    attribute: Attribute
    descending: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a connection: `size` records from its start or its end, between two cursors."""

    size: Parameter
    backward: bool = False
    after: tuple[Parameter, ...] | None = None
    before: tuple[Parameter, ...] | None = None


# --- selections: what each key of the answer holds ----------------------------------------------


@dataclass(frozen=True, slots=True)
class TypeName:
    """The name of the object's GraphQL type."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Value:
    """One column."""

    key: str
    attribute: Attribute


@dataclass(frozen=True, slots=True)
class Grouped:
    """An object made of columns of the record itself."""

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
    """A short list that the record owns; `members` is empty where its items are plain values."""

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
    """What has changed in the record, the newest change first."""

    key: str
    changes: "Changes"


Member = TypeName | Value | Grouped | One | Many | OwnedList | ComputedObject | History
Members = tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Nodes:
    """The records of the page, plain."""

    key: str
    members: Members


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where an edge lies."""

    key: str


@dataclass(frozen=True, slots=True)
class EdgeNode:
    """The record of an edge."""

    key: str
    members: Members


@dataclass(frozen=True, slots=True)
class Edges:
    """The records of the page, each with its cursor."""

    key: str
    members: tuple[TypeName | Cursor | EdgeNode, ...]


@dataclass(frozen=True, slots=True)
class PageFact:
    """One fact about the page, by its GraphQL name: hasNextPage, endCursor, totalCount..."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Facts about the page as an object."""

    key: str
    facts: tuple[TypeName | PageFact, ...]


ConnectionMember = TypeName | Nodes | Edges | PageFact | PageFacts


@dataclass(frozen=True, slots=True)
class Connection:
    """A page of the records of a concept; below an edge, of those at its other end."""

    concept: Concept
    where: Condition
    order: tuple[OrderKey, ...]
    page: Page
    members: tuple[ConnectionMember, ...]


# --- changes ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """One value of a change, by its GraphQL name: action, type, id."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class ChangeRevision:
    """The revision that made a change."""

    key: str
    concept: Concept
    members: Members


@dataclass(frozen=True, slots=True)
class NodeChoice:
    """What to select where a record turns out to be of this concept."""

    concept: Concept
    members: Members


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """The record as the change left it."""

    key: str
    choices: tuple[NodeChoice, ...]


@dataclass(frozen=True, slots=True)
class FieldChanges:
    """The fields that became different, each with some of: field, before, after."""

    key: str
    members: tuple[TypeName | ChangeFact, ...]


ChangeMember = TypeName | ChangeFact | ChangeRevision | ChangedRecord | FieldChanges


@dataclass(frozen=True, slots=True)
class ChangeNodes:
    """The changes of the page, plain."""

    key: str
    members: tuple[ChangeMember, ...]


@dataclass(frozen=True, slots=True)
class ChangeNode:
    """The change of an edge."""

    key: str
    members: tuple[ChangeMember, ...]


@dataclass(frozen=True, slots=True)
class ChangeEdges:
    """The changes of the page, each with its cursor."""

    key: str
    members: tuple[TypeName | Cursor | ChangeNode, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of changes: those after a revision, or those of one record.

    `since` and `until` bound the revisions: the first is known already, the last is included.
    `types` are kinds of record; `where` says, by concept, what its records must have been like.
    """

    since: Parameter | None
    until: Parameter | None
    types: Parameter | None
    where: tuple[tuple[str, Condition], ...]
    page: Page
    members: tuple[TypeName | ChangeNodes | ChangeEdges | PageFact | PageFacts, ...]


# --- roots --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Constant:
    """JSON that is known before anything is read."""

    key: str
    json: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """The one record for which a condition on a unique key holds."""

    key: str
    concept: Concept
    where: Condition
    members: Members


@dataclass(frozen=True, slots=True)
class Collection:
    """A page of all records of a concept."""

    key: str
    connection: Connection


@dataclass(frozen=True, slots=True)
class NodeLookup:
    """The record with an id, of whatever concept."""

    key: str
    id: Parameter
    choices: tuple[NodeChoice, ...]


@dataclass(frozen=True, slots=True)
class NodesLookup:
    """The records with these ids, in their order, null where there is none."""

    key: str
    ids: Parameter
    choices: tuple[NodeChoice, ...]


@dataclass(frozen=True, slots=True)
class LatestRevision:
    """The state the data is in."""

    key: str
    concept: Concept
    members: Members


@dataclass(frozen=True, slots=True)
class ChangeLog:
    """A page of what has changed in all records."""

    key: str
    changes: Changes


Root = Constant | Lookup | Collection | NodeLookup | NodesLookup | LatestRevision | ChangeLog


@dataclass(frozen=True, slots=True)
class Moment:
    """An earlier state of the data: by its revision's number, or by a time at which it was so."""

    by_time: bool
    value: Parameter


# The names of values that no client gives: no variable of GraphQL has a sign in its name. The state
# that is asked about, and the revisions between which the event of a subscription lies.
AS_OF, EVENT_SINCE, EVENT_UNTIL = "@asOf", "@since", "@until"


@dataclass(frozen=True, slots=True)
class Following:
    """A subscription: how the next revision that matters is found, and what is told of it.

    `since`: the revision that was seen last; without it, it begins with what comes.
    """

    since: Parameter | None
    next: ChangeLog
    event: ChangeLog


@dataclass(frozen=True, slots=True)
class Plan:
    """Every root field of one operation, in the order of the answer.

    `introspects`: some root fields ask about the schema and are answered by graphql-core.
    `as_of`: the state that is asked about, if it is not the newest. `since`: revisions that the
    client says it knows, which must be there.
    """

    roots: tuple[Root, ...]
    introspects: bool = False
    as_of: Moment | None = None
    since: tuple[Parameter, ...] = ()
