"""The effects of writes on records, implemented independently and without a database."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol


class Name(NamedTuple):
    """The identity of a record in these tests, independent of ids."""

    kind: str
    key: str


Row = Mapping[str, Any]
Records = Mapping[Name, Row]
# The new value of each record that a write touches; None if it is deleted.
Changes = dict[Name, Row | None]

# The slug of a merged actor. It is not a record, but must be kept.
FORMER = "FormerActor"


class Effect(Protocol):
    """The effect of one write."""

    def changes(self, records: Records) -> Changes: ...


class Create(NamedTuple):
    """Creates records; those in `found` only if they do not exist."""

    made: Records
    found: Records = MappingProxyType({})

    def changes(self, records: Records) -> Changes:
        return {**self.made, **{n: row for n, row in self.found.items() if n not in records}}


class Update(NamedTuple):
    name: Name
    values: Row

    def changes(self, records: Records) -> Changes:
        return {self.name: {**records[self.name], **self.values}}


class Delete(NamedTuple):
    names: Sequence[Name]

    def changes(self, records: Records) -> Changes:
        return dict.fromkeys(self.names)


class Merge(NamedTuple):
    """Merges the actor with the slug `other` into the one with the slug `kept`."""

    kept: str
    other: str

    def changes(self, records: Records) -> Changes:
        kept, other = Name("Actor", self.kept), Name("Actor", self.other)
        names = [records[other]["name"], *records[other]["aliases"]]
        referring = {name: self._moved(row) for name, row in records.items()}
        return {
            **{name: row for name, row in referring.items() if row != records[name]},
            kept: {**records[kept], "aliases": sorted([*records[kept]["aliases"], *names])},
            other: None,
            Name(FORMER, self.other): {"actor": self.kept},
        }

    def _moved(self, row: Row) -> Row:
        return {field: self._moved_value(field, value) for field, value in row.items()}

    def _moved_value(self, field: str, value: Any) -> Any:
        match field:
            case "actor" | "speaker" | "supporter":
                return self.kept if value == self.other else value
            case "mentions":
                return sorted({self.kept if slug == self.other else slug for slug in value})
        return value
