"""Conditions for a record to be valid within a period, in SQL: certainly, or possibly.

A record is valid from some day of its start to some day of its end, both included. If it is
censored, because the data begin or end there, it may have been valid before or after as well. A
record without an end continues, but certainly only as long as its data set looked.
"""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import and_, case, func, null, or_, select

from schema.concepts import CONCEPTS, Concept
from schema.records.collection import Period
from schema.records.derived import EARLIEST, LATEST
from schema.records.sql_types import TEXT
from service.plan import Valid
from service.sql.binding import Binding
from service.sql.dialect import Expression, Source
from service.sql.texts import number, own_text
from service.sql.versions import Versions

# Sorts above every day.
_FOR_EVER = "9999-12-31"


def valid_sql(binding: Binding, versions: Versions, table: Source, condition: Valid) -> Expression:
    """Compiles the condition on a row of `table` that is valid in this state of the data."""
    concept = condition.concept
    type_ = concept.attribute(_period(concept).start).column.type
    first, last = (binding.parameter(day, type_) for day in (condition.first, condition.last))
    if condition.certainly:
        days = _days_of(versions, concept, table)
        begun = or_(*days.begun_before_year_of(last), *days.begun_by(last))
        return and_(begun, or_(*days.goes_on_after_year_of(first), *days.goes_on_until(first)))
    return possibly_valid(versions, concept, table, first, last)


def certainly_valid(
    versions: Versions, concept: Concept, table: Source, first: Expression, last: Expression
) -> Expression:
    """Whether the record of a row is certainly valid at some time between two days."""
    days = _days_of(versions, concept, table)
    return and_(or_(*days.begun_by(last)), or_(*days.goes_on_until(first)))


def possibly_valid(
    versions: Versions,
    concept: Concept,
    table: Source,
    first: Expression,
    last: Expression,
    *,
    beyond_data: bool = True,
) -> Expression:
    """Whether the record of a row may be valid at some time between two days.

    `beyond_data`: also before its data begin or after they end.
    """
    days = _days_of(versions, concept, table)
    begun = days.may_have_begun_by(last, beyond_data=beyond_data)
    return and_(or_(*begun), or_(*days.may_go_on_until(first, beyond_data=beyond_data)))


def looks_from(versions: Versions, concept: Concept, table: Source) -> Expression:
    """The first day of the period that a data set or a coverage record certainly covers.

    Null if unknown.
    """
    return _Covered(versions, concept, _period(concept), table).surely_first


def looks_until(versions: Versions, concept: Concept, table: Source) -> Expression:
    """The last day of the period that a row certainly covers; null if unknown."""
    return _Covered(versions, concept, _period(concept), table).surely_last


def may_look_from(versions: Versions, concept: Concept, table: Source) -> Expression:
    """The first day that a row may cover; null if unknown."""
    return _Covered(versions, concept, _period(concept), table).first


def may_look_until(versions: Versions, concept: Concept, table: Source) -> Expression:
    """The last day that a row may cover; null if unknown."""
    return _Covered(versions, concept, _period(concept), table).last


def _period(concept: Concept) -> Period:
    if concept.period is None:
        raise TypeError(f"{concept.name} has no period.")
    return concept.period


def _days_of(versions: Versions, concept: Concept, table: Source) -> "_Lasting | _Covered":
    """The conditions for the record of a row to be valid, by the kind of its period."""
    period = _period(concept)
    return (_Covered if period.is_coverage else _Lasting)(versions, concept, period, table)


def open_until(
    versions: Versions, concept: Concept, table: Source, for_ever: Expression
) -> Expression:
    """The last day on which a record without an end is certainly valid; null if unknown."""
    return _Lasting(versions, concept, _period(concept), table).open_until(for_ever)


def _year_of(day: Expression) -> Expression:
    return _part(day, 1, 4)


def _part(text: Expression, start: int, length: int) -> Expression:
    return func.substr(text, number(start), number(length), type_=TEXT)


