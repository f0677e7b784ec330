"""The links of a network, read from stored counts of supports where these are enough.

A row stands for all supports with equal values. Supports that some of several candidates give are
read individually, because each candidate has a link.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    Select,
    cast,
    false,
    func,
    not_,
    null,
    or_,
    select,
    union_all,
)

from schema.records.sql_types import TEXT
from service import plan
from service.plan import AllOf
from service.sql.candidates import is_possible
from service.sql.conditions import condition_sql
from service.sql.counted import COUNTS, are_counted
from service.sql.dialect import Expression
from service.sql.network.links import Giving, Links
from service.sql.rows import Context
from service.sql.texts import number

# The values that the supports of a row share, besides their ends.
_COMMON = ("kind", "phase", "dataset_id")
# The facts of an edge, and of a part of an edge, that the counts contain.
_OF_EDGES = frozenset({"certain", "possible", "strength", "kinds", "phases"})
_OF_PARTS = frozenset({"certain", "possible", "kind", "phase"})


def links_of(context: Context, network: plan.Network) -> Links:
    """Returns the links of the network; from stored counts if these have all that is selected."""
    is_enough = network.currency is None and all(map(_is_known, network.members))
    if is_enough and are_counted(context.versions, network.where):
        return CountedLinks(context, network)
    return Links(context, network)


def _is_known(member: Any) -> bool:
    match member:
        case plan.NetworkEdges(members=members):
            return all(map(_is_known_of_edge, members))
    return True


def _is_known_of_edge(member: Any) -> bool:
    match member:
        case plan.NetworkFact(name=name):
            return name in _OF_EDGES
        case plan.EdgeParts(members=members):
            return all(isinstance(m, plan.TypeName) or m.name in _OF_PARTS for m in members)
    return True


class CountedLinks(Links):
    """Links with the additional columns `number`, `kind`, `phase` and `dataset_id`.

    `support_id` is null in a row that stands for several supports; `alike` identifies their common
    values. The walk along hops reads supports as `Links` does, because a recursive query has only
    one recursive part.
    """

    are_counted = True

    def count(self, where: Expression) -> Expression:
        """The number of supports in the rows of an edge's links that match a condition."""
        several = func.sum(self.rows.c.number).filter(where)
        return cast(func.coalesce(several, number(0)), BigInteger)

    def _whole(self) -> Any:
        each, counts = Giving(self._versions), self._versions.rows_of(COUNTS)
        certain = self._alike(counts).where(*self._certain(counts))
        possible = self._each(each, each.source).where(*self._matching(each))
        return union_all(certain, possible)

    def _links(self, near: CTE) -> Any:
        each, counts = Giving(self._versions), self._versions.rows_of(COUNTS)
        at_an_end = or_(counts.c.supporter_id == near.c.id, counts.c.recipient_id == near.c.id)
        certain = self._alike(counts).select_from(near.join(counts, at_an_end))
        found = certain.where(*self._certain(counts)).distinct()
        source = each.of_actors(near, self._touches(each, near.c.id))
        possible = self._each(each, source).where(each.has_at_an_end(near.c.id))
        return union_all(found, possible.where(*self._matching(each)).distinct())

    def _certain(self, counts: Any) -> Iterator[Expression]:
        yield counts.c.supports > number(0)
        yield not_(is_possible(counts))
        yield counts.c.supporter_id.is_not(None)
        yield counts.c.recipient_id.is_not(None)
        if self._network.where != AllOf():
            yield condition_sql(self._binding, self._versions, counts, self._network.where)

    @staticmethod
    def _alike(counts: Any) -> Select[Any]:
        return select(
            cast(null(), BigInteger).label("support_id"),
            counts.c.supporter_id,
            counts.c.recipient_id,
            false().label("is_possible"),
            counts.c.alike,
            counts.c.supports.label("number"),
            *(counts.c[name] for name in _COMMON),
        )

    @staticmethod
    def _each(each: Giving, source: Any) -> Select[Any]:
        own = (each.support.c[name] for name in _COMMON)
        one = (cast(null(), TEXT).label("alike"), number(1).label("number"), *own)
        return each.links(source).add_columns(*one).where(each.is_possible)
