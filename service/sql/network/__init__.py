"""The network of supports: its strongest edges, and their actors.

links     a row for each support and each actor that gives it, or may give it
edges     an edge for each pair of actors with links
kept      the strongest edges
answer    one row: the network as a JSON object
"""

from functools import cached_property
from typing import Any

from sqlalchemy import CTE, BigInteger, Select, cast, func, select

from schema.analysis.network import EDGES_MOST
from schema.concepts import CONCEPTS
from service import plan
from service.sql.conditions import unknown_count
from service.sql.dialect import Content, Expression, Json
from service.sql.network.counted_links import links_of
from service.sql.network.edges import EdgeRows
from service.sql.network.links import once
from service.sql.network.nodes import NodeRows, actors_of
from service.sql.network.strength import by_strength, counted_edges, ranked_edges
from service.sql.rows import Context
from service.sql.texts import number

_SUPPORT = CONCEPTS["Support"]


class NetworkQuery:
    """Compiles one network."""

    def __init__(self, context: Context, network: plan.Network) -> None:
        """`network`: the actors to begin at, and the members to select."""
        self._context = context
        self._dialect = context.binding.dialect
        self._network = network
        self._links = links_of(context, network)
        self._counts: dict[str, Expression] = {}

    def as_object(self) -> Select[Any]:
        """Returns the network as one JSON object."""
        pairs = [(member.key, self._member(member)) for member in self._network.members]
        return select(self._dialect.answer(self._dialect.json_object(pairs)))

    def _member(self, member: plan.NetworkMember) -> Content:
        match member:
            case plan.TypeName(name=name):
                return self._dialect.json_unescaped(name, nullable=False)
            case plan.NetworkNodes(members=members):
                nodes = NodeRows(self._context, self._links, self._edges, self._kept, members)
                return _json(nodes.array())
            case plan.NetworkEdges(members=members):
                edges = EdgeRows(self._context, self._links, self._kept, members)
                return _json(edges.array())
            case plan.NetworkFact(name="complete"):
                count = self._count("edgeCount")
                return self._dialect.json_boolean(count <= self._first)
        return self._count(member.name)

    @cached_property
    def _edges(self) -> CTE:
        return counted_edges(self._links)

    @cached_property
    def _first(self) -> Expression:
        return self._context.binding.parameter(self._network.first, BigInteger())

    @cached_property
    def _kept(self) -> CTE:
        ranked = ranked_edges(self._context, self._links.rows, self._edges, self._network.currency)
        kept = self._dialect.limited(ranked, self._first, EDGES_MOST, by_strength)
        return once(kept.cte("kept"))

    def _count(self, name: str) -> Expression:
        """One of the counts of the network; aliases share one query."""
        if name not in self._counts:
            self._counts[name] = self._counted(name)
        return self._counts[name]

    def _counted(self, name: str) -> Expression:
        match name:
            case "edgeCount":
                return _number(func.count(), self._edges)
            case "nodeCount":
                return _number(func.count(), actors_of(self._edges, self._links).subquery())
            case "unknownCount":
                binding, versions = self._context.binding, self._context.versions
                return unknown_count(binding, versions, _SUPPORT, self._network.where)
        # A certain support belongs to one edge only, whose count exists already.
        certain = func.coalesce(func.sum(self._edges.c.certain), number(0))
        possible = _number(self._links.possible_supports, self._links.rows)
        return _number(cast(certain, BigInteger), self._edges) + possible


def _number(counted: Expression, rows: Any) -> Expression:
    found: Expression = select(counted).select_from(rows).scalar_subquery()
    return found


def _json(query: Select[Any]) -> Json:
    return Json((query.scalar_subquery(),))
