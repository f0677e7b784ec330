"""Roots: the parts of a request, each of which becomes one statement."""

from dataclasses import dataclass

from schema.concepts import Concept
from service.plan.conditions import Condition
from service.plan.network import Network
from service.plan.panel import Panel
from service.plan.paths import Paths
from service.plan.search import Search
from service.plan.selections import ChangeMember, Changes, Connection, Members, NodeChoice
from service.plan.totals import Totals
from service.plan.values import Parameter

# Names of values that the service adds to those of the client. No GraphQL variable contains a sign.
# The values are the revision to read, and the revisions between which an event of a subscription
# lies.
AS_OF, EVENT_SINCE, EVENT_UNTIL = "@asOf", "@since", "@until"


@dataclass(frozen=True, slots=True)
class Constant:
    """JSON of a root field that needs no database."""

    key: str
    json: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """The record that a condition on a unique key selects."""

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
    """The record with an id, of any concept, or the change with this id."""

    key: str
    id: Parameter
    choices: tuple[NodeChoice, ...]
    change: tuple[ChangeMember, ...]


@dataclass(frozen=True, slots=True)
class NodesLookup:
    """The records and changes with these ids, in the order of the ids; null for an unknown id."""

    key: str
    ids: Parameter
    choices: tuple[NodeChoice, ...]
    change: tuple[ChangeMember, ...]


@dataclass(frozen=True, slots=True)
class LatestRevision:
    """The newest revision; with as-of, the revision that is read."""

    key: str
    concept: Concept
    members: Members


@dataclass(frozen=True, slots=True)
class ChangeLog:
    """A page of the changes of all records."""

    key: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class SupportTotals:
    """A page of groups of supports."""

    key: str
    totals: Totals


@dataclass(frozen=True, slots=True)
class SupportNetwork:
    """Actors and the supports between them."""

    key: str
    network: Network


@dataclass(frozen=True, slots=True)
class SupportPaths:
    """The shortest paths from one actor to another."""

    key: str
    paths: Paths


@dataclass(frozen=True, slots=True)
class PathColumns:
    """Paths as columns: one JSON array, and the number of `UnknownSteps` as a plain value."""

    paths: Paths


@dataclass(frozen=True, slots=True)
class UnknownSteps:
    """The number of supports that paths leave out because their dates are unknown.

    Their unknown dates decide whether they match the filter, or whether they are in time. `time`:
    the rule for the times of steps, a code of `schema.analysis.path.TIMES`.
    """

    key: str
    where: Condition
    time: str


@dataclass(frozen=True, slots=True)
class SearchHits:
    """A page of hits of a search."""

    key: str
    search: Search


@dataclass(frozen=True, slots=True)
class SupportPanel:
    """A page of a panel. The statement has one more column: the reason to refuse the panel."""

    key: str
    panel: Panel


@dataclass(frozen=True, slots=True)
class PageColumns:
    """A page as columns: its items as one JSON array, and each fact as a plain value.

    A panel has one more column: the reason to refuse it.
    """

    page: Connection | Changes | Totals | Search | Panel


@dataclass(frozen=True, slots=True)
class NextRevision:
    """The first revision with one of these changes, as a plain value; null if there is none."""

    changes: Changes


# A root that is read from the database. `compile_root` and the budget handle each of them.
Root = (
    Lookup
    | Collection
    | NodeLookup
    | NodesLookup
    | LatestRevision
    | ChangeLog
    | SupportTotals
    | SupportNetwork
    | SupportPaths
    | PathColumns
    | UnknownSteps
    | SearchHits
    | SupportPanel
    | PageColumns
    | NextRevision
)


@dataclass(frozen=True, slots=True)
class Moment:
    """An earlier state of the data, named by the number of its revision or by a time."""

    by_time: bool
    value: Parameter


@dataclass(frozen=True, slots=True)
class Following:
    """A subscription: how to find the next revision with a matching change, and its event.

    `since`: the last revision that the client has seen; None: the newest revision.
    """

    since: Parameter | None
    next: NextRevision
    event: ChangeLog


@dataclass(frozen=True, slots=True)
class Plan:
    """What one request reads, in the order of the response.

    `introspects`: whether other root fields are about the schema; graphql-core resolves these.
    `as_of`: the state to read, if it is not the newest. `since`: revisions that the client has
    seen, which must exist.
    """

    roots: tuple[Constant | Root, ...]
    introspects: bool = False
    as_of: Moment | None = None
    since: tuple[Parameter, ...] = ()
