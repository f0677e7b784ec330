"""The years of a panel as rows, each with its first, middle and last day.

Years before that of the cursor are left out: no row of the page is in them.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import CTE, Integer, Text, case, cast, func, select

from service import plan
from service.sql.binding import Binding
from service.sql.dialect import Expression
from service.sql.texts import number, own_text

_TEN_THOUSAND = 10_000


class Calendar:
    """The years between which the units of a panel are."""

    def __init__(self, binding: Binding, panel: plan.Panel) -> None:
        """Binds the first and the last year."""
        self.first = binding.parameter(panel.units.first_year, Integer())
        self.last = binding.parameter(panel.units.last_year, Integer())
        self.begin: Expression = self.first
        if panel.page.after:
            reached = binding.parameter(panel.page.after[0], Integer())
            self.begin = case((reached > self.first, reached), else_=self.first)

    @property
    def first_day(self) -> Expression:
        """Of the whole panel."""
        return _day(self.first, "01-01")

    @property
    def last_day(self) -> Expression:
        """Of the whole panel."""
        return _day(self.last, "12-31")

    def years(self, name: str, begin: Expression, if_: Expression) -> Any:
        """The years as rows, none unless `if_` holds. `name`: of this part of the statement."""
        start = select(begin.label("year"), *_days_of(begin)).where(if_, begin <= self.last)
        each: CTE = start.cte(name, recursive=True)
        following = each.c.year + number(1)
        return each.union_all(select(following, *_days_of(following)).where(following <= self.last))


def _days_of(year: Expression) -> Iterator[Expression]:
    yield _day(year, "01-01").label("first_day")
    yield _day(year, "07-01").label("middle_day")
    yield _day(year, "12-31").label("last_day")


def year_text(year: Expression) -> Expression:
    """A year in four digits."""
    text: Expression = func.substr(cast(year + number(_TEN_THOUSAND), Text), number(2))
    return text


def _day(year: Expression, rest: str) -> Expression:
    return year_text(year).concat(own_text(f"-{rest}"))
