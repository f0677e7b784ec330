"""The years in which a support is certainly valid, in SQL."""

from typing import Any

from sqlalchemy import Integer, case, cast, func, literal_column, or_, select

from schema.concepts import CONCEPTS
from schema.records.derived import EARLIEST, LATEST
from service.sql.dialect import Expression, Source
from service.sql.periods import open_until
from service.sql.texts import own_text
from service.sql.versions import Versions, revision_number

_SUPPORT = CONCEPTS["Support"]


def _number(value: int) -> Expression:
    return literal_column(str(value), Integer())


def certain_years(versions: Versions, table: Source) -> tuple[Expression, Expression]:
    """The first and the last year in which a support is certainly valid.

    The first is later than the last if there is none. A support with neither start nor end is valid
    in the year in which it was agreed.
    """
    start, end, agreed = (f"{name}_on" for name in ("started", "ended", "agreed"))
    begun, over = table.c[start + LATEST.suffix], table.c[end + LATEST.suffix]
    begun_by = case((over < begun, over), else_=func.coalesce(begun, over))
    begun, over = table.c[start + EARLIEST.suffix], table.c[end + EARLIEST.suffix]
    open_ = func.coalesce(_open_until(versions, table), own_text(""))
    later = case((table.c[end].is_(None), open_), else_=over)
    until = case((later > begun, later), else_=begun)
    is_lasting = or_(table.c[start].is_not(None), table.c[end].is_not(None))
    agreed_in = year_of(table, agreed)
    first = case((table.c[start].is_(None) & table.c[end].is_(None), agreed_in))
    return (
        func.coalesce(first, _year(begun_by), _number(1)),
        case((is_lasting, _year(until)), else_=func.coalesce(agreed_in, _number(0))),
    )


def year_of(table: Source, date: str) -> Expression:
    """The year of a date; null if the date spans several years."""
    first, last = _year(table.c[date + EARLIEST.suffix]), _year(table.c[date + LATEST.suffix])
    return case((first == last, first))


def date_year(table: Source) -> Expression:
    """The year in which a support's amounts count; 0 if unknown."""
    dates = ("started_on", "ended_on")
    known = [(table.c[date].is_not(None), year_of(table, date)) for date in dates]
    return func.coalesce(case(*known, else_=year_of(table, "agreed_on")), _number(0))


def _open_until(versions: Versions, table: Source) -> Expression:
    """The last day of a support without an end, at most the day of the revision that is read."""
    revision = CONCEPTS["Revision"].table
    read = select(revision.c.time).where(revision.c.number == revision_number(versions))
    now = func.substr(read.correlate_except(revision).scalar_subquery(), _number(1), _number(10))
    return open_until(versions, _SUPPORT, table, now)


def _year(day: Any) -> Expression:
    """The year of a day; null if the day is null."""
    return cast(func.nullif(func.substr(day, _number(1), _number(4)), own_text("")), Integer)
