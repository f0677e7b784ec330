"""Collects what new records refer to, from their input, so that it can be read at once.

These are guesses from the form of the input. A wrong guess costs little, and whatever is not
guessed is looked up when it is needed: no result depends on the guesses.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Table

from schema.concepts import COMPONENTS, CONCEPTS, Attribute, Concept, Owned, ToMany, ToOne
from schema.records.columns import Meaning
from schema.rules.values import fault
from schema.values.canonical import canonical
from schema.writing.drafts import list_tables, written_members
from service.planning.values import read_any_id
from service.writing.former_names import IDS, SLUGS

# The depth to which nested new records are searched.
_DEEPEST = 5
# No table has given a key so large, and PostgreSQL accepts no key beyond a 64-bit integer.
_KEY_MOST = 2**62


class _Way(NamedTuple):
    """One way to find a record: by these columns of a table, whose values have these meanings.

    `names`: the fields of a list item that have the values; empty where the input is one value.
    """

    table: Table
    columns: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    names: tuple[str, ...] = ()

    def values(self, given: Any) -> tuple[Any, ...] | None:
        """The values to look up, in canonical spelling; None if any of them is not a string."""
        if self.names:
            is_item = isinstance(given, dict)
            values = tuple(given.get(name) for name in self.names) if is_item else ()
        else:
            values = (given,)
        if not values or not all(isinstance(value, str) for value in values):
            return None
        table = self.table
        return tuple(
            canonical(table.c[name], v) for name, v in zip(self.columns, values, strict=True)
        )


class Wanted:
    """Collects what records refer to: the values to look up, by table and columns (`looks`).

    `new_tables`: the tables that may get new rows.
    """

    def __init__(self, *, with_former: bool = True) -> None:
        """Starts empty. `with_former`: whether to look up former ids and slugs as well."""
        self.looks: defaultdict[tuple[Table, tuple[str, ...]], set[tuple[Any, ...]]]
        self.looks = defaultdict(set)
        self.new_tables: set[Table] = set()
        self._with_former = with_former
        self._seen: set[tuple[str, str, str]] = set()

    def add_record(self, concept: Concept, given: Any, depth: int = 0) -> None:
        """Adds what a record that may be new refers to."""
        if not isinstance(given, dict) or depth > _DEEPEST:
            return
        self.new_tables.add(concept.table)
        lists = list_tables(concept.name)
        self.new_tables |= {lists[name].table for name in given if name in lists}
        members = _looked_up(concept.name)
        for name, value in given.items():
            member = members.get(name)
            if member is None or value is None:
                continue
            if isinstance(member, ToOne):
                self.add_reference(CONCEPTS[member.target], value, depth)
            elif isinstance(member, Attribute):
                self._add_value(concept, name, value)
            elif isinstance(value, list):
                self._add_items(concept, member, value, depth)

    def _add_items(
        self, concept: Concept, member: Owned | ToMany, values: list[Any], depth: int
    ) -> None:
        for value in values:
            if isinstance(member, Owned):
                self._add_value(concept, member.singular, value)
            elif member.far is not None:
                self.add_reference(CONCEPTS[member.target], value, depth)
            else:
                self.add_record(CONCEPTS[member.target], value, depth)

    def add_reference(self, target: Concept, value: Any, depth: int = 0) -> None:
        """Adds the record that a reference names."""
        if isinstance(value, str):
            way = "slug" if target.has_slug and "_" not in value else "id"
            self._add_value(target, way, value)
        elif isinstance(value, dict):
            way = "id" if value.get("id") is not None else next(iter(value), "")
            if way == "new":
                self.add_record(target, value["new"], depth + 1)
            else:
                self._add_value(target, way, value.get(way))

    def _add_value(self, concept: Concept, name: str, value: Any) -> None:
        if name == "id":
            self._add_id(concept, value)
            return
        if isinstance(value, str):
            if (concept.name, name, value) in self._seen:
                return
            self._seen.add((concept.name, name, value))
        for way in _ways(concept.name).get(name, ()):
            given = way.values(value)
            wanted = self.looks[way.table, way.columns]
            if given is not None and given not in wanted and not _is_bad(given, way.meanings):
                wanted.add(given)
                if name == "slug" and self._with_former:
                    self.looks[SLUGS, ("record_type", "slug")].add((concept.table.name, *given))

    def _add_id(self, concept: Concept, value: Any) -> None:
        table, key = read_any_id(value) if isinstance(value, str) else ("", 0)
        if table == concept.table.name and 0 < key < _KEY_MOST:
            self.looks[concept.table, ("id",)].add((key,))
            if self._with_former:
                self.looks[IDS, ("record_type", "id")].add((table, key))


def _is_bad(values: tuple[Any, ...], meanings: tuple[Meaning, ...]) -> bool:
    """Whether any value is invalid: the database has no such value, or rejects it in a query."""
    return any(map(fault, values, meanings))


@lru_cache
def _looked_up(concept: str) -> Mapping[str, Attribute | Owned | ToMany | ToOne]:
    """The members of a new record by which other records, or the record itself, are looked up."""
    members = dict(written_members(concept))
    if concept in COMPONENTS:
        members[COMPONENTS[concept].name] = COMPONENTS[concept]
    for member in CONCEPTS[concept].members.values():
        # Not under other names: evidence given as a statement's `claims` is looked up when needed.
        if isinstance(member, ToMany) and member.far is None:
            members.setdefault(member.name, member)
    return {
        name: member
        for name, member in members.items()
        if isinstance(member, ToOne | ToMany)
        or (isinstance(member, Attribute) and member.column.unique)
        or (isinstance(member, Owned) and member in CONCEPTS[concept].unique_lists)
    }


@lru_cache
def _ways(concept: str) -> Mapping[str, tuple[_Way, ...]]:
    """The ways to look up a record, by the name of a unique attribute or identifying item."""
    made = CONCEPTS[concept]
    ways: dict[str, tuple[_Way, ...]] = {}
    for attribute in made.attributes:
        if attribute.column.unique:
            column, meaning = attribute.column.name, attribute.meaning
            ways[attribute.name] = (_Way(made.table, (column,), (meaning,)),)
    for owned in made.unique_lists:
        key = {n: a for n, a in owned.attributes.items() if a.column.name in owned.identified_by}
        columns = tuple(attribute.column.name for attribute in key.values())
        meanings = tuple(attribute.meaning for attribute in key.values())
        ways[owned.singular] = (_Way(owned.table, columns, meanings, tuple(key)),)
    return ways
