"""What a batch of lines is going to look up, so that the database is asked for all of it at once.

These are guesses from the form of the lines alone. What is guessed in vain costs little, and what
is not guessed is looked up when it is needed: no result depends on them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table

from schema.canonical import canonical
from schema.concepts import COMPONENTS, CONCEPTS, Attribute, Concept, Owned, ToMany, ToOne
from schema.drafts import defaults, written_members
from schema.identity import identifying_columns, identity
from schema.records.columns import Meaning, Scalar
from schema.rows import Row
from schema.rules.values import fault
from service.planning.values import read_any_id
from service.writing.bulk.lines import Line, Verb
from service.writing.former_names import IDS, SLUGS
from service.writing.identities import with_first_days
from service.writing.input_reading import canonical_value
from service.writing.references import by_id, by_own
from service.writing.row_buffer import RowBuffer

# New records within each other that are looked into.
_DEEPEST = 5
# A key that no table has given is not worth a look, and PostgreSQL takes none that is larger.
_KEY_MOST = 2**62


class _Way(NamedTuple):
    """One way to find a record: by these columns of a table, whose values have these meanings.

    `names`: of the values in an item of a list; empty where one value is given by itself.
    """

    table: Table
    columns: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    names: tuple[str, ...] = ()

    def values(self, given: Any) -> tuple[Any, ...] | None:
        """The values to look for, in their canonical spelling; None where these are no texts."""
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


class Guesses:
    """What new records are going to be, as far as that is seen without writing any."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keys: dict[tuple[str, str, str], int | None] = {}

    def identity_of(self, concept: Concept, given: Mapping[str, Any]) -> Row | None:
        """By what an equal record would be found; None if that can't be guessed."""
        try:
            row = self._row(concept, given)
            by = None if row is None else identity(concept.name, row)
            return None if by is None else with_first_days(concept.name, by)
        except (TypeError, ValueError):
            # It has values that no good record has.
            return None

    def _row(self, concept: Concept, given: Mapping[str, Any]) -> Row | None:
        row: Row = dict(defaults(concept.table))
        members = _telling_members(concept.name)
        for name, value in given.items():
            member = members.get(name)
            if isinstance(member, Attribute):
                row[member.column.name] = canonical_value(member, value)
            elif member is not None and value is not None:
                key = self._key(CONCEPTS[member.target], value)
                if key is None:
                    return None
                row[member.column.name] = key
        return row

    def _key(self, target: Concept, value: Any) -> int | None:
        """The key of a record that there is, by its id or by a value of its own."""
        if isinstance(value, str):
            way, text = ("slug" if target.has_slug and "_" not in value else "id"), value
        elif isinstance(value, dict) and len(value) == 1:
            ((way, text),) = value.items()
        else:
            return None
        if not isinstance(text, str):
            return None
        name = (target.name, way, text)
        if name not in self._keys:
            self._keys[name] = self._found(target, way, text)
        return self._keys[name]

    def _found(self, target: Concept, way: str, text: str) -> int | None:
        if way == "id":
            return by_id(self._connection, target, text)
        member = target.members.get(way)
        if not isinstance(member, Attribute) or not member.column.unique:
            return None
        spelt = canonical(member.column, text)
        return (
            None if fault(spelt, member.meaning) else by_own(self._connection, target, way, spelt)
        )


class Lookahead:
    """Collects what the lines of a batch name."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._wanted: defaultdict[tuple[Table, tuple[str, ...]], set[tuple[Any, ...]]]
        self._wanted = defaultdict(set)
        self._seen: set[tuple[str, str, str]] = set()

    def read(self, lines: Iterable[Line]) -> None:
        """Looks through these lines."""
        self._lines = list(lines)
        for line in self._lines:
            if line.request is not None:
                concept = line.request.concept
                self._add_record(concept, line.request.given, 0)
                self._add_reference(concept, line.request.by, 0)

    def ask(self, connection: Connection, buffer: RowBuffer) -> None:
        """From now on the buffer knows all that was named."""
        self._ask(buffer)
        # By what is known now, whether any of the new records is there already.
        self._wanted.clear()
        guesses = Guesses(connection)
        for line in self._lines:
            if line.request is not None and line.request.verb is Verb.CREATE:
                concept = line.request.concept
                by = guesses.identity_of(concept, line.request.given)
                if by is not None:
                    names, values = buffer.look(concept.table, by)
                    self._wanted[concept.table, names].add(values)
        self._ask(buffer)

    def _ask(self, buffer: RowBuffer) -> None:
        for (table, columns), values in self._wanted.items():
            buffer.know(table, columns, values)

    def _add_record(self, concept: Concept, given: Any, depth: int) -> None:
        if not isinstance(given, dict) or depth > _DEEPEST:
            return
        members = _looked_up(concept.name)
        for name, value in given.items():
            member = members.get(name)
            if member is None or value is None:
                continue
            if isinstance(member, ToOne):
                self._add_reference(CONCEPTS[member.target], value, depth)
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
                self._add_reference(CONCEPTS[member.target], value, depth)
            else:
                self._add_record(CONCEPTS[member.target], value, depth)

    def _add_reference(self, target: Concept, value: Any, depth: int) -> None:
        if isinstance(value, str):
            way = "slug" if target.has_slug and "_" not in value else "id"
            self._add_value(target, way, value)
        elif isinstance(value, dict):
            way = "id" if value.get("id") is not None else next(iter(value), "")
            if way == "new":
                self._add_record(target, value["new"], depth + 1)
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
            wanted = self._wanted[way.table, way.columns]
            if given is not None and given not in wanted and not _is_bad(given, way.meanings):
                wanted.add(given)
                if name == "slug":
                    self._wanted[SLUGS, ("record_type", "slug")].add((concept.table.name, *given))

    def _add_id(self, concept: Concept, value: Any) -> None:
        table, key = read_any_id(value) if isinstance(value, str) else ("", 0)
        if table == concept.table.name and 0 < key < _KEY_MOST:
            self._wanted[concept.table, ("id",)].add((key,))
            self._wanted[IDS, ("record_type", "id")].add((table, key))


def _is_bad(values: tuple[Any, ...], meanings: tuple[Meaning, ...]) -> bool:
    """Whether the database can't be asked for these values, or has none of them."""
    return any(map(fault, values, meanings))


@lru_cache
def _telling_members(concept: str) -> Mapping[str, Attribute | ToOne]:
    """The members that equal records are looked for by: see `RowBuffer.look`."""
    identifying = identifying_columns(concept)
    return {
        name: member
        for name, member in written_members(concept).items()
        if isinstance(member, ToOne)
        or (
            isinstance(member, Attribute)
            and (member.meaning.scalar is Scalar.DATE or member.column.name in identifying)
        )
    }


@lru_cache
def _looked_up(concept: str) -> Mapping[str, Attribute | Owned | ToMany | ToOne]:
    """The members of a new record by which others are found, or the record itself."""
    members = dict(written_members(concept))
    if concept in COMPONENTS:
        members[COMPONENTS[concept].name] = COMPONENTS[concept]
    for member in CONCEPTS[concept].members.values():
        # Evidence may be given within a statement under another name, and is then looked up alone.
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
    """By the names of attributes and of items that identify a record: where it is looked up."""
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
