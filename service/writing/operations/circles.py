"""Reports references that lead back to the record that has them."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy import Connection

from schema.concepts import Concept
from schema.rows import Values
from schema.rules import Problem
from schema.writing.circles import CODES, FIELDS, wrong_way
from service.writing.pending_records import PendingRecord, opaque_id
from service.writing.rows import find_value


def refuse_circles(connection: Connection, draft: PendingRecord, changes: Values, key: int) -> None:
    """Reports each changed reference through which the record would refer to itself.

    Only a change can close a circle: nothing refers to a record that is new.
    """
    # The rules of a single row report a record that refers to itself.
    others = {name: value for name, value in changes.items() if value != key}
    for circle in circles(connection, draft.concept, others, key):
        draft.at.report_at(circle.path, circle.code, circle.message)


def circles(
    connection: Connection, concept: Concept, references: Values, key: int
) -> Iterator[Problem]:
    """Yields a problem for each of these references, by column, that leads back to the record."""

    def following(column: str, at: int) -> int | None:
        found: int | None = find_value(connection, concept.table, column, {"id": at})
        return found

    called = partial(opaque_id, concept)
    for column, code in CODES.items():
        start, field = references.get(column), FIELDS[column]
        if isinstance(start, int):
            message = wrong_way(key, start, field, partial(following, column), called)
            if message:
                yield Problem((field,), code, message)
