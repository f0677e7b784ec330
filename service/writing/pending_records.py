"""A record that a request writes: the given values, and their places in the input."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from schema.concepts import Concept, ToOne
from schema.rows import Values
from schema.writing.drafts import Draft, ListTable
from service.writing.input_path import InputPath


class Unresolved:
    """Stands for the key of a record that was not found or written; equal only to itself."""


# The key of a record, or Unresolved: then a problem is reported that states the reason.
Key = int | Unresolved


@dataclass(slots=True)
class PendingList:
    """A list that was given, in full. `items`: its rows, each with its place in the input.

    `references`: the given references that are not resolved into items yet.
    """

    table: ListTable
    items: dict[tuple[Any, ...], InputPath] = field(default_factory=dict)
    references: list[tuple[InputPath, Any]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class PendingRecord(Draft):
    """A record that was given, or the given changes of a record.

    `given`: the columns that were given, once the row is complete. `components`: the input of the
    list of records that are part of the record. `problems_before`: the number of problems before
    this record was read.
    """

    at: InputPath
    problems_before: int
    given: Collection[str] = ()
    references: list[tuple[ToOne, Any]] = field(default_factory=list)
    lists: list[PendingList] = field(default_factory=list)
    components: Any = None

    def complete(self, values: Values) -> None:
        """Adds the values that were not given, and notes in `given` the columns that were."""
        self.given = frozenset(self.row)
        Draft.complete(self, values)

    @property
    def is_good(self) -> bool:
        """Whether no problem was found in this record or in the records within it."""
        return len(self.at.findings) == self.problems_before

    @property
    def is_resolved(self) -> bool:
        """Whether every reference is a key.

        A record without problems may be unresolved: the record around it may have problems.
        """
        return Unresolved not in map(type, self.row.values())


def opaque_id(concept: Concept, key: Key) -> str:
    """The id by which clients refer to a record: `actor_12`."""
    return f"{concept.id_prefix}{key}"
