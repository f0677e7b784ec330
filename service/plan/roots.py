"""Roots: the fields of one operation, each of which is answered by itself."""

from dataclasses import dataclass

from schema.concepts import Concept
from service.plan.changes import Changes, NodeChoice
from service.plan.conditions import Condition
from service.plan.selections import Connection, Members
from service.plan.values import Parameter

# The names of values that no client gives: no variable of GraphQL has a sign in its name. The state
# that is asked about, and the revisions between which the event of a subscription lies.
AS_OF, EVENT_SINCE, EVENT_UNTIL = "@asOf", "@since", "@until"


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
