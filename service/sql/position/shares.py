"""The numbers of each position, and the shares of the suppliers.

others      the actors on each side: the number of their supports, and the sum of the amounts
ranked      the same actors, with the rank of each supplier by amount
positions   a row for each data set and phase
"""

from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    Select,
    Text,
    and_,
    case,
    cast,
    distinct,
    func,
    literal_column,
    not_,
    select,
)

from schema.records.derived import MAGNITUDE
from schema.records.sql_types import TEXT
from service import plan
from service.sql.dialect import Dialect, Expression
from service.sql.position.counted import COUNTS, GIVEN, RECEIVED, UNDATED, UNKNOWN
from service.sql.texts import number, own_text

# The columns that identify a position.
KEYS = ("dataset_id", "phase")
# For each side: the names of the numbers of supports, of actors and of possible supports.
SIDES = (
    ("given", "recipients", "possibleGiven", GIVEN),
    ("received", "suppliers", "possibleReceived", RECEIVED),
)


def degrees(rows: Any) -> dict[str, Expression]:
    """The degrees in a group of rows that each stand for one support."""
    numbers: dict[str, Expression] = {}
    for supports, others, possible, side in SIDES:
        there = and_(rows.c.side == number(side), rows.c.counts == number(COUNTS))
        found = and_(there, not_(rows.c.is_possible))
        numbers[supports] = func.count().filter(found)
        numbers[others] = func.count(distinct(rows.c.other_id)).filter(found)
        numbers[possible] = func.count().filter(and_(there, rows.c.is_possible))
    return numbers


def positions(dialect: Dialect, position: plan.Position, counted: CTE) -> Select[Any]:
    """Selects a row for each data set and phase.

    `supporter_id`: the largest supplier, unless several are equally large.
    """
    ranked = _ranked(_others(dialect, position, counted))
    columns = _degrees(ranked) | _left_out(ranked) | _shares(dialect, ranked)
    keys = [ranked.c[name] for name in KEYS]
    named = (column.label(name) for name, column in columns.items())
    return select(*keys, *named).group_by(*keys).order_by(*keys)


def _others(dialect: Dialect, position: plan.Position, counted: CTE) -> Any:
    """A row for each actor on the other side, with the number and the amount of its supports."""
    amount = counted.c.amount
    is_certain = and_(not_(counted.c.is_possible), counted.c.counts == number(COUNTS))
    is_received = and_(counted.c.side == number(RECEIVED), is_certain)
    # A supplier has one row for supports with an amount, and one for supports without.
    is_supply = and_(is_received, counted.c.other_id.is_not(None), amount.is_not(None))
    supply = case((is_supply, number(1)), else_=number(0))
    names = (*KEYS, "side", "is_possible", "counts", "other_id")
    keys = [counted.c[name] for name in names]
    total: Expression = cast(func.count(), Text)
    if position.unit is not None:
        total = dialect.decimal_sum(amount, amount.is_not(None))
    numbers = (
        supply.label("is_supply"),
        func.count().label("number"),
        total.label("amount"),
    )
    return select(*keys, *numbers).group_by(*keys, supply).subquery("others")


def _ranked(others: Any) -> Any:
    rank = literal_column(MAGNITUDE.formula.format(c="others.amount"), TEXT)
    keys = [others.c[name] for name in (*KEYS, "is_supply")]
    place = func.rank().over(partition_by=keys, order_by=rank.desc())
    return select(others, place.label("place")).subquery("ranked")


def _degrees(rows: Any) -> dict[str, Expression]:
    numbers: dict[str, Expression] = {}
    for supports, others, possible, side in SIDES:
        there = and_(rows.c.side == number(side), rows.c.counts == number(COUNTS))
        found = and_(there, not_(rows.c.is_possible))
        numbers[supports] = _supports(rows, found)
        numbers[others] = func.count(distinct(rows.c.other_id)).filter(found)
        numbers[possible] = _supports(rows, and_(there, rows.c.is_possible))
    return numbers


def _left_out(rows: Any) -> dict[str, Expression]:
    """The numbers of supports in the supply, left out of the supply, and in no degree."""
    is_received = and_(
        rows.c.side == number(RECEIVED),
        not_(rows.c.is_possible),
        rows.c.counts == number(COUNTS),
    )
    is_known = rows.c.other_id.is_not(None)
    is_supply = rows.c.is_supply == number(1)
    return {
        "supports": _supports(rows, is_supply),
        "unknownAmount": _supports(rows, and_(is_received, is_known, not_(is_supply))),
        "unknownSupplier": _supports(rows, and_(is_received, not_(is_known))),
        "undated": _supports(rows, rows.c.counts == number(UNDATED)),
        "unknownCount": _supports(rows, rows.c.counts == number(UNKNOWN)),
    }


def _shares(dialect: Dialect, rows: Any) -> dict[str, Expression]:
    is_supply = rows.c.is_supply == number(1)
    is_first = and_(is_supply, rows.c.place == number(1))
    amount = case((is_supply, rows.c.amount))
    tied = func.count().filter(is_first)
    total = dialect.decimal_sum(amount, is_supply)
    largest = func.max(amount).filter(is_first)
    # With a negative amount, shares are no parts of a whole.
    is_negative = func.substr(amount, number(1), number(1)) == own_text("-")
    is_whole = func.count().filter(is_negative) == number(0)
    return {
        "total": total,
        # The suppliers in the supply; the number `suppliers` counts those of all supports.
        "counted": func.count().filter(is_supply),
        "tied": tied,
        "supporter_id": case((tied == number(1), func.min(rows.c.other_id).filter(is_first))),
        "largestShare": case((is_whole, dialect.decimal_share(largest, total))),
        "herfindahl": case((is_whole, dialect.sum_of_squared_shares(amount))),
    }


def _supports(rows: Any, where: Expression) -> Expression:
    """The number of supports in the rows where a condition is true."""
    found = func.sum(rows.c.number).filter(where)
    return cast(func.coalesce(found, number(0)), BigInteger)
