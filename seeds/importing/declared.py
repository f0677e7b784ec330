"""The interface of importers: where a data set is from, what it covers and how it is read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from seeds.files import Table
from seeds.importing.actors import Actors
from seeds.importing.conflicts import Conflicts
from seeds.importing.release import Release
from seeds.importing.report import Report
from seeds.source import Description, Entry


@dataclass(frozen=True)
class Publisher:
    """The publisher of a data set: an actor, which an import creates if it is missing."""

    slug: str
    name: str
    kind: str = "RESEARCH_INSTITUTE"


@dataclass(frozen=True)
class About:
    """A data set as its publisher describes it. Dates are EDTF, as in the API.

    AllyGraph sets `mapping_version`, and changes it with the mapping table.
    """

    slug: str
    title: str
    publisher: Publisher
    licence: str
    citation: str
    url: str
    scope: str
    unit_of_observation: str
    mapping_version: str
    doi: str | None = None
    covers_from: str | None = None
    covers_until: str | None = None
    actor_kinds: tuple[str, ...] = ()
    support_kinds: tuple[str, ...] = ()
    part_of: str | None = None
    releases: tuple[Release, ...] = ()

    def description(self, version: str, table: Table, counts: list[dict[str, Any]]) -> Description:
        """Returns the record of the data set for one file. `counts` may be completed later."""
        more: dict[str, Any] = {
            "publisher": self.publisher.slug,
            "doi": self.doi,
            "coversFrom": self.covers_from,
            "coversUntil": self.covers_until,
            "scope": self.scope,
            "unitOfObservation": self.unit_of_observation,
            "mappingVersion": self.mapping_version,
            "partOf": self.part_of,
            "checksum": table.checksum,
            "actorKinds": list(self.actor_kinds),
            "supportKinds": list(self.support_kinds),
            "counts": counts,
        }
        return Description(
            slug=self.slug,
            title=self.title,
            version=version,
            licence=self.licence,
            citation=self.citation,
            file=table.path.name,
            url=self.url,
            expected=None,
            more={name: value for name, value in more.items() if value is not None},
        )

    def publisher_entry(self, file: str) -> Entry:
        """Returns the actor that publishes the data set."""
        own = self.publisher
        return Entry("Actor", own.slug, {"name": own.name, "kind": own.kind}, file)


@dataclass(frozen=True)
class MappingTable:
    """A table of an importer's documentation: what a file contains, and what it becomes."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Reading(Protocol):
    """One file that an importer has recognised as one of its data sets.

    `version` is the release, as the publisher names it.
    """

    about: About
    table: Table
    report: Report
    version: str

    def entries(self, actors: Actors, conflicts: Conflicts) -> Iterator[Entry]:
        """Yields the records of the file except its actors, and fills the report.

        `report.sums` is complete when all records have been yielded.
        """


class Importer(Protocol):
    """Reads the files of one publisher."""

    # The name on the command line, and the folder of `seeds/` that has the importer.
    name: str
    folder: str
    title: str
    # A notice for the user before the import, such as terms that forbid redistribution.
    notice: str

    def mapping(self) -> Sequence[MappingTable]:
        """Returns the tables that document what the files contain and what it becomes."""

    def abouts(self) -> Sequence[About]:
        """Returns the data sets that this importer reads."""

    def readings(self, files: Sequence[Path]) -> Sequence[Reading]:
        """Returns the readings of files, in the order in which they are imported.

        Raises FileRefused for a file of none of the importer's data sets.
        """
