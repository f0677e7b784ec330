"""The chart files of the tracker's website: donor-months, and heavy weapons by donor."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from seeds.files import Columns, Table
from seeds.files.cells import within
from seeds.files.numbers import amount, held, whole, written, year
from seeds.files.table import Cells
from seeds.importing import sums
from seeds.importing.actors import Actors, Named
from seeds.importing.conflicts import Conflicts
from seeds.importing.coverage import Unclear
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
# An item of a list of weapons ends with the number of pieces: `M777 howitzer (6)`.
_ITEM = re.compile(r".+\((\d+)\)", re.DOTALL)
# The website rounds sums to six decimal places.
_ROUNDING = Decimal("0.000002")
_MONTHS = range(1, 13)
_LISTED_MOST = 2_000
# The supporter and the recipient.
_Ends = tuple[str, str]


@dataclass
class _Seen:
    """The names of a donor in the file, and the months of its rows."""

    names: set[str] = field(default_factory=set)
    months: set[str] = field(default_factory=set)


@dataclass
class DonorMonths:
    """`data_explorer.csv`: the aid of a donor in a month, in billions of euros."""

    about: About
    table: Table
    report: Report
    version: str
    # The donors of rejected rows by their keys in the file, with their months.
    _unclear: Unclear = field(default_factory=Unclear)

    def entries(self, actors: Actors, _: Conflicts) -> Iterator[Entry]:
        """Yields a support for each amount that is not zero, and coverage of each donor."""
        found: dict[_Ends, _Seen] = defaultdict(_Seen)
        places = self.table.places
        for number, cells in self.table.rows(self._reject):
            try:
                named, month = _donor_month(cells, places)
                giver, receiver = actors.find_apart((named, UKRAINE), int(month[:4]))
                seen = found[giver, receiver]
                seen.names.add(named.key)
                if month in seen.months:
                    raise Rejected("An earlier row has the same donor and month.")
                amounts = _amounts(cells, places)
            except Rejected as reason:
                self._reject(number, str(reason), cells)
                continue
            seen.months.add(month)
            self.report.use()
            for column, value in amounts.items():
                if value:
                    yield self._support(column, value, named.key, month, giver, receiver)
                else:
                    self.report.counts["observed zeros"] += 1
        yield from self._coverage(found)
        self.report.notes += self._unclear.notes()

    def _reject(self, number: int, reason: str, cells: Cells) -> None:
        self.report.reject(number, reason)
        self._unclear.add(*_unit(cells, self.table.places))

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
            # An amount allocated or pledged in a month is a flow of that month alone.
            "endedOn": month,
            "worth": {"value": written(value), "unit": "CURRENCY", "currency": "EUR"},
            "sourceCategory": column,
            "sourceKey": f"{key} {month} {column}",
        }
        if phase == "PLEDGED":
            fields["agreedOn"] = month
        return Entry("Support", fields["sourceKey"], fields, self.table.path.name)

    def _coverage(self, found: Mapping[_Ends, _Seen]) -> Iterator[Entry]:
        """Yields coverage from each donor's first month to its last.

        A month without a row counts as observed without aid. A month with a rejected row is left
        out. The counterpart is Ukraine, because the tracker observes no other recipient.
        """
        for (giver, receiver), seen in sorted(found.items()):
            if seen.months:
                span = range(_number(min(seen.months)), _number(max(seen.months)) + 1)
                clear = [number for number in span if self._is_clear(_month(number), seen)]
                for place, (first, last) in enumerate(periods(clear)):
                    fields = {
                        "actor": giver,
                        "role": "AS_SUPPORTER",
                        "counterpart": receiver,
                        "coversFrom": _month(first),
                        "coversUntil": _month(last),
                    }
                    key = f"{giver} {_month(first)}" if place else giver
                    yield Entry("Coverage", key, fields, self.table.path.name)

    def _is_clear(self, month: str, seen: _Seen) -> bool:
        """Whether no rejected row has the month, or may have it if no other row has."""
        has = self._unclear.says if month in seen.months else self._unclear.has
        return not any(has(name, month) for name in seen.names)


@dataclass
class HeavyWeapons:
    """`weapons.csv`: the heavy weapons of one category that a donor has allocated."""

    about: About
    table: Table
    report: Report
    version: str

    def entries(self, actors: Actors, _: Conflicts) -> Iterator[Entry]:
        """Yields a support for each row."""
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
            within(listed, _LISTED_MOST)
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
    """Returns the donor and the month. Raises Rejected."""
    try:
        month = whole(cells[places["month"]].strip())
        when = f"{year(cells[places['year']])}-{month:02}"
    except ValueError as error:
        raise Rejected(f"A value cannot be read: {error}.") from None
    if month not in _MONTHS:
        raise Rejected(f"There is no month {month}.")
    return _donor(cells, places), when


def _donor(cells: Cells, places: Mapping[str, int]) -> Named:
    return donor(*(cells[places[name]].strip() for name in ("country", "iso")))


def _unit(cells: Cells, places: Mapping[str, int]) -> tuple[str | None, str | None]:
    """Returns the donor and the month of a rejected row; None if they cannot be read."""
    if not cells:
        return None, None
    named = _donor(cells, places)
    try:
        return named.key or None, _donor_month(cells, places)[1]
    except Rejected:
        return named.key or None, None


def _amounts(cells: Cells, places: Mapping[str, int]) -> Mapping[str, Decimal]:
    """Returns the amounts of the month in euros. Raises Rejected if they do not add up."""
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
    """Returns the number of months from the year 0 to a month such as `2022-02`."""
    return int(month[:4]) * len(_MONTHS) + int(month[5:]) - 1


def _month(number: int) -> str:
    on, month = divmod(number, len(_MONTHS))
    return f"{on:04}-{month + 1:02}"


def _check_items(listed: str, pieces: int) -> None:
    """Raises Rejected unless the listed items add up to the number of pieces of the row."""
    items = [_ITEM.fullmatch(item.strip()) for item in listed.split(";")]
    found = sum(int(item[1]) for item in items if item)
    if None in items or found != pieces:
        raise Rejected(f"The listed items are {found} pieces, and number_of_weapons is {pieces}.")
