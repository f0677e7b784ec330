"""The chart files of the tracker's website: donor-months, and heavy weapons by donor."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from seeds.files import Columns, Table
from seeds.files.numbers import amount, held, whole, written, year
from seeds.files.table import Cells
from seeds.importing import sums
from seeds.importing.actors import Actors, Named
from seeds.importing.conflicts import Conflicts
from seeds.importing.declared import About
from seeds.importing.report import Rejected, Report
from seeds.importing.spells import periods
from seeds.kiel.donors import UKRAINE, donor
from seeds.kiel.mapping import BILLION, CELLS, WEAPONS
from seeds.source import Entry

MONTHS = Columns(
    ("country", "iso", "year", "month", *CELLS, "total", "to_be_allocated"),
    ("gdp", "pct_gdp"),
    amounts=(*CELLS, "total", "to_be_allocated"),
)
DELIVERIES = Columns(
    ("donor", "category", "number_of_weapons", "monetary_value_eur", "weapons_list"),
    amounts=("number_of_weapons", "monetary_value_eur"),
)
# An item of a list of weapons ends with its number: `M777 howitzer (6)`.
_ITEM = re.compile(r".+\((\d+)\)", re.DOTALL)
# Sums of the website are rounded to the sixth place.
_ROUNDING = Decimal("0.000002")
_MONTHS = range(1, 13)
# Who gives, and who receives.
_Ends = tuple[str, str]


@dataclass
class DonorMonths:
    """`data_explorer.csv`: a donor in a month, in billions of euros."""

    about: About
    table: Table
    report: Report
    version: str

    def entries(self, actors: Actors, _: Conflicts) -> Iterator[Entry]:
        """A support for each amount that is not zero, and coverage of each donor."""
        months: dict[_Ends, set[str]] = defaultdict(set)
        unclear: dict[_Ends, set[str]] = defaultdict(set)
        places = self.table.places
        for number, cells in self.table.rows(self.report.reject):
            try:
                named, month = _donor_month(cells, places)
                giver, receiver = actors.find_apart((named, UKRAINE), int(month[:4]))
            except Rejected as reason:
                self.report.reject(number, str(reason))
                continue
            ends = (giver, receiver)
            try:
                if month in months[ends]:
                    raise Rejected("An earlier row has the same donor and month.")
                amounts = _amounts(cells, places)
            except Rejected as reason:
                self.report.reject(number, str(reason))
                unclear[ends].add(month)
                continue
            months[ends].add(month)
            self.report.use()
            for column, value in amounts.items():
                if value:
                    yield self._support(column, value, named.key, month, giver, receiver)
                else:
                    self.report.counts["observed zeros"] += 1
        yield from self._coverage(months, unclear)

    def _support(
        self, column: str, value: Decimal, key: str, month: str, giver: str, receiver: str
    ) -> Entry:
        kind, phase = CELLS[column]
        self.report.add(sums.supports())
        self.report.add(sums.worth("EUR", kind, phase), value)
        self.report.add(sums.worth("EUR", phase=phase), value)
        fields: dict[str, Any] = {
            "supporter": giver,
            "recipient": receiver,
            "kind": kind,
            "phase": phase,
            "startedOn": month,
            # What is allocated or pledged in a month is a flow of this month, and of no later one.
            "endedOn": month,
            "worth": {"value": written(value), "unit": "CURRENCY", "currency": "EUR"},
            "sourceCategory": column,
            "sourceKey": f"{key} {month} {column}",
        }
        if phase == "PLEDGED":
            fields["agreedOn"] = month
        return Entry("Support", fields["sourceKey"], fields, self.table.path.name)

    def _coverage(
        self, months: Mapping[_Ends, set[str]], unclear: Mapping[_Ends, set[str]]
    ) -> Iterator[Entry]:
        """A month without a row, between a donor's first and last one, is a month without aid.

        A month of which a row is rejected is not. The tracker looks at aid to Ukraine alone.
        """
        for (giver, receiver), there in sorted(months.items()):
            if there:
                span = range(_number(min(there)), _number(max(there)) + 1)
                seen = set(span) - set(map(_number, unclear[giver, receiver]))
                for place, (first, last) in enumerate(periods(seen)):
                    fields = {
                        "actor": giver,
                        "role": "AS_SUPPORTER",
                        "counterpart": receiver,
                        "coversFrom": _month(first),
                        "coversUntil": _month(last),
                    }
                    key = f"{giver} {_month(first)}" if place else giver
                    yield Entry("Coverage", key, fields, self.table.path.name)


@dataclass
class HeavyWeapons:
    """`weapons.csv`: the heavy weapons of one category that a donor has allocated."""

    about: About
    table: Table
    report: Report
    version: str

    def entries(self, actors: Actors, _: Conflicts) -> Iterator[Entry]:
        """A support for each row."""
        places, seen = self.table.places, set[str]()
        for number, cells in self.table.rows(self.report.reject):
            try:
                entry = self._entry(cells, places, actors)
                if entry.key in seen:
                    raise Rejected("An earlier row has the same donor and category.")
            except Rejected as reason:
                self.report.reject(number, str(reason))
                continue
            seen.add(entry.key)
            self.report.use()
            self._count(entry)
            yield entry

    def _entry(self, cells: Cells, places: Mapping[str, int], actors: Actors) -> Entry:
        name, category, listed = (
            cells[places[each]].strip() for each in ("donor", "category", "weapons_list")
        )
        if category not in WEAPONS:
            raise Rejected(f"The category {category!r} is not in the mapping.")
        try:
            pieces = whole(cells[places["number_of_weapons"]])
            value = held(amount(cells[places["monetary_value_eur"]]))
        except ValueError as error:
            raise Rejected(f"A value cannot be read: {error}.") from None
        _check_items(listed, pieces)
        giver, receiver = actors.find_apart((donor(name), UKRAINE))
        key = f"{name} {category}"
        worth = {"value": written(value), "unit": "CURRENCY", "currency": "EUR"}
        fields = {
            "supporter": giver,
            "recipient": receiver,
            "kind": WEAPONS[category],
            "phase": "ALLOCATED",
            "quantity": {"value": str(pieces), "unit": "PIECES"},
            "worth": worth,
            "summary": listed,
            "sourceCategory": category,
            "sourceKey": key,
        }
        return Entry("Support", key, fields, self.table.path.name)

    def _count(self, entry: Entry) -> None:
        report, fields = self.report, entry.fields
        report.add(sums.supports())
        report.add(sums.quantity("PIECES"), Decimal(fields["quantity"]["value"]))
        report.add(sums.worth("EUR"), Decimal(fields["worth"]["value"]))
        report.counts["listed items"] += len(fields["summary"].split(";"))


def _donor_month(cells: Cells, places: Mapping[str, int]) -> tuple[Named, str]:
    """The donor and the month."""

    def text(name: str) -> str:
        return cells[places[name]].strip()

    try:
        month = whole(text("month"))
        when = f"{year(text('year'))}-{month:02}"
    except ValueError as error:
        raise Rejected(f"A value cannot be read: {error}.") from None
    if month not in _MONTHS:
        raise Rejected(f"There is no month {month}.")
    return donor(text("country"), text("iso")), when


def _amounts(cells: Cells, places: Mapping[str, int]) -> Mapping[str, Decimal]:
    """The amounts of the month in euros."""
    try:
        billions = {
            name: amount(cells[places[name]].strip())
            for name in (*CELLS, "total", "to_be_allocated")
        }
        euros = {name: held(billions[name] * BILLION) for name in CELLS}
    except ValueError as error:
        raise Rejected(f"A value cannot be read: {error}.") from None
    parts = sum(billions[name] for name, (_, phase) in CELLS.items() if phase == "ALLOCATED")
    if abs(billions["total"] - parts) > _ROUNDING:
        raise Rejected(f"The total is {billions['total']}; its parts are {parts} together.")
    left = billions["commitments"] - billions["total"]
    if abs(billions["to_be_allocated"] - left) > _ROUNDING:
        raise Rejected(f"to_be_allocated is {billions['to_be_allocated']}, and not {left}.")
    return euros


def _number(month: str) -> int:
    """The month `2022-02`, counted from the beginning of our era."""
    return int(month[:4]) * len(_MONTHS) + int(month[5:]) - 1


def _month(number: int) -> str:
    on, month = divmod(number, len(_MONTHS))
    return f"{on:04}-{month + 1:02}"


def _check_items(listed: str, pieces: int) -> None:
    """The numbers of the listed items are those of all weapons of the row."""
    items = [_ITEM.fullmatch(item.strip()) for item in listed.split(";")]
    found = sum(int(item[1]) for item in items if item)
    if None in items or found != pieces:
        raise Rejected(f"The listed items are {found} pieces, and number_of_weapons is {pieces}.")
