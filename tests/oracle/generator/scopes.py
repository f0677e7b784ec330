"""Tracks response keys, so that all fields with one key can be merged.

A scope is one object of the response. Every selection that adds to this object, directly or through
fragments, shares its scope, and every field of one key shares the scope of that key.
"""

from dataclasses import dataclass, field

from graphql import is_interface_type

from tests.oracle.generator.variables import Usage
from tests.oracle.resolvers.resolvers import SCHEMA


@dataclass(frozen=True)
class Call:
    """The written arguments of a field, with their usage and their maximum number of records."""

    text: str = ""
    usage: Usage = field(default_factory=Usage)
    size: int = 1


@dataclass(frozen=True)
class Entry:
    """The field of a response key in one type."""

    parent: str
    field: str
    type_: str
    call: Call

    def merges_with(self, other: "Entry") -> bool:
        """Whether both may have the same key: the rule OverlappingFieldsCanBeMerged."""
        if self.type_ != other.type_:
            return False
        if (self.field, self.call.text) == (other.field, other.call.text):
            return True
        return self.parent != other.parent and not _any_abstract(self.parent, other.parent)


def _any_abstract(*names: str) -> bool:
    return any(is_interface_type(SCHEMA.type_map[name]) for name in names)


@dataclass
class Scope:
    """The response keys of one object of the response."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    children: dict[str, "Scope"] = field(default_factory=dict)

    def child(self, key: str) -> "Scope":
        """Returns the scope of the object under a key."""
        return self.children.setdefault(key, Scope())

    def entry(self, key: str, parent: str) -> Entry | None:
        """Returns the field of a key in a type, if any."""
        found = (entry for entry in self.entries.get(key, ()) if entry.parent == parent)
        return next(found, None)

    def fits(self, key: str, entry: Entry) -> bool:
        """Whether the key may have this field too."""
        return all(entry.merges_with(other) for other in self.entries.get(key, ()))

    def add(self, key: str, entry: Entry) -> None:
        """Adds a field to the key."""
        if entry not in self.entries.setdefault(key, []):
            self.entries[key].append(entry)

    def can_absorb(self, other: "Scope") -> bool:
        """Whether all fields of another scope can be merged into this one."""
        return all(
            all(self.fits(key, entry) for entry in entries)
            and (key not in self.children or self.children[key].can_absorb(other.child(key)))
            for key, entries in other.entries.items()
        )

    def absorb(self, other: "Scope") -> None:
        """Adds all fields of another scope."""
        if self is other:
            return
        for key, entries in other.entries.items():
            for entry in entries:
                self.add(key, entry)
            if key in self.children:
                self.children[key].absorb(other.child(key))
            else:
                self.children[key] = other.child(key)
