"""The strength of the edges of a network: the number of their supports, or their worth.

edges     an edge for each pair of actors with links
sums      the sums of worths of the certain supports, by edge, data set and phase
"""

from typing import Any

from sqlalchemy import CTE, Select, Text, and_, cast, func, literal_column, not_, select

from schema.concepts import CONCEPTS
from schema.records.derived import MAGNITUDE
from schema.records.sql_types import TEXT
from service.plan import Parameter
from service.sql.dialect import Column, Expression
from service.sql.network.links import Links, once
from service.sql.rows import Context
from service.sql.texts import number, own_text
from service.sql.versions import and_holding

_SUPPORT = CONCEPTS["Support"]

# The columns that identify an edge.
PAIR = ("supporter_id", "recipient_id")


def same_pair(one: Any, other: Any) -> Expression:
    """Whether two rows belong to one edge."""
    return and_(*(one.c[name] == other.c[name] for name in PAIR))


def counted_edges(links: Links) -> CTE:
    """The edges, with the numbers of their certain and possible supports."""
    pair = [links.rows.c[name] for name in PAIR]
    is_possible = links.rows.c.is_possible
    counts = (
        links.count(not_(is_possible)).label("certain"),
        links.count(is_possible).label("possible"),
    )
    return once(select(*pair, *counts).group_by(*pair).cte("edges"))


def ranked_edges(
    context: Context, links: Any, edges: CTE, currency: Parameter | None
) -> Select[Any]:
    """The edges, the strongest first, with `strength` and the sort key `rank`."""
    if currency is None:
        strength = cast(edges.c.certain, Text).label("strength")
        ranked = select(edges, strength, own_text("").label("rank"))
    else:
        best = _largest_sums(context, links, currency)
        rank = func.coalesce(best.c.rank, own_text("")).label("rank")
        ranked = select(edges, best.c.strength, rank).select_from(
            edges.outerjoin(best, same_pair(best, edges))
        )
    rows = ranked.subquery("ranked")
    return select(rows).order_by(*by_strength(lambda name: rows.c[name]))


def by_strength(column: Column) -> list[Expression]:
    """The order of edges: the strongest first, then by the ids of their actors."""
    strongest = [column(name).desc() for name in ("rank", "certain", "possible")]
    return [*strongest, *(column(name) for name in PAIR)]


def _largest_sums(context: Context, links: Any, currency: Parameter) -> Any:
    """The largest of the sums of each edge that has a worth in the currency."""
    sums = _sums(context, links, currency)
    rank = literal_column(MAGNITUDE.formula.format(c="sums.strength"), TEXT)
    pair = [sums.c[name] for name in PAIR]
    place = func.row_number().over(partition_by=pair, order_by=rank.desc())
    placed = select(*pair, sums.c.strength, rank.label("rank"), place.label("place"))
    rows = placed.subquery("placed")
    return select(rows).where(rows.c.place == number(1)).subquery("largest")


def _sums(context: Context, links: Any, currency: Parameter) -> CTE:
    support = context.versions.rows_of(_SUPPORT.table)
    found = and_holding(context.versions, support, support.c.id == links.c.support_id)
    code = context.binding.parameter(currency, TEXT)
    keys = (*(links.c[name] for name in PAIR), support.c.dataset_id, support.c.phase)
    total = context.binding.dialect.decimal_sum(
        support.c.worth_value, support.c.worth_value.is_not(None)
    )
    return (
        select(*(links.c[name] for name in PAIR), total.label("strength"))
        .select_from(links.join(support, found))
        .where(
            not_(links.c.is_possible),
            support.c.worth_currency == code,
            support.c.worth_value.is_not(None),
        )
        .group_by(*keys)
        .cte("sums")
    )
