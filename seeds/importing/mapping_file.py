"""Mapping files: which actor each name of a data set is, as a person has decided.

A CSV file with the columns `key`, `name`, `from`, `until`, `actor` and any others. `key` is what
the data set calls the actor. `actor` is a slug, or a code such as `GLEDITSCH_WARD:365`, which is
looked up in each year; it is empty where nobody has decided yet. `from` and `until` are years, and
may be empty.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from schema.vocabulary import CODE_SCHEMES
from seeds.files import Columns, FileRefused, open_table
from seeds.files.numbers import year
from seeds.importing.report import Unresolved

_COLUMNS = Columns(("key", "name", "from", "until", "actor"))


@dataclass(frozen=True, slots=True)
class Decided:
    """One line: from and until which year a key is which actor."""

    actor: str
    first: int | None = None
    last: int | None = None

    def holds(self, on: int | None) -> bool:
        """Whether the line is about a year; a key without a year is about any."""
        if on is None:
            return True
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)

    @property
    def code(self) -> tuple[str, str] | None:
        """The scheme and the value, if the actor is given by a code."""
        scheme, separator, value = self.actor.partition(":")
        return (scheme, value) if separator else None


Decisions = Mapping[str, tuple[Decided, ...]]


def read_decisions(path: Path) -> Decisions:
    """What a mapping file decides, by keys. Raises FileRefused for a line that cannot be meant."""
    table = open_table(path, _COLUMNS)
    place = table.places
    found: dict[str, tuple[Decided, ...]] = {}

    def refuse(row: int, reason: str) -> None:
        raise FileRefused(path, f"Row {row}: {reason}")

    for row, cells in table.rows(refuse):
        key, actor = cells[place["key"]].strip(), cells[place["actor"]].strip()
        if not key:
            refuse(row, "The key is missing.")
        if not actor:
            continue
        try:
            first, last = (_year(cells[place[name]]) for name in ("from", "until"))
        except ValueError as error:
            refuse(row, f"{error}.")
        decided = Decided(actor, first, last)
        if decided.code and decided.code[0] not in CODE_SCHEMES.codes:
            refuse(row, f"{decided.code[0]!r} is not a scheme of codes.")
        found[key] = (*found.get(key, ()), decided)
    return found


def _year(text: str) -> int | None:
    return year(text) if text.strip() else None


def unresolved_text(unresolved: Iterable[Unresolved]) -> str:
    """The names that are left as a mapping file, to be filled in."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow((*_COLUMNS.required, "firstYear", "lastYear", "rows", "reason"))
    for each in unresolved:
        found = (each.first_year, each.last_year, each.rows, each.reason)
        writer.writerow((each.key, each.name, "", "", "", *found))
    return file.getvalue()
