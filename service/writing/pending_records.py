"""A record that a request writes: what was given of it, and where."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from schema.concepts import Concept, ToOne
from schema.drafts import Draft, ListTable
from schema.rows import Values
from service.writing.input_path import InputPath


class Unresolved:
    """Stands for the key of a record that could not be found or written: equal to no other."""


# The key of a record, or what stands for it: then there is a problem that says why.
Key = int | Unresolved


@dataclass(slots=True)
class PendingList:
    """A list that was given, in full. Its items are rows, each with the place it came from.

    Of a list that refers, an item is the reference as it came until it is resolved.
    """

    table: ListTable
    items: dict[tuple[Any, ...], InputPath] = field(default_factory=dict)
    references: list[tuple[InputPath, Any]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class PendingRecord(Draft):
    """A record that was given, or what of one changes.

    `given`: the columns that were given, once the row is complete. `components`: what was given as
    a list of records that are part of it. `problems_before`: how many there were before this record
    was looked at.
    """

    at: InputPath
    problems_before: int
    given: Collection[str] = ()
    references: list[tuple[ToOne, Any]] = field(default_factory=list)
    lists: list[PendingList] = field(default_factory=list)
    components: Any = None

    def complete(self, values: Values) -> None:
        """Adds what was not given; from now on `given` names what was."""
        self.given = frozenset(self.row)
        Draft.complete(self, values)

    @property
    def is_good(self) -> bool:
        """Whether nothing was found wrong with this record, or with those within it."""
        return len(self.at.findings) == self.problems_before

    @property
    def is_resolved(self) -> bool:
        """Whether every reference is a key; the record around this one may have had problems."""
        return Unresolved not in map(type, self.row.values())


def opaque_id(concept: Concept, key: Key) -> str:
    """The id that clients know a record by."""
    return f"{concept.id_prefix}{key}"
