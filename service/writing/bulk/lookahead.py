"""What a batch of lines is going to look up: the database is asked for all of it at once."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from schema.canonical import canonical
from schema.concepts import CONCEPTS, Attribute, Concept, ToOne
from schema.drafts import defaults, written_members
from schema.identity import identifying_columns, identity
from schema.records.columns import Scalar
from schema.rows import Row
from schema.rules.values import fault
from service.writing.bulk.lines import Line, Verb
from service.writing.identities import with_first_days
from service.writing.input_reading import canonical_value
from service.writing.lookahead import Wanted
from service.writing.references import by_id, by_own
from service.writing.rows.buffer import RowBuffer


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
        self._wanted = Wanted()
        self._lines: list[Line] = []

    def read(self, lines: Iterable[Line]) -> None:
        """Looks through these lines."""
        self._lines = list(lines)
        for line in self._lines:
            if line.request is not None:
                concept = line.request.concept
                self._wanted.add_record(concept, line.request.given)
                self._wanted.add_reference(concept, line.request.by)

    def ask(self, connection: Connection, buffer: RowBuffer) -> None:
        """From now on the buffer knows all that was named."""
        self._ask(buffer)
        # By what is known now, whether any of the new records is there already.
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
