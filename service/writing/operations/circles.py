"""References within one type that must not lead back to where they begin, however long the way."""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Connection, Table

from schema.rows import Values
from schema.rules import Code
from service.writing.pending_records import PendingRecord, opaque_id
from service.writing.rows import find_value

# By the column: all statements of a circle would be withdrawn, and no data set of one be the whole.
_CODES: Mapping[str, Code] = MappingProxyType(
    {"corrects_id": Code.CORRECTS_ITSELF, "part_of_id": Code.PART_OF_ITSELF}
)
_FIELDS = MappingProxyType({"corrects_id": "corrects", "part_of_id": "partOf"})


def refuse_circles(connection: Connection, draft: PendingRecord, changes: Values, key: int) -> None:
    """Tells of each changed reference by which the record would come to refer to itself.

    Only a change can close a circle: nothing refers to a record that is new.
    """
    for column, code in _CODES.items():
        start = changes.get(column)
        if isinstance(start, int) and start != key:
            on = _last_before(connection, draft.concept.table, column, start, key)
            if on is not None:
                field, last = _FIELDS[column], opaque_id(draft.concept, on)
                message = f"`{field}` of {last} leads back here; change that first."
                draft.at.below(field).tell(code, message)


def _last_before(
    connection: Connection, table: Table, column: str, start: int, key: int
) -> int | None:
    """The record that refers to `key`, if the references lead there from `start`."""
    seen: set[int] = set()
    at: int | None = start
    while at is not None and at not in seen:
        seen.add(at)
        following: int | None = find_value(connection, table, column, {"id": at})
        if following == key:
            return at
        at = following
    return None
