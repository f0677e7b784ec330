"""The importer contract: what a data set offers to the loader.

A data set says where it is from and under what terms, gives its records in the words of the public
API (`startedOn`, `quantity: {value, unit}`), and states how many of each there must be.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from types import MappingProxyType
from typing import Any, Protocol

from schema.concepts import COLLECTIONS, CONCEPTS, ToOne


def _in_order() -> Iterator[str]:
    """Each concept after those it refers to; where several could follow, by their names."""
    # A data set is described by itself.
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


# The concepts a data set may have records of, and how counts call them. Each refers to earlier
# ones only, or to itself.
CONCEPTS_IN_ORDER: Mapping[str, str] = MappingProxyType(
    {name: CONCEPTS[name].collection.name for name in _in_order()}
)


class SeedError(Exception):
    """A data set that can't be loaded as it stands; says where and why."""

    def __init__(self, message: str, *, file: str, record: str = "", path: str = "") -> None:
        """Keeps the place beside the message, for those who show it."""
        super().__init__(": ".join(part for part in (file, record, path, message) if part))
        self.file, self.record, self.path = file, record, path


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as a data set states it.

    `key` is the data set's own name for it, by which other records refer to it; of an actor it is
    the slug. It must stay the same from one version to the next: by it the loader finds the row
    again. `fields` are those of the API. Actors that the data set only refers to need no entry if
    the database has them.
    """

    concept: str
    key: str
    fields: Mapping[str, Any]
    file: str

    def error(self, message: str, path: str = "") -> SeedError:
        """What is wrong with this record."""
        # The file of a data set's description has no other record.
        is_alone = self.concept == "Dataset"
        record = "" if is_alone else f"{CONCEPTS[self.concept].noun} {self.key}"
        return SeedError(message, file=self.file, record=record, path=path)


@dataclass(frozen=True)
class Description:
    """What a data set says of itself, and how many records it must have, by concept's plural.

    `expected` is None where these are counted elsewhere.

    `more`: other fields of the data set, by the names of the API. `publisher` is the key of an
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
        """The data set as a record."""
        own = {name: getattr(self, name) for name in ("title", "version", "licence", "citation")}
        return Entry("Dataset", self.slug, {**own, "url": self.url, **self.more}, self.file)


class DataSet(Protocol):
    """Something the loader can load."""

    def digest(self) -> str:
        """A fingerprint of all it is made of: equal as long as nothing has changed."""

    def description(self) -> Description:
        """Where it is from, and how many records it must have."""

    def entries(self) -> Iterable[Entry | SeedError]:
        """Its records, in any order; in the place of those that can't be read, why."""
