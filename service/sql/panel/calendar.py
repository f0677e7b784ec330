"""The years of a panel as rows, each with its first, middle and last day.

Years before the cursor's year are left out, because no row of the page belongs to them.
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
    """The first and the last year of a panel, and the years between."""

    def __init__(self, binding: Binding, panel: plan.Panel) -> None:
        """Binds the first and the last year of the panel, and the year of the cursor."""
        self.first = binding.parameter(panel.units.first_year, Integer())
        self.last = binding.parameter(panel.units.last_year, Integer())
        self.begin: Expression = self.first
        if panel.page.after:
            reached = binding.parameter(panel.page.after[0], Integer())
            self.begin = case((reached > self.first, reached), else_=self.first)

    @property
    def first_day(self) -> Expression:
        """The first day of the whole panel."""
        return _day(self.first, "01-01")

    @property
    def last_day(self) -> Expression:
        """The last day of the whole panel."""
        return _day(self.last, "12-31")

    def years(self, name: str, begin: Expression, if_: Expression) -> Any:
        """The years as rows; no rows if `if_` is false.

        `name`: names this part of the statement.
        """
        start = select(begin.label("year"), *_days_of(begin)).where(if_, begin <= self.last)
        each: CTE = start.cte(name, recursive=True)
        following = each.c.year + number(1)
        return each.union_all(select(following, *_days_of(following)).where(following <= self.last))


def _days_of(year: Expression) -> Iterator[Expression]:
    yield _day(year, "01-01").label("first_day")
    yield _day(year, "07-01").label("middle_day")
    yield _day(year, "12-31").label("last_day")


def year_text(year: Expression) -> Expression:
    """A year as text of four digits."""
    text: Expression = func.substr(cast(year + number(_TEN_THOUSAND), Text), number(2))
    return text


def _day(year: Expression, rest: str) -> Expression:
    return year_text(year).concat(own_text(f"-{rest}"))
