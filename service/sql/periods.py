"""Whether a record is valid within a period, in SQL: certainly, or possibly.

A record is valid from some day of its start to some day of its end, both included. Where the data
begin or end rather than the record, it may have been valid before or after as well. What has no end
goes on, but is known to do so only as long as its data set looked.
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
    """The condition on a row of `table` that is valid in this state of the data."""
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
    """Whether it may be valid then. `beyond_data`: also before its data begin or after they end."""
    days = _days_of(versions, concept, table)
    begun = days.may_have_begun_by(last, beyond_data=beyond_data)
    return and_(or_(*begun), or_(*days.may_go_on_until(first, beyond_data=beyond_data)))


def looks_from(versions: Versions, concept: Concept, table: Source) -> Expression:
    """The day from which the row of a data set, or of its coverage, certainly covers all.

    Null if it is not known.
    """
    return _Covered(versions, concept, _period(concept), table).surely_first


def looks_until(versions: Versions, concept: Concept, table: Source) -> Expression:
    """The day until which it certainly covers all; null if it is not known."""
    return _Covered(versions, concept, _period(concept), table).surely_last


def may_look_from(versions: Versions, concept: Concept, table: Source) -> Expression:
    """The first day that it may cover; null if it is not known."""
    return _Covered(versions, concept, _period(concept), table).first


def may_look_until(versions: Versions, concept: Concept, table: Source) -> Expression:
    """The last day that it may cover; null if it is not known."""
    return _Covered(versions, concept, _period(concept), table).last


def _period(concept: Concept) -> Period:
    if concept.period is None:
        raise TypeError(f"{concept.name} has no period.")
    return concept.period


def _days_of(versions: Versions, concept: Concept, table: Source) -> "_Lasting | _Covered":
    """The days between which the record of a row is valid."""
    period = _period(concept)
    return (_Covered if period.is_coverage else _Lasting)(versions, concept, period, table)


def open_until(
    versions: Versions, concept: Concept, table: Source, for_ever: Expression
) -> Expression:
    """The last day on which a record without an end certainly goes on; null if not known."""
    return _Lasting(versions, concept, _period(concept), table).open_until(for_ever)


def _year_of(day: Expression) -> Expression:
    return _part(day, 1, 4)


def _part(text: Expression, start: int, length: int) -> Expression:
    return func.substr(text, number(start), number(length), type_=TEXT)


def _first_day(table: Source, date: str) -> Expression:
    """The first day of a date, the earliest that it can be; null if it is not known."""
    return func.nullif(table.c[date + EARLIEST.suffix], own_text(""))


def _last_day(table: Source, date: str) -> Expression:
    """The last day of a date, the latest that it can be; null if it is not known."""
    latest: Expression = table.c[date + LATEST.suffix]
    return latest


def _surely_first_day(table: Source, date: str) -> Expression:
    """The first day of a date, the latest that it can be: 201X may be the year 2019."""
    latest = table.c[date + LATEST.suffix]
    of_year = _year_of(latest).concat(own_text("-01-01"))
    of_month = _year_of(latest).concat(own_text("-12-01"))
    return _unspecified(table.c[date], of_year, of_month, latest, _first_day(table, date))


def _surely_last_day(table: Source, date: str) -> Expression:
    """The last day of a date, the earliest that it can be: 201X may be the year 2010."""
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
    """What a date is by that part of it which has unspecified digits: 201X, 2004-XX, 2004-06-XX."""
    return case(
        (_part(date, 4, 1) == own_text("X"), year),
        (_part(date, 9, 2) == own_text("XX"), day),
        (_part(date, 6, 2) == own_text("XX"), month),
        else_=otherwise,
    )


class _Days:
    """The columns of the first and the last day, and of what the data set says of them."""

    def __init__(self, versions: Versions, concept: Concept, period: Period, table: Source) -> None:
        self._versions = versions
        self._concept = concept
        self._period = period
        self._table = table
        start, end = (self._column(name) for name in (period.start, period.end))
        # Of the earliest days, an unknown one is the empty text, below every day; of the latest
        # ones it is null.
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
        """What is read of the data set; null if the record is of none."""
        if self._period.dataset is None:
            return null()
        edge: Any = self._concept.members[self._period.dataset]
        dataset = self._versions.rows_of(CONCEPTS[edge.target].table)
        found = dataset.c.id == self._table.c[edge.column.name]
        query = select(read(dataset)).where(found, *self._versions.holding(dataset))
        value: Expression = query.correlate_except(dataset).scalar_subquery()
        return value


class _Lasting(_Days):
    """What begins on some day of its start and ends on some day of its end."""

    def begun_before_year_of(self, day: Expression) -> Iterator[Expression]:
        """One holds of most that has begun by a day, and of nothing else.

        SQLite computes the days of a date whenever they are read. Its year says enough of most.
        """
        yield self._start < _year_of(day)

    def goes_on_after_year_of(self, day: Expression) -> Iterator[Expression]:
        """One holds of most that goes on until a day, and of nothing else."""
        for date in (self._end, self._start):
            # "~" sorts above all that may follow a year.
            first_year = func.replace(date, own_text("X"), own_text("0"), type_=TEXT)
            yield first_year > _year_of(day) + own_text("~")

    def begun_by(self, day: Expression) -> Iterator[Expression]:
        """One holds if it has certainly begun by a day. What has ended has begun."""
        yield self._start_latest <= day
        yield self._end_latest <= day

    def goes_on_until(self, day: Expression) -> Iterator[Expression]:
        """One holds if it certainly goes on until a day."""
        yield self._end_earliest >= day
        yield self._start_earliest >= day
        yield and_(self._end.is_(None), self.open_until(own_text(_FOR_EVER)) >= day)

    def open_until(self, for_ever: Expression) -> Expression:
        """The last day on which it certainly goes on if it has no end; null if not known.

        `for_ever`: the last day of what nobody has seen ending.
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
        """One holds if it may have begun by a day."""
        if beyond_data:
            yield from self._flag(self._period.start_censored)
        yield self._start_earliest <= day
        # Where the dates contradict each other, what is certain is possible too.
        yield self._end_latest <= day

    def may_go_on_until(self, day: Expression, *, beyond_data: bool = True) -> Iterator[Expression]:
        """One holds if it may go on until a day."""
        if beyond_data:
            yield from self._flag(self._period.end_censored)
        yield self._end.is_(None)
        yield self._end_latest >= day
        yield self._start_earliest >= day


