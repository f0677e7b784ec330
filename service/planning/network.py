"""Plans the network of supports: the actors to begin at, the edges to keep, the members."""

from collections.abc import Iterator
from typing import Any

from schema.analysis.network import (
    AROUND_MOST,
    COUNT,
    EDGE,
    EDGE_LISTS,
    EDGES_DEFAULT,
    EDGES_MOST,
    HOPS_DEFAULT,
    HOPS_MOST,
    NETWORK,
    NODE,
    PART,
    WORTH,
)
from schema.concepts import CONCEPTS, ToOne
from schema.values.currencies import currencies
from schema.values.shown import shown
from service import plan
from service.errors import BadInput, TooComplex
from service.plan import Parameter
from service.planning.arguments import Argument, Arguments, as_list
from service.planning.conditions import named, where_condition
from service.planning.fields import Collect, SelectedField, Selections
from service.planning.resource import reference
from service.planning.values import operand

_ACTOR, _SUPPORT, _DATASET = (CONCEPTS[name] for name in ("Actor", "Support", "Dataset"))


def network_of(arguments: Arguments, members: tuple[plan.NetworkMember, ...]) -> plan.Network:
    """Returns the network that these arguments describe. Raises BadInput."""
    hops, first = arguments.get("hops"), arguments.get("first")
    around = arguments.get("around")
    return plan.Network(
        None if around is None else tuple(_around(as_list(around))),
        0 if around is None else len(as_list(around)),
        Parameter(HOPS_DEFAULT if hops is None else hops, read_hops),
        where_condition(_SUPPORT, arguments.get("where")),
        Parameter(EDGES_DEFAULT if first is None else first, _read_first),
        _currency(arguments.get("measure"), arguments.get("currency")),
        members,
    )


def _around(actors: list[Argument]) -> Iterator[plan.Condition]:
    """Yields conditions for the actors: one for all ids, one for all slugs, one for each code."""
    if not 1 <= len(actors) <= AROUND_MOST:
        raise BadInput(
            f"`around` must have between 1 and {AROUND_MOST} actors, but has {len(actors)}. "
            "Omit it for the whole network."
        )
    for attribute in (_ACTOR.id, _ACTOR.attribute("slug")):
        names = [by[attribute.name] for by in actors if attribute.name in by]
        if names:
            yield plan.Compare(attribute, "in", operand(attribute, "in", names))
    yield from (named(_ACTOR, by) for by in actors if "code" in by)


def read_hops(hops: int) -> int:
    """Checks a number of hops. Raises BadInput."""
    if not 1 <= hops <= HOPS_MOST:
        raise BadInput(f"`hops` must be between 1 and {HOPS_MOST}, but is {hops}.")
    return hops


def _read_first(first: int) -> int:
    if not 1 <= first <= EDGES_MOST:
        raise BadInput(f"`first` must be between 1 and {EDGES_MOST} edges, but is {first}.")
    return first


def _currency(measure: Argument, currency: Argument) -> Parameter | None:
    if measure in (None, COUNT):
        if currency is not None:
            raise BadInput("`currency` is for the measure WORTH: set `measure`, or omit it.")
        return None
    if currency is None:
        raise BadInput(
            f"The measure {WORTH} needs `currency`: worths in two currencies are never compared."
        )
    return Parameter(currency, read_currency)


def read_currency(code: str) -> str:
    """Checks the code of a currency, which may be a withdrawn one. Raises BadInput."""
    if code not in currencies():
        raise BadInput(f"{shown(code)} is not an ISO 4217 code of a currency, such as EUR.")
    return code


class NetworkSelector:
    """Plans a network in a GraphQL query."""

    def __init__(self, collect: Collect, members: Any) -> None:
        """`members`: plans the members of a record."""
        self._collect = collect
        self._members = members

    def network(self, arguments: Arguments, selections: Selections) -> plan.Network:
        """Plans the network of the root field. Raises BadInput or TooComplex."""
        network = network_of(arguments, tuple(self._network(selections)))
        _check_aliases(network)
        return network

    def _network(self, selections: Selections) -> Iterator[plan.NetworkMember]:
        for field in self._collect(selections, "Network"):
            match field.name:
                case "nodes":
                    fields = self._collect(field.selections, "NetworkNode")
                    yield plan.NetworkNodes(field.key, tuple(map(self._node, fields)))
                case "edges":
                    fields = self._collect(field.selections, "NetworkEdge")
                    yield plan.NetworkEdges(field.key, tuple(map(self._edge, fields)))
                case _:
                    yield _fact(field, "Network")

    def _node(self, field: SelectedField) -> plan.NodeMember:
        if field.name == "actor":
            return plan.NodeActor(field.key, self._members(_ACTOR, field.selections))
        return _fact(field, "NetworkNode")

    def _edge(self, field: SelectedField) -> plan.NetworkEdgeMember:
        match field.name:
            case "supporter" | "recipient":
                return _end(field.key, field.name, self._members(_ACTOR, field.selections))
            case "datasets":
                return plan.EdgeDatasets(field.key, self._members(_DATASET, field.selections))
            case "parts":
                fields = self._collect(field.selections, "NetworkPart")
                return plan.EdgeParts(
                    field.key, tuple(_fact(inner, "NetworkPart") for inner in fields)
                )
        return _fact(field, "NetworkEdge")


def _check_aliases(network: plan.Network) -> None:
    """Raises TooComplex if aliases select a list of a network more than once."""
    edges = [member for member in network.members if isinstance(member, plan.NetworkEdges)]
    nodes = [member for member in network.members if isinstance(member, plan.NetworkNodes)]
    inner = [member for each in edges for member in each.members]
    for name, number in (
        ("nodes", len(nodes)),
        ("edges", len(edges)),
        ("parts", sum(isinstance(member, plan.EdgeParts) for member in inner)),
        ("datasets", sum(isinstance(member, plan.EdgeDatasets) for member in inner)),
    ):
        if number > 1:
            raise TooComplex(
                f"`{name}` of a network is selected {number} times, under different aliases;"
                " the limit is 1. Send several queries."
            )


def _fact(field: SelectedField, type_name: str) -> plan.TypeName | plan.NetworkFact:
    if field.name == "__typename":
        return plan.TypeName(field.key, type_name)
    return plan.NetworkFact(field.key, field.name)


def _end(key: str, name: str, members: plan.Members) -> plan.One:
    edge = _SUPPORT.members[name]
    if not isinstance(edge, ToOne):
        raise TypeError(f"{name} is not at an end of an edge.")
    return plan.One(key, edge, members)


def resource_network(arguments: Arguments) -> plan.Network:
    """Plans the network of a REST response, with all members. Raises BadInput."""
    actor = reference(_ACTOR, {})
    nodes: tuple[plan.NodeMember, ...] = (plan.NodeActor("actor", actor), *_all_of(NODE))
    edges: tuple[plan.NetworkEdgeMember, ...] = (
        *(_end(name, name, actor) for name in ("supporter", "recipient")),
        *_all_of({**EDGE, **EDGE_LISTS}),
        plan.EdgeDatasets("datasets", reference(_DATASET, {})),
        plan.EdgeParts("parts", _all_of(PART)),
    )
    members = (plan.NetworkNodes("nodes", nodes), plan.NetworkEdges("edges", edges))
    return network_of(arguments, (*members, *_all_of(NETWORK)))


def _all_of(facts: Any) -> tuple[plan.NetworkFact, ...]:
    return tuple(plan.NetworkFact(name, name) for name in facts)
