"""The network of supports: the actors to begin at, the number of hops, and the members."""

from dataclasses import dataclass

from service.plan.conditions import Condition
from service.plan.pages import TypeName
from service.plan.selections import Members, One
from service.plan.values import Parameter


@dataclass(frozen=True, slots=True)
class NetworkFact:
    """One value of a network, of its nodes, edges or parts, by its GraphQL name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class NodeActor:
    """The actor of a node."""

    key: str
    members: Members


@dataclass(frozen=True, slots=True)
class EdgeDatasets:
    """The data sets of the supports of an edge."""

    key: str
    members: Members


@dataclass(frozen=True, slots=True)
class EdgeParts:
    """The supports of an edge by kind and phase."""

    key: str
    members: tuple[TypeName | NetworkFact, ...]


NodeMember = TypeName | NetworkFact | NodeActor
NetworkEdgeMember = TypeName | NetworkFact | One | EdgeDatasets | EdgeParts


@dataclass(frozen=True, slots=True)
class NetworkNodes:
    """The actors of the network."""

    key: str
    members: tuple[NodeMember, ...]


@dataclass(frozen=True, slots=True)
class NetworkEdges:
    """The edges of the network."""

    key: str
    members: tuple[NetworkEdgeMember, ...]


NetworkMember = TypeName | NetworkFact | NetworkNodes | NetworkEdges


@dataclass(frozen=True, slots=True)
class Network:
    """The edges within a number of hops of some actors, and the actors at their ends.

    `around`: conditions; each actor to begin at matches one of them. None: the whole network.
    `starts`: the maximum number of these actors. `first`: the number of edges to keep. `currency`:
    of the worths that rank the edges; None ranks by the number of supports.
    """

    around: tuple[Condition, ...] | None
    starts: int
    hops: Parameter
    where: Condition
    first: Parameter
    currency: Parameter | None
    members: tuple[NetworkMember, ...]
