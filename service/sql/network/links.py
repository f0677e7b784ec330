"""The links of a network: a row for each support and each actor that gives it, or may give it.

start     the actors to begin at
reached   the actors less than `hops` away, with each distance at which the walk reaches them
near      the actors of `reached`, each at its least distance
links     the links that have an actor of `near` at one end

An actor at the other end of a link that is not in `near` is `hops` away. The whole network has all
links, and no actors to begin at.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    CTE,
    Integer,
    Select,
    and_,
    case,
    distinct,
    func,
    or_,
    select,
    union,
)

from schema.concepts import CONCEPTS
from service import plan
from service.plan import AllOf
from service.sql.candidates import CANDIDATES, is_possible
from service.sql.conditions import condition_sql
from service.sql.dialect import Expression, Source
from service.sql.rows import Context
from service.sql.texts import number

_ACTOR, _SUPPORT = CONCEPTS["Actor"], CONCEPTS["Support"]


def once(rows: CTE) -> CTE:
    """Materialises rows, so that the database reads them once, however often they are used.

    Otherwise SQLite reads all supports again for each count and each list of a network.
    """
    return rows.prefix_with("MATERIALIZED")


class Links:
    """The links that match, and the distances of actors.

    `rows`: support_id, supporter_id, recipient_id, is_possible. `near`: id and hop of the actors
    that are less than `hops` away; None for the whole network.
    """

    # Whether a row may stand for several supports, and then has their common values.
    are_counted = False

    def __init__(self, context: Context, network: plan.Network) -> None:
        """Compiles the actors to begin at, then those around them, then their links."""
        self._binding = context.binding
        self._versions = context.versions
        self._network = network
        self.hops = self._binding.parameter(network.hops, Integer())
        self.start: CTE | None = None
        self.near: CTE | None = None
        if network.around is None:
            self.rows = once(self._whole().cte("links"))
        else:
            self.start = union(*map(self._named, network.around)).cte("start")
            self.near = self._near(self._reached(self.start)).cte("near")
            self.rows = once(self._links(self.near).cte("links"))

    def count(self, where: Expression) -> Expression:
        """The number of links of an edge that match a condition: one for each support."""
        return func.count().filter(where)

    @property
    def possible_supports(self) -> Expression:
        """The number of possible supports in all links; one with several links counts once."""
        return func.count(distinct(self.rows.c.support_id)).filter(self.rows.c.is_possible)

    def _named(self, found: plan.Condition) -> Select[Any]:
        actor = self._versions.rows_of(_ACTOR.table)
        is_it = condition_sql(self._binding, self._versions, actor, found)
        return select(actor.c.id).where(is_it, *self._versions.holding(actor))

    def _reached(self, start: CTE) -> CTE:
        reached = select(start.c.id, number(0).label("hop")).cte("reached", recursive=True)
        each, hop = Giving(self._versions), reached.c.hop + number(1)
        far = case((each.recipient == reached.c.id, each.supporter), else_=each.recipient)
        further = (
            select(far, hop)
            .select_from(each.of_actors(reached, self._touches(each, reached.c.id)))
            .where(hop < self.hops, each.has_at_an_end(reached.c.id), *self._matching(each))
        )
        return reached.union(further)

    @staticmethod
    def _near(reached: CTE) -> Select[Any]:
        least = func.min(reached.c.hop).label("hop")
        return select(reached.c.id, least).group_by(reached.c.id)

    def _whole(self) -> Any:
        each = Giving(self._versions)
        return each.links(each.source).where(*self._matching(each))

    def _links(self, near: CTE) -> Any:
        """The links of the actors; DISTINCT, because both ends find a link between two of them."""
        each = Giving(self._versions)
        source = each.of_actors(near, self._touches(each, near.c.id))
        found = each.links(source).where(each.has_at_an_end(near.c.id), *self._matching(each))
        return found.distinct()

    def _touches(self, each: "Giving", actor: Expression) -> Expression:
        """Whether a support may have a link of an actor. Each part of the OR uses its own index."""
        candidate = self._versions.rows_of(CANDIDATES)
        theirs = select(candidate.c.support_id).where(
            candidate.c.actor_id == actor, *self._versions.holding(candidate)
        )
        rows = theirs.correlate_except(candidate)
        return or_(
            each.support.c.supporter_id == actor,
            each.support.c.recipient_id == actor,
            self._binding.dialect.one_of_rows(each.support.c.id, rows),
        )

    def _matching(self, each: "Giving") -> Iterator[Expression]:
        """The conditions for a link to be in the network."""
        yield from self._versions.holding(each.support)
        yield each.recipient.is_not(None)
        yield each.supporter.is_not(None)
        if self._network.where != AllOf():
            yield condition_sql(self._binding, self._versions, each.support, self._network.where)


class Giving:
    """Supports, with a row for each actor that gives one or may give it."""

    def __init__(self, versions: Any) -> None:
        """Makes new aliases of the tables."""
        self.support, self._candidate = map(versions.rows_of, (_SUPPORT.table, CANDIDATES))
        self.is_possible: Expression = is_possible(self.support)
        found = and_(self._candidate.c.support_id == self.support.c.id, self.is_possible)
        self._held = and_(found, *versions.holding(self._candidate))
        self.recipient: Expression = self.support.c.recipient_id
        self.supporter: Expression = case(
            (self.is_possible, self._candidate.c.actor_id), else_=self.support.c.supporter_id
        )

    @property
    def source(self) -> Source:
        """The join of supports and candidates."""
        return self.support.outerjoin(self._candidate, self._held)

    def has_at_an_end(self, actor: Expression) -> Expression:
        """Whether the actor gives the support, may give it, or receives it."""
        return or_(self.supporter == actor, self.recipient == actor)

    def of_actors(self, actors: Source, on: Expression) -> Source:
        """The rows for each of the actors, which the condition `on` joins to the supports."""
        return actors.join(self.support, on).outerjoin(self._candidate, self._held)

    def links(self, source: Source) -> Select[Any]:
        """Selects the columns of a link."""
        return select(
            self.support.c.id.label("support_id"),
            self.supporter.label("supporter_id"),
            self.recipient.label("recipient_id"),
            self.is_possible.label("is_possible"),
        ).select_from(source)
