"""The contract between a data set and the loader.

A data set describes its origin and its terms, yields its records with the names of the public API
(`startedOn`, `quantity: {value, unit}`), and states the expected number of each.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from types import MappingProxyType
from typing import Any, Protocol

from schema.concepts import COLLECTIONS, CONCEPTS, ToOne


def _in_order() -> Iterator[str]:
    """Yields each concept after the concepts that it refers to; ties are ordered by name."""
    # The record of the data set itself comes from its description.
    names = {concept.name for concept in COLLECTIONS.values()} - {"Dataset"}
    edges = {
        name: {edge.target for edge in CONCEPTS[name].members.values() if isinstance(edge, ToOne)}
        for name in names
    }
    sorter = TopologicalSorter({name: (edges[name] & names) - {name} for name in names})
    sorter.prepare()
    ready: list[str] = []
    while sorter.is_active():
        ready = sorted([*ready, *sorter.get_ready()])
        sorter.done(ready[0])
        yield ready.pop(0)


# The concepts of which a data set may have records, and their collections. Each concept refers only
# to earlier ones, or to itself.
CONCEPTS_IN_ORDER: Mapping[str, str] = MappingProxyType(
    {name: CONCEPTS[name].collection.name for name in _in_order()}
)


class SeedError(Exception):
    """A data set that cannot be loaded. The text has the place and the reason."""

    def __init__(self, message: str, *, file: str, record: str = "", path: str = "") -> None:
        """Stores the place besides the message, for callers that show it separately."""
        super().__init__(": ".join(part for part in (file, record, path, message) if part))
        self.file, self.record, self.path = file, record, path


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as a data set states it.

    `key` is the data set's key for it, by which other records refer to it; the key of an actor is
    its slug. It must stay the same from one version to the next, because the loader finds the row
    by it. `fields` have the names of the API. An actor that the data set only refers to needs no
    entry if the database has it.
    """

    concept: str
    key: str
    fields: Mapping[str, Any]
    file: str

    def error(self, message: str, path: str = "") -> SeedError:
        """Returns an error about this record."""
        # `dataset.yaml` describes one record, so naming the file is enough.
        is_alone = self.concept == "Dataset"
        record = "" if is_alone else f"{CONCEPTS[self.concept].noun} {self.key}"
        return SeedError(message, file=self.file, record=record, path=path)


@dataclass(frozen=True)
class Description:
    """A data set's description of itself, and its expected number of records by collection.

    `expected` is None if the importer compares counts itself.

    `more`: other fields of the data set, by their names in the API. `publisher` is the key of an
    actor, `partOf` the slug of a data set. Counts may be completed while the records are read.
    """

    slug: str
    title: str
    version: str
    licence: str
    citation: str
    file: str
    url: str | None = None
    expected: Mapping[str, int] | None = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)

    def entry(self) -> Entry:
        """Returns the data set as a record."""
        own = {name: getattr(self, name) for name in ("title", "version", "licence", "citation")}
        return Entry("Dataset", self.slug, {**own, "url": self.url, **self.more}, self.file)


class DataSet(Protocol):
    """A data set that the loader can load."""

    def digest(self) -> str:
        """Returns a digest of all content: equal as long as nothing has changed."""

    def description(self) -> Description:
        """Returns the origin, the terms and the expected number of records."""

    def entries(self) -> Iterable[Entry | SeedError]:
        """Yields the records in any order, and an error in place of each that cannot be read."""
