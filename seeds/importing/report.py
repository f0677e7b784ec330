"""Accounts for each row of an imported file, and compares the sums."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from seeds.files.numbers import written
from seeds.files.table import Cells
from seeds.importing.release import Release


class Rejected(Exception):
    """A row that is not imported. The text is the reason."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A field for which the database and the data set have different values for an actor."""

    actor: str
    what: str
    has: str
    says: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that resolves to no actor, with the years and the number of rows that use it."""

    key: str
    name: str
    reason: str
    first_year: int | None
    last_year: int | None
    rows: int


@dataclass
class Report:
    """The account of one file.

    `counts`: further figures by name, such as the number of years that were folded. `sums`: the
    totals of the file, by the names that `seeds.importing.sums` gives to the totals of the
    database.
    """

    file: str
    read: int = 0
    used: int = 0
    # Row numbers by reason, in an array because millions of rows may be rejected.
    _rejected: "dict[str, array[int]]" = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    sums: dict[str, Decimal] = field(default_factory=dict)
    expected: Mapping[str, Decimal | int] = field(default_factory=dict)
    asked_back: dict[str, Decimal] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)
    # The differences that the loader reports, one line each.
    differences: tuple[str, ...] = ()
    unresolved: list[Unresolved] = field(default_factory=list)
    actors_created: int = 0
    records: dict[str, dict[str, int]] = field(default_factory=dict)
    data_set: str = ""
    version: str = ""
    revision: int | None = None
    message: str | None = None

    def reject(self, row: int, reason: str, _: Cells = ()) -> None:
        """Counts a row as read and rejected. The cells are ignored."""
        self.read += 1
        self._rejected.setdefault(reason, array("Q")).append(row)

    def use(self) -> None:
        """Counts a row as read and used in a record."""
        self.read += 1
        self.used += 1

    def add(self, name: str, value: Decimal | int = 1) -> None:
        """Adds a value to one of the sums of the file."""
        self.sums[name] = self.sums.get(name, Decimal()) + value

    def expect(self, releases: Iterable[Release], version: str) -> None:
        """Expects the counts of the known release with the same number of rows, if any.

        `version`: the release that the file claims to be. Notes if that release has another number
        of rows.
        """
        for release in releases:
            if release.rows != self.read and release.version == version:
                self.notes.append(
                    f"Release {version} has {release.rows:,} rows, the file {self.read:,}: it is a"
                    " part of that release or was changed, and is not compared with its known"
                    " counts."
                )
            if release.rows == self.read == self.used:
                self.expected = release.counts
                self.notes.append(
                    f"The file has the {release.rows:,} rows of release {release.version};"
                    f" {len(release.counts)} counts of that release are known, and compared."
                )

    def take_back(self) -> None:
        """Clears what the import stored, after a rollback. The counts of the file stay."""
        self.revision, self.message = None, None
        self.records, self.actors_created = {}, 0

    @property
    def rejections(self) -> list[tuple[int, str]]:
        """The rejected rows in order of their numbers, each with the reason."""
        return sorted((row, reason) for reason, rows in self._rejected.items() for row in rows)

    @property
    def rejected(self) -> int:
        """The number of rejected rows."""
        return sum(map(len, self._rejected.values()))

    def reasons(self) -> list[tuple[str, int, int]]:
        """Returns each reason, the number of its rows, and the first of these rows."""
        found = [(reason, len(rows), min(rows)) for reason, rows in self._rejected.items()]
        return sorted(found, key=lambda each: (-each[1], each[2]))

    def disagreements(self) -> Iterator[str]:
        """Yields a line for each sum or count that does not agree."""
        if self.read != self.used + self.rejected:
            yield f"{self.read} rows read are not {self.used} used and {self.rejected} rejected."
        for name, expected in self.expected.items():
            counted = self.sums.get(name, self.counts[name])
            if counted != expected:
                yield f"{name}: the release has {expected:,}, the file {counted:,}."
        for name, value in self.sums.items():
            found = self.asked_back.get(name, Decimal())
            if found != value:
                yield f"{name}: the file has {written(value)}, the database {written(found)}."

    def as_json(self) -> Mapping[str, Any]:
        """Returns the report as JSON values. Sums are exact decimals as text."""
        return {
            "dataSet": self.data_set,
            "version": self.version,
            "file": self.file,
            "revision": self.revision,
            "message": self.message,
            "rows": {
                "read": self.read,
                "used": self.used,
                "rejected": self.rejected,
            },
            "rejections": [{"row": row, "reason": reason} for row, reason in self.rejections],
            "counts": dict(sorted(self.counts.items())),
            "sums": [
                {
                    "name": name,
                    "file": written(value),
                    "database": written(self.asked_back.get(name, Decimal())),
                }
                for name, value in sorted(self.sums.items())
            ],
            "records": self.records,
            "actorsCreated": self.actors_created,
            "contradictions": [
                {"actor": c.actor, "what": c.what, "has": c.has, "says": c.says}
                for c in self.contradictions
            ],
            "differences": list(self.differences),
            "unresolved": [
                {"key": u.key, "name": u.name, "reason": u.reason, "rows": u.rows}
                for u in self.unresolved
            ],
            "notes": self.notes,
        }
