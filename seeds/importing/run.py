"""Imports all files in one transaction, or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from schema.records.revision import lock_for_writing
from seeds.files import FileRefused
from seeds.importing.actors import Actors, Settings
from seeds.importing.conflicts import Conflicts
from seeds.importing.declared import Importer, Reading
from seeds.importing.mapping_file import Decisions, read_decisions
from seeds.importing.report import Report
from seeds.importing.sums import asked_back
from seeds.loader import Loaded, Progress, load_within, silent
from seeds.source import Description, Entry, SeedError
from seeds.tables import id_of_data_set

_REVIEWED = "actors.csv"


class DoesNotAddUp(Exception):
    """An import that was rolled back because its sums disagree or it used no row.

    `reports`: the reports of the files that were read, for the user to see what to correct.
    """

    def __init__(self, message: str, reports: Sequence[Report]) -> None:
        super().__init__(message)
        self.reports = reports


def run(
    engine: Engine,
    importer: Importer,
    files: Sequence[Path],
    *,
    settings: Settings,
    author: str = "import",
    is_dry_run: bool = False,
    progress: Progress = silent,
) -> list[Report]:
    """Imports files and returns a report for each data set. A dry run stores nothing.

    Raises FileRefused for a file that does not belong to the importer, SeedError for invalid
    records, and DoesNotAddUp if the sums of the file differ from those of the database, or if no
    row is used.
    """
    readings = importer.readings(files)
    reviewed = reviewed_decisions(importer)
    reports: list[Report] = []
    with engine.connect() as connection, connection.begin() as transaction:
        lock_for_writing(connection)
        for reading in readings:
            report = _import_one(connection, reading, reviewed, settings, author, progress)
            reports.append(report)
            wrong = [*report.disagreements(), *_nothing_known(report)]
            if wrong:
                for each in reports:
                    each.take_back()
                message = f"{report.file}: nothing is imported. " + " ".join(wrong)
                raise DoesNotAddUp(message, reports)
        if is_dry_run:
            transaction.rollback()
    return reports


def reviewed_decisions(importer: Importer) -> Decisions:
    """Reads the importer's own mapping file. Empty if it has none."""
    path = Path(__file__).parents[1] / importer.folder / _REVIEWED
    return read_decisions(path) if path.exists() else {}


def _import_one(
    connection: Connection,
    reading: Reading,
    reviewed: Decisions,
    settings: Settings,
    author: str,
    progress: Progress,
) -> Report:
    report, about = reading.report, reading.about
    file = reading.table.path.name
    if about.part_of and id_of_data_set(connection, about.part_of) is None:
        message = f"It is a part of {about.part_of}: import that first, or with it."
        raise FileRefused(reading.table.path, message)
    actors = Actors(connection, about.slug, file=file, reviewed=reviewed, settings=settings)
    data_set = _Imported(reading, actors, Conflicts(connection, about.slug))
    loaded = load_within(connection, data_set, author=author, progress=progress)
    reading.table.refuse_changed()
    found = id_of_data_set(connection, about.slug)
    if found is not None:
        report.asked_back = asked_back(connection, found)
    _complete(report, reading, actors, loaded)
    return report


def _nothing_known(report: Report) -> Iterator[str]:
    """Yields the reasons to refuse a file that has no usable row.

    The file may be cut off, or all its actors unknown. Its data set would claim that it had
    observed no support.
    """
    if not report.read:
        yield "It has no rows below its header."
    elif not report.used:
        yield f"None of its {report.read:,} rows can be used."
        yield from (f"Row {row}: {reason}" for reason, _, row in report.reasons()[:1])


def _complete(report: Report, reading: Reading, actors: Actors, loaded: Loaded) -> None:
    report.data_set, report.version = reading.about.slug, reading.version
    report.revision, report.message = loaded.revision, loaded.message
    report.contradictions = list(actors.contradictions)
    report.differences = loaded.differences
    report.unresolved = actors.unresolved()
    report.notes += actors.notes()
    report.records = {name: vars(counts) for name, counts in loaded.counts.items()}
    report.actors_created = loaded.counts["actors"].created if loaded.counts else 0


@dataclass
class _Imported:
    """A file as the data set that the loader reads."""

    reading: Reading
    actors: Actors
    conflicts: Conflicts
    _counts: list[dict[str, Any]] = field(default_factory=list)

    def digest(self) -> str:
        """Returns a digest of the slug, the file and the version of the mapping."""
        about = self.reading.about
        parts = (about.slug, self.reading.table.checksum, about.mapping_version)
        return sha256("\0".join(parts).encode()).hexdigest()

    def description(self) -> Description:
        """Returns the description. `entries` completes its counts."""
        about, reading = self.reading.about, self.reading
        return about.description(reading.version, reading.table, self._counts)

    def entries(self) -> Iterator[Entry | SeedError]:
        """Yields the publisher, the records of the file, and then the actors they refer to."""
        about, report = self.reading.about, self.reading.report
        yield about.publisher_entry(report.file)
        written = 0
        for entry in self.reading.entries(self.actors, self.conflicts):
            written += entry.concept == "Support"
            yield entry
        for actor in self.actors.entries():
            if actor.key != about.publisher.slug:
                yield actor
        report.expect(about.releases, self.reading.version)
        counts = {
            "rows read": report.read,
            "rows used": report.used,
            "rows rejected": report.rejected,
            "supports": written,
            **report.counts,
        }
        self._counts += [{"counted": name, "number": n} for name, n in sorted(counts.items())]
