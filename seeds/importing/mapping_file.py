"""Mapping files: a person's decisions about which actor each name of a data set means.

A CSV file with the columns `key`, `name`, `from`, `until` and `actor`; other columns are ignored.
`key` is the data set's key for the actor. `actor` is a slug, or a code such as
`GLEDITSCH_WARD:365`, which is looked up in each year; it is empty if not decided yet. `from` and
`until` are years, and may be empty.
"""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from io import StringIO
from math import inf
from pathlib import Path

from schema.vocabulary import CODE_SCHEMES
from seeds.files import Columns, FileRefused, open_table
from seeds.files.numbers import year
from seeds.files.table import Cells
from seeds.importing.report import Unresolved

_COLUMNS = Columns(("key", "name", "from", "until", "actor"))


@dataclass(frozen=True, slots=True)
class Decided:
    """One line: a key means this actor from the year `first` until the year `last`."""

    actor: str
    first: int | None = None
    last: int | None = None

    def holds(self, on: int | None) -> bool:
        """Whether the line applies to a year. Without a year, every line applies."""
        if on is None:
            return True
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)

    def meets(self, other: "Decided") -> bool:
        """Whether the two lines share a year."""
        first, last = max(self._first, other._first), min(self._last, other._last)
        return first <= last

    @property
    def _first(self) -> float:
        return -inf if self.first is None else self.first

    @property
    def _last(self) -> float:
        return inf if self.last is None else self.last

    @property
    def code(self) -> tuple[str, str] | None:
        """The scheme and the value if the actor is given by a code, or else None."""
        scheme, separator, value = self.actor.partition(":")
        return (scheme.strip(), value.strip()) if separator else None

    @property
    def lacking(self) -> str:
        """The words of a message for a line that selects no actor."""
        return "a code that no actor has then" if self.code else "which is no actor's slug"


Decisions = Mapping[str, tuple[Decided, ...]]


def read_decisions(path: Path) -> Decisions:
    """Reads the decisions of a mapping file, by key. Raises FileRefused for an invalid line."""
    table = open_table(path, _COLUMNS)
    place = table.places
    found: dict[str, tuple[Decided, ...]] = {}

    def refuse(row: int, reason: str, _: Cells = ()) -> None:
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
        _refuse_contradiction(decided, found.get(key, ()), partial(refuse, row))
        found[key] = (*found.get(key, ()), decided)
    return found


def _refuse_contradiction(
    decided: Decided, earlier: Iterable[Decided], refuse: Callable[[str], None]
) -> None:
    """Calls `refuse` for a line without any year, or one that contradicts an earlier line."""
    if not decided.meets(decided):
        refuse(f"It ends in {decided.last}, before it begins in {decided.first}.")
    for other in earlier:
        if other.actor != decided.actor and other.meets(decided):
            refuse(f"An earlier line says {other.actor!r} of the same key and years.")


def _year(text: str) -> int | None:
    return year(text) if text.strip() else None


def unresolved_text(unresolved: Iterable[Unresolved]) -> str:
    """Returns unresolved names as the text of a mapping file for the user to complete."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow((*_COLUMNS.required, "firstYear", "lastYear", "rows", "reason"))
    for each in unresolved:
        found = (each.first_year, each.last_year, each.rows, each.reason)
        writer.writerow((each.key, each.name, "", "", "", *found))
    return file.getvalue()
