"""References within one type that must not lead back to where they begin, however long the way."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sqlalchemy import Connection

from schema.concepts import Concept
from schema.rows import Values
from schema.rules import Code, Problem
from service.writing.pending_records import PendingRecord, opaque_id
from service.writing.rows import find_value

# By the column: all statements of a circle would be withdrawn, and no data set of one be the whole.
_CODES: Mapping[str, Code] = MappingProxyType(
    {"corrects_id": Code.CORRECTS_ITSELF, "part_of_id": Code.PART_OF_ITSELF}
)
_FIELDS = MappingProxyType({"corrects_id": "corrects", "part_of_id": "partOf"})


# A longer way is refused, so that the cost of a write has a bound. Real ones have a few steps.
_STEPS_MOST = 100


def refuse_circles(connection: Connection, draft: PendingRecord, changes: Values, key: int) -> None:
    """Reports each changed reference through which the record would refer to itself.

    Only a change can close a circle: nothing refers to a record that is new.
    """
    # A record that refers to itself is against the rules of one record.
    others = {name: value for name, value in changes.items() if value != key}
    for circle in circles(connection, draft.concept, others, key):
        draft.at.tell_at(circle.path, circle.code, circle.message)


def circles(
    connection: Connection, concept: Concept, references: Values, key: int
) -> Iterator[Problem]:
    """What is wrong with each of these references, by column, that leads back to the record."""
    for column, code in _CODES.items():
        start = references.get(column)
        message = isinstance(start, int) and _problem(connection, concept, column, start, key)
        if message:
            yield Problem((_FIELDS[column],), code, message)


def _problem(
    connection: Connection, concept: Concept, column: str, start: int, key: int
) -> str | None:
    """What is wrong with a reference to `start`; None if it does not lead to `key`."""
    last, at = key, start
    for _ in range(_STEPS_MOST):
        if at == key:
            name = opaque_id(concept, last)
            return f"`{_FIELDS[column]}` of {name} leads back here; change that first."
        following: int | None = find_value(connection, concept.table, column, {"id": at})
        if following is None:
            return None
        last, at = at, following
    others = f"more than {_STEPS_MOST} {concept.plural}"
    return f"It leads through {others}; shorten that chain first."