def _first_day(table: Source, date: str) -> Expression:
    """The earliest day that the beginning of a date can be; null if unknown."""
    return func.nullif(table.c[date + EARLIEST.suffix], own_text(""))


def _last_day(table: Source, date: str) -> Expression:
    """The latest day that the end of a date can be; null if unknown."""
    latest: Expression = table.c[date + LATEST.suffix]
    return latest


def _surely_first_day(table: Source, date: str) -> Expression:
    """The latest day that the beginning of a date can be: 201X may be the year 2019."""
    latest = table.c[date + LATEST.suffix]
    of_year = _year_of(latest).concat(own_text("-01-01"))
    of_month = _year_of(latest).concat(own_text("-12-01"))
    return _unspecified(table.c[date], of_year, of_month, latest, _first_day(table, date))


def _surely_last_day(table: Source, date: str) -> Expression:
    """The earliest day that the end of a date can be: 201X may be the year 2010."""
    earliest = table.c[date + EARLIEST.suffix]
    of_year = _year_of(earliest).concat(own_text("-12-31"))
    of_month = _year_of(earliest).concat(own_text("-01-31"))
    return _unspecified(table.c[date], of_year, of_month, earliest, _last_day(table, date))


def _unspecified(
    date: Expression,
    year: Expression,
    month: Expression,
    day: Expression,
    otherwise: Expression,
) -> Expression:
    """Selects by the part of a date with unspecified digits: 201X, 2004-XX, 2004-06-XX."""
    return case(
        (_part(date, 4, 1) == own_text("X"), year),
        (_part(date, 9, 2) == own_text("XX"), day),
        (_part(date, 6, 2) == own_text("XX"), month),
        else_=otherwise,
    )


class _Days:
    """The columns of a record's start and end, and the data set's values that complete them."""

    def __init__(self, versions: Versions, concept: Concept, period: Period, table: Source) -> None:
        self._versions = versions
        self._concept = concept
        self._period = period
        self._table = table
        start, end = (self._column(name) for name in (period.start, period.end))
        # An unknown earliest day is the empty text, which sorts below every day; an unknown latest
        # day is null.
        self._start, self._end = table.c[start], table.c[end]
        self._start_earliest = table.c[start + EARLIEST.suffix]
        self._start_latest = table.c[start + LATEST.suffix]
        self._end_earliest = table.c[end + EARLIEST.suffix]
        self._end_latest = table.c[end + LATEST.suffix]

    def _column(self, name: str) -> str:
        return self._concept.attribute(name).column.name

    def _flag(self, name: str | None) -> Iterator[Expression]:
        if name is not None:
            yield self._table.c[self._column(name)]

    def _of_dataset(self, read: Callable[[Source], Expression]) -> Expression:
        """A value of the record's data set; null if the record has no data set."""
        if self._period.dataset is None:
            return null()
        edge: Any = self._concept.members[self._period.dataset]
        dataset = self._versions.rows_of(CONCEPTS[edge.target].table)
        found = dataset.c.id == self._table.c[edge.column.name]
        query = select(read(dataset)).where(found, *self._versions.holding(dataset))
        value: Expression = query.correlate_except(dataset).scalar_subquery()
        return value