class _Covered(_Days):
    """What somebody looked at, from the first day of its start to the last day of its end.

    Which days these are is uncertain if digits of the dates are unspecified.
    """

    def begun_before_year_of(self, _: Expression) -> Iterator[Expression]:
        """Nothing is quicker: data sets are few."""
        return iter(())

    def goes_on_after_year_of(self, _: Expression) -> Iterator[Expression]:
        """The same."""
        return iter(())

    def begun_by(self, day: Expression) -> Iterator[Expression]:
        """One holds if it has certainly begun by a day."""
        yield self.surely_first <= day
        yield self.last <= day

    def goes_on_until(self, day: Expression) -> Iterator[Expression]:
        """One holds if it certainly goes on until a day."""
        yield self.surely_last >= day
        yield self.first >= day

    def may_have_begun_by(
        self, day: Expression, *, beyond_data: bool = True
    ) -> Iterator[Expression]:
        """One holds if it may have begun by a day."""
        yield func.coalesce(self.first, own_text("")) <= day

    def may_go_on_until(self, day: Expression, *, beyond_data: bool = True) -> Iterator[Expression]:
        """One holds if it may go on until a day."""
        yield func.coalesce(self.last, own_text(_FOR_EVER)) >= day

    @property
    def first(self) -> Expression:
        """The first day that it can be; null if it is not known."""
        return self._known(self._period.start, _first_day)

    @property
    def last(self) -> Expression:
        """The last day that it can be; null if it is not known."""
        return self._known(self._period.end, _last_day)

    @property
    def surely_first(self) -> Expression:
        """The day by which it certainly begins; null if it is not known."""
        return self._known(self._period.start, _surely_first_day)

    @property
    def surely_last(self) -> Expression:
        """The day until which it certainly goes on; null if it is not known."""
        return self._known(self._period.end, _surely_last_day)

    def _known(self, date: str, day: Callable[[Source, str], Expression]) -> Expression:
        """A day of a date of its own, or else of its data set's."""
        column = self._column(date)
        own = day(self._table, column)
        if self._period.dataset is None:
            return own
        return func.coalesce(own, self._of_dataset(lambda dataset: day(dataset, column)))
