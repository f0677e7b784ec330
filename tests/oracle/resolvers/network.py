"""Networks: pairs are collected one by one, and actors reached step by step."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.oracle.data_sets.values import Date
from tests.oracle.data_sets.world import Actor, Dataset, Support, World
from tests.oracle.resolvers.assessment import assessed
from tests.oracle.resolvers.filters import matches

FIRST = 500


@dataclass
class Supports:
    """The common values of the supports of an edge or a part of one."""

    supports: list[Support] = field(default_factory=list)

    @property
    def certain(self) -> int:
        """The number of supports with a certain supporter."""
        return sum(each.attribution != "SOME_OF" for each in self.supports)

    @property
    def possible(self) -> int:
        """The number of supports with candidates."""
        return len(self.supports) - self.certain

    @property
    def mutual(self) -> bool:
        """Whether one of the supports is."""
        return any(each.mutual for each in self.supports)

    @property
    def contested(self) -> bool:
        """Whether one of the supports is."""
        return any(assessed(each).contested for each in self.supports)

    @property
    def start_censored(self) -> bool:
        """Whether one of the supports is."""
        return any(each.start_censored for each in self.supports)

    @property
    def end_censored(self) -> bool:
        """Whether one of the supports is."""
        return any(each.end_censored for each in self.supports)

    @property
    def first_on(self) -> str | None:
        """The first day of all supports."""
        days = [_first(s.started_on, s.ended_on, s.agreed_on) for s in self.supports]
        return min((day.earliest for day in days if day), default=None)

    @property
    def last_on(self) -> str | None:
        """The last day of all supports."""
        days = [_first(s.ended_on, s.started_on, s.agreed_on) for s in self.supports]
        return max((day.latest for day in days if day), default=None)


@dataclass
class Part(Supports):
    """The supports of one kind and phase."""

    kind: str = ""
    phase: str = ""

    @property
    def candidates_at_least(self) -> int | None:
        """The least number of candidates, if equal in all possible supports."""
        return self._alike([each.candidates_at_least for each in self._possible])

    @property
    def candidates(self) -> int | None:
        """The number of candidates, if equal in all possible supports."""
        return self._alike([len(each.candidates) for each in self._possible])

    @property
    def _possible(self) -> list[Support]:
        return [each for each in self.supports if each.attribution == "SOME_OF"]

    @staticmethod
    def _alike(numbers: list[int | None]) -> int | None:
        return numbers[0] if len(set(numbers)) == 1 else None


@dataclass
class Edge(Supports):
    """An edge: all supports from one actor to another."""

    supporter: Actor = field(kw_only=True)
    recipient: Actor = field(kw_only=True)
    currency: str | None = None

    @property
    def kinds(self) -> list[str]:
        """The distinct values, sorted."""
        return sorted({each.kind for each in self.supports})

    @property
    def phases(self) -> list[str]:
        """The distinct values, sorted."""
        return sorted({each.phase for each in self.supports})

    @property
    def datasets(self) -> list[Dataset]:
        """The distinct data sets, the oldest first."""
        found = {each.dataset for each in self.supports if each.dataset}
        return sorted(found, key=lambda each: each.row)

    @property
    def parts(self) -> list[Part]:
        """The supports by kind and phase."""
        parts: dict[tuple[str, str], Part] = {}
        for each in self.supports:
            place = each.kind, each.phase
            parts.setdefault(place, Part(kind=each.kind, phase=each.phase)).supports.append(each)
        return [parts[place] for place in sorted(parts)]

    @property
    def strength(self) -> Decimal | None:
        """The number of certain supports, or the largest sum of a data set and phase."""
        if self.currency is None:
            return Decimal(self.certain)
        sums: dict[Any, Decimal] = {}
        for each in self.supports:
            worth = each.worth
            if each.attribution == "SOME_OF" or worth.value is None:
                continue
            if worth.currency == self.currency:
                place = each.dataset, each.phase
                sums[place] = sums.get(place, Decimal(0)) + worth.value
        return max(sums.values(), default=None)

    @property
    def rank(self) -> Any:
        """The sort key: the strongest edge has the least."""
        strength = self.strength
        known = (1, Decimal(0)) if strength is None else (0, -strength)
        counts = (-self.certain, -self.possible)
        by_worth = known if self.currency else ()
        return (*by_worth, *counts, self.supporter.row, self.recipient.row)


@dataclass
class Node:
    """An actor in the network."""

    actor: Actor
    hop: int | None
    given: int
    received: int


@dataclass
class Network:
    """The network: the strongest edges, and their actors."""

    nodes: list[Node]
    edges: list[Edge]
    node_count: int
    edge_count: int
    support_count: int
    unknown_count: int

    @property
    def complete(self) -> bool:
        """Whether the page has all edges."""
        return len(self.edges) == self.edge_count


def network_of(
    world: World, around: list[Actor | None] | None, given: Mapping[str, Any]
) -> Network:
    """Returns the network around these actors."""
    where = given.get("where") or {}
    links = list(_links(each for each in world.supports if matches(each, where)))
    start = None if around is None else {actor for actor in around if actor}
    hops = given.get("hops") or 1
    distance = {} if start is None else _distances(links, start, hops)
    if start is not None:
        near = {actor for actor, hop in distance.items() if hop < hops}
        links = [link for link in links if link[1] in near or link[2] in near]
    edges: dict[tuple[Actor, Actor], Edge] = {}
    for support, supporter, recipient in links:
        edge = Edge(supporter=supporter, recipient=recipient, currency=given.get("currency"))
        edges.setdefault((supporter, recipient), edge).supports.append(support)
    ranked = sorted(edges.values(), key=lambda each: each.rank)
    kept = ranked[: given.get("first") or FIRST]
    return Network(
        nodes=list(_nodes(_actors(kept, start), links, distance if start is not None else None)),
        edges=kept,
        node_count=len(_actors(ranked, start)),
        edge_count=len(ranked),
        support_count=len({support for support, _, _ in links}),
        unknown_count=sum(
            matches(each, where, may=True) and not matches(each, where) for each in world.supports
        ),
    )


Link = tuple[Support, Actor, Actor]


def _links(supports: Iterable[Support]) -> Iterator[Link]:
    for support in supports:
        is_possible = support.attribution == "SOME_OF"
        for giver in support.candidates if is_possible else [support.supporter]:
            if giver and support.recipient:
                yield support, giver, support.recipient


def _distances(links: list[Link], start: set[Actor], hops: int) -> dict[Actor, int]:
    """Returns the distance of each reached actor."""
    found = dict.fromkeys(start, 0)
    for hop in range(1, hops + 1):
        before = set(found)
        for _, one, other in links:
            if (one in before) != (other in before):
                found.setdefault(other if one in before else one, hop)
    return found


def _actors(edges: Iterable[Edge], start: set[Actor] | None) -> set[Actor]:
    ends = {actor for edge in edges for actor in (edge.supporter, edge.recipient)}
    return ends | (start or set())


def _nodes(
    actors: set[Actor], links: list[Link], distance: dict[Actor, int] | None
) -> Iterator[Node]:
    hops = dict.fromkeys(actors) if distance is None else {a: distance[a] for a in actors}
    for actor in sorted(actors, key=lambda each: (hops[each] or 0, each.row)):
        given = {support for support, giver, _ in links if giver is actor}
        received = {support for support, _, taker in links if taker is actor}
        yield Node(actor, hops[actor], len(given), len(received))


def _first(*days: Date | None) -> Date | None:
    return next((day for day in days if day), None)
