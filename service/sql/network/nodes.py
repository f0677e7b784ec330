"""The actors of a network as JSON: the ends of the kept edges, and the actors to begin at."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    FromClause,
    Select,
    case,
    cast,
    func,
    select,
    union,
    union_all,
)

from schema.concepts import CONCEPTS
from service import plan
from service.sql.dialect import Content, Expression, Json
from service.sql.network.links import Links
from service.sql.reading import Reading
from service.sql.rows import Context, RecordRow, hold_nested
from service.sql.texts import number
from service.sql.versions import and_holding

_ACTOR = CONCEPTS["Actor"]
# The two ends of an edge: what the actor there does, and the column of the actor.
_ENDS = {"given": "supporter_id", "received": "recipient_id"}
_NULL = Json(("null",))


def _ends_of(edges: Any) -> tuple[FromClause, Expression, Expression]:
    """Returns two rows for each edge, with the end that a row stands for, and the actor there.

    The edges occur once in the query: SQLite evaluates their subqueries again at each occurrence.
    """
    sides = union_all(*(select(number(end).label("side")) for end, _ in enumerate(_ENDS)))
    side = sides.subquery("sides").c.side
    actors = {number(end): edges.c[name] for end, name in enumerate(_ENDS.values())}
    return edges.join(side.table, side.is_not(None)), side, case(actors, value=side)


def actors_of(edges: Any, links: Links) -> Any:
    """The ids of the actors at the ends of edges, and of the actors to begin at."""
    source, _, actor = _ends_of(edges)
    start = () if links.start is None else (select(links.start.c.id),)
    ends = select(actor.label("id")).select_from(source)
    return union(ends, *start) if start else ends.distinct()


class NodeRows:
    """Compiles the actors of a network."""

    def __init__(
        self,
        context: Context,
        links: Links,
        edges: CTE,
        kept: CTE,
        members: Sequence[plan.NodeMember],
    ) -> None:
        """`edges`: all edges of the network. `members`: the members to select of each actor."""
        self._context = context
        self._dialect = context.binding.dialect
        self._links = links
        self._edges = edges
        self._kept = kept
        self._members = members
        actors = [each for m in members if isinstance(m, plan.NodeActor) for each in m.members]
        self._nodes = self._with_hops(actors_of(kept, links).subquery())
        self._reading = Reading(self._nodes, in_layers=hold_nested(actors))

    def array(self) -> Select[Any]:
        """Returns the actors as a JSON array, the nearest first, then by id."""
        node = self._dialect.json_object([(m.key, self._member(m)) for m in self._members])
        order = [self._reading.column(self._nodes.c[name]) for name in ("hop", "id")]
        array = self._dialect.json_array_in_order(node, order)
        return self._reading.select(self._dialect.answer(array))

    def _with_hops(self, actors: Any) -> FromClause:
        near = self._links.near
        if near is None:
            return select(actors.c.id, number(0).label("hop")).subquery("nodes")
        hop = func.coalesce(near.c.hop, self._links.hops).label("hop")
        joined = actors.outerjoin(near, near.c.id == actors.c.id)
        return select(actors.c.id, hop).select_from(joined).subquery("nodes")

    @cached_property
    def _actor(self) -> RecordRow:
        actor = self._context.versions.rows_of(_ACTOR.table)
        found = actor.c.id == self._nodes.c.id
        self._reading.follow(actor, and_holding(self._context.versions, actor, found))
        return RecordRow(self._context, self._reading, _ACTOR, actor)

    def _member(self, member: plan.NodeMember) -> Content:
        match member:
            case plan.NodeActor(members=members):
                return self._actor.json(members)
            case plan.NetworkFact(name="hop"):
                hop = self._reading.column(self._nodes.c.hop)
                return _NULL if self._links.near is None else hop
            case plan.NetworkFact(name=name):
                return self._count(name)
        return self._dialect.json_unescaped(member.name, nullable=False)

    def _count(self, name: str) -> Expression:
        """The number of supports that each actor gives, or receives."""
        count: Expression = func.coalesce(self._reading.column(self._counts.c[name]), number(0))
        if name == "given":
            return count
        return count + func.coalesce(self._reading.column(self._possible.c.supports), number(0))

    @cached_property
    def _counts(self) -> Any:
        """The supports that actors give or may give, and the supports that they certainly receive.

        Reads the edges, which are fewer than the supports and have these counts already.
        """
        edges = self._edges.c
        source, side, actor = _ends_of(self._edges)
        of_side = (
            ("given", number(0), edges.certain + edges.possible),
            ("received", number(1), edges.certain),
        )
        counts = (
            cast(func.sum(case((side == end, supports), else_=number(0))), BigInteger).label(name)
            for name, end, supports in of_side
        )
        shown = actors_of(self._kept, self._links)
        rows = (
            select(actor.label("id"), *counts)
            .select_from(source)
            .where(actor.in_(shown))
            .group_by(actor)
            .subquery()
        )
        self._reading.follow(rows, rows.c.id == self._nodes.c.id)
        return rows

    @cached_property
    def _possible(self) -> Any:
        """The possible supports that actors receive; each has an edge from each candidate."""
        links = self._links.rows.c
        supports = self._links.possible_supports.label("supports")
        possible = select(links.recipient_id.label("id"), supports).where(links.is_possible)
        rows = possible.group_by(links.recipient_id).subquery()
        self._reading.follow(rows, rows.c.id == self._nodes.c.id)
        return rows