class _Lasting(_Days):
    """A period that begins on some day of its start and ends on some day of its end."""

    def begun_before_year_of(self, day: Expression) -> Iterator[Expression]:
        """Yields a condition that most records begun by a day meet, and no others.

        SQLite computes the days of a date at each read. The year alone decides for most records.
        """
        yield self._start < _year_of(day)

    def goes_on_after_year_of(self, day: Expression) -> Iterator[Expression]:
        """Yields conditions.

        Most records that continue until a day meet one of them, and no others do.
        """
        for date in (self._end, self._start):
            # "~" sorts above every character that may follow a year.
            first_year = func.replace(date, own_text("X"), own_text("0"), type_=TEXT)
            yield first_year > _year_of(day) + own_text("~")

    def begun_by(self, day: Expression) -> Iterator[Expression]:
        """Yields conditions, one of which is true if the record has certainly begun by a day.

        A record that has ended has also begun.
        """
        yield self._start_latest <= day
        yield self._end_latest <= day

    def goes_on_until(self, day: Expression) -> Iterator[Expression]:
        """Yields conditions, one of which is true if the record certainly continues until a day."""
        yield self._end_earliest >= day
        yield self._start_earliest >= day
        yield and_(self._end.is_(None), self.open_until(own_text(_FOR_EVER)) >= day)

    def open_until(self, for_ever: Expression) -> Expression:
        """The last day on which a record without an end is certainly valid; null if unknown.

        `for_ever`: the result if neither the record nor its data set limits the day.
        """
        for is_censored in self._flag(self._period.end_censored):
            for_ever = case((is_censored, null()), else_=for_ever)
        if self._period.dataset is None:
            return for_ever
        looked_until = self._of_dataset(lambda dataset: _surely_last_day(dataset, "covers_until"))
        return func.coalesce(looked_until, for_ever)

    def may_have_begun_by(
        self, day: Expression, *, beyond_data: bool = True
    ) -> Iterator[Expression]:
        """Yields conditions, one of which is true if the record may have begun by a day."""
        if beyond_data:
            yield from self._flag(self._period.start_censored)
        yield self._start_earliest <= day
        # If the dates contradict each other, what is certain must be possible too.
        yield self._end_latest <= day

    def may_go_on_until(self, day: Expression, *, beyond_data: bool = True) -> Iterator[Expression]:
        """Yields conditions, one of which is true if the record may continue until a day."""
        if beyond_data:
            yield from self._flag(self._period.end_censored)
        yield self._end.is_(None)
        yield self._end_latest >= day
        yield self._start_earliest >= day


class _Covered(_Days):
    """A period that a data set looked at, from the first day of its start to the last of its end.

    Which days these are is uncertain if digits of the dates are unspecified.
    """

    def begun_before_year_of(self, _: Expression) -> Iterator[Expression]:
        """Yields nothing: data sets are few, so no quicker condition is needed."""
        return iter(())

    def goes_on_after_year_of(self, _: Expression) -> Iterator[Expression]:
        """Yields nothing, like `begun_before_year_of`."""
        return iter(())

    def begun_by(self, day: Expression) -> Iterator[Expression]:
        """Yields conditions, one of which is true if the period has certainly begun by a day."""
        yield self.surely_first <= day
        yield self.last <= day

    def goes_on_until(self, day: Expression) -> Iterator[Expression]:
        """Yields conditions, one of which is true if the period certainly continues until a day."""
        yield self.surely_last >= day
        yield self.first >= day

    def may_have_begun_by(
        self, day: Expression, *, beyond_data: bool = True
    ) -> Iterator[Expression]:
        """Yields a condition that is true if the period may have begun by a day."""
        yield func.coalesce(self.first, own_text("")) <= day

    def may_go_on_until(self, day: Expression, *, beyond_data: bool = True) -> Iterator[Expression]:
        """Yields a condition that is true if the period may continue until a day."""
        yield func.coalesce(self.last, own_text(_FOR_EVER)) >= day

    @property
    def first(self) -> Expression:
        """The earliest day that the start can be; null if unknown."""
        return self._known(self._period.start, _first_day)

    @property
    def last(self) -> Expression:
        """The latest day that the end can be; null if unknown."""
        return self._known(self._period.end, _last_day)

    @property
    def surely_first(self) -> Expression:
        """The day by which the period has certainly begun; null if unknown."""
        return self._known(self._period.start, _surely_first_day)

    @property
    def surely_last(self) -> Expression:
        """The day until which the period certainly continues; null if unknown."""
        return self._known(self._period.end, _surely_last_day)

    def _known(self, date: str, day: Callable[[Source, str], Expression]) -> Expression:
        """A day of the row's own date, or else of the date of its data set."""
        column = self._column(date)
        own = day(self._table, column)
        if self._period.dataset is None:
            return own
        return func.coalesce(own, self._of_dataset(lambda dataset: day(dataset, column)))
