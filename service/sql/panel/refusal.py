"""The reason to refuse a panel, as a text of two words: what is wrong, and a name or number.

`service/engine/panels.py` turns it into an error. The reason is a column of the panel's statement,
so that it is read from the same revision as the rows.
"""

from sqlalchemy import Text, cast, func, select

from schema.analysis.panel import ROWS_MOST, UNIT_YEARS_MOST
from schema.concepts import CONCEPTS
from service import plan
from service.planning.panel import BROADER
from service.sql.dialect import Expression
from service.sql.panel.columns import Columns
from service.sql.panel.looking import Looking
from service.sql.panel.units import Units
from service.sql.texts import number, own_text
from service.sql.versions import Versions

_SUPPORT = CONCEPTS["Support"].table
DATASET, ACTOR, PHASES, UNIT_YEARS, ROWS = "dataset", "actor", "phases", "unit-years", "rows"


def reason_to_refuse(
    versions: Versions,
    panel: plan.Panel,
    looking: Looking,
    units: Units,
    columns: Columns,
    rows: Expression | None,
) -> Expression:
    """The first reason, or null.

    `rows`: the number of rows of the whole panel, on its first page.
    """
    reasons = [
        _named(DATASET, looking.unknown),
        _named(ACTOR, units.unknown_actor),
        _above(UNIT_YEARS, units.most, UNIT_YEARS_MOST),
    ]
    if panel.phases is None:
        reasons.append(_named(PHASES, _several_phases(versions, looking, columns)))
    if rows is not None:
        reasons.append(_above(ROWS, rows, ROWS_MOST))
    return func.coalesce(*reasons)


def _named(what: str, name: Expression) -> Expression:
    return own_text(f"{what} ").concat(name)


def _above(what: str, count: Expression, most: int) -> Expression:
    one = select(count.label("number")).subquery()
    is_above = one.c.number > number(most)
    return select(_named(what, cast(one.c.number, Text))).where(is_above).scalar_subquery()


def _several_phases(versions: Versions, looking: Looking, columns: Columns) -> Expression:
    """The first data set whose counted supports have several phases; null if there is none."""
    datasets, pairs = looking.datasets, columns.pairs
    rows = versions.rows_of(_SUPPORT)
    counted = select(pairs.c.counted).where(pairs.c.how != own_text(BROADER))
    of_kind = rows.c.kind.in_(counted.correlate_except(pairs))
    phases = select(func.count(rows.c.phase.distinct())).where(
        rows.c.dataset_id == datasets.c.dataset_id, of_kind, *versions.holding(rows)
    )
    several = phases.correlate_except(rows).scalar_subquery() > number(1)
    query = select(datasets.c.dataset).where(several).order_by(datasets.c.place)
    return query.limit(1).scalar_subquery()
