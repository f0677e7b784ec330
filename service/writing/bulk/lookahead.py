"""Reads what the lines of a batch refer to from the database at once, before they are written."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from schema.concepts import CONCEPTS, Attribute, Concept, ToOne
from schema.records.columns import Scalar
from schema.rows import Row
from schema.rules.values import fault
from schema.values.canonical import canonical
from schema.writing.drafts import defaults, written_members
from schema.writing.identity import identifying_columns, identity
from service.writing.bulk.lines import Line, Verb
from service.writing.identities import with_first_days
from service.writing.input_reading import canonical_value
from service.writing.lookahead import Wanted
from service.writing.references import by_id, by_own
from service.writing.rows.buffer import RowBuffer


class Guesses:
    """Guesses the identifying values of new records from their input, without writing any."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keys: dict[tuple[str, str, str], int | None] = {}

    def identity_of(self, concept: Concept, given: Mapping[str, Any]) -> Row | None:
        """The values by which an equal record would be found; None if they can't be guessed."""
        try:
            row = self._row(concept, given)
            by = None if row is None else identity(concept.name, row)
            return None if by is None else with_first_days(concept.name, by)
        except (TypeError, ValueError):
            # The input has values that no valid record can have.
            return None

    def _row(self, concept: Concept, given: Mapping[str, Any]) -> Row | None:
        row: Row = dict(defaults(concept.table))
        members = _identifying_members(concept.name)
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
        """The key of an existing record, by its id or by a unique value; None if not found."""
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
    """Collects what the lines of a batch refer to."""

    def __init__(self) -> None:
        """Starts without lines."""
        self._wanted = Wanted()
        self._lines: list[Line] = []

    def read(self, lines: Iterable[Line]) -> None:
        """Collects the references and unique values of these lines."""
        self._lines = list(lines)
        for line in self._lines:
            if line.request is not None:
                concept = line.request.concept
                self._wanted.add_record(concept, line.request.given)
                self._wanted.add_reference(concept, line.request.by)

    def ask(self, connection: Connection, buffer: RowBuffer) -> None:
        """Reads the collected rows into the buffer, and rows that equal the new records."""
        self._ask(buffer)
        # Second step: the identity of a new record contains keys that the first step has read.
        self._wanted.looks.clear()
        guesses = Guesses(connection)
        for line in self._lines:
            if line.request is not None and line.request.verb is Verb.CREATE:
                concept = line.request.concept
                by = guesses.identity_of(concept, line.request.given)
                if by is not None:
                    names, values = buffer.look(concept.table, by)
                    self._wanted.looks[concept.table, names].add(values)
        self._ask(buffer)

    def _ask(self, buffer: RowBuffer) -> None:
        for (table, columns), values in self._wanted.looks.items():
            buffer.know(table, columns, values)


@lru_cache
def _identifying_members(concept: str) -> Mapping[str, Attribute | ToOne]:
    """The members by which equal records are looked up: see `RowBuffer.look`."""
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
