"""References within one type that must not lead back to where they begin, however long the way."""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Connection

from schema.rows import Values
from schema.rules import Code
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
    for column, code in _CODES.items():
        start = changes.get(column)
        if isinstance(start, int) and start != key:
            message = _problem(connection, draft, column, start, key)
            if message:
                draft.at.below(_FIELDS[column]).tell(code, message)


def _problem(
    connection: Connection, draft: PendingRecord, column: str, start: int, key: int
) -> str | None:
    """What is wrong with a reference to `start`; None if it does not lead to `key`."""
    at = start
    for _ in range(_STEPS_MOST):
        following: int | None = find_value(connection, draft.concept.table, column, {"id": at})
        if following is None:
            return None
        if following == key:
            last = opaque_id(draft.concept, at)
            return f"`{_FIELDS[column]}` of {last} leads back here; change that first."
        at = following
    others = f"more than {_STEPS_MOST} {draft.concept.plural}"
    return f"It leads through {others}; shorten that chain first."
