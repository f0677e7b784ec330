"""The number of supports that paths leave out because their dates are unknown, in SQL."""

from sqlalchemy import false, func, or_, select, true

from schema.analysis.path import ANY
from schema.concepts import CONCEPTS
from service.plan import AllOf, Condition
from service.planning.conditions import possible
from service.sql.conditions import condition_sql
from service.sql.dialect import Expression, Source
from service.sql.paths.walks import times_of
from service.sql.rows import Context
from service.sql.texts import number
from service.sql.versions import Versions

_SUPPORT = CONCEPTS["Support"]


def unknown_steps(context: Context, where: Condition, time: str) -> Expression:
    """The number of supports that may match the filter, but may fail it or have unknown times."""
    wider = possible(where)
    if wider == where and time == ANY:
        return number(0)
    binding, versions = context.binding, context.versions
    table = versions.rows_of(_SUPPORT.table)
    left_out = _without_times(versions, table, time)
    if wider != where:
        left_out = or_(condition_sql(binding, versions, table, where).is_not(true()), left_out)
    may = () if wider == AllOf() else (condition_sql(binding, versions, table, wider),)
    query = select(func.count()).select_from(table)
    return query.where(*versions.holding(table), *may, left_out).scalar_subquery()


def _without_times(versions: Versions, table: Source, time: str) -> Expression:
    first, last = times_of(versions, table, time)
    match time:
        case "SAME_YEAR":
            return first > last
        case "FORWARD":
            return first.is_(None)
    return false()
