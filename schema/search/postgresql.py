"""The search entries in PostgreSQL: one statement writes all of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from schema.search import ENTRY_COLUMNS
from schema.writing.short_statements import run

_ARRAYS = {
    **dict.fromkeys(ENTRY_COLUMNS, "bigint[]"),
    **dict.fromkeys(("text", "folded", "words"), "text[]"),
}
_WRITE = (
    "WITH ended AS (UPDATE search_entry SET until_revision = %s WHERE id = ANY (%s::bigint[])), "
    "known AS (INSERT INTO search_vocabulary (word) "
    "SELECT * FROM unnest(%s::text[]) ON CONFLICT DO NOTHING), "
    "formed AS (INSERT INTO search_form (form, word) "
    "SELECT * FROM unnest(%s::text[], %s::text[]) ON CONFLICT DO NOTHING) "
    f"INSERT INTO search_entry ({', '.join(ENTRY_COLUMNS)}) "
    f"SELECT * FROM unnest({', '.join(f'%s::{_ARRAYS[name]}' for name in ENTRY_COLUMNS)})"
)


class PostgreSQLEntries:
    """The operations on search entries in PostgreSQL."""

    is_among = "= ANY (%s::bigint[])"

    def bound(self, ids: list[int]) -> list[int]:
        """Returns the list, which the driver binds as an array."""
        return ids

    def write(
        self,
        connection: Connection,
        new: Sequence[tuple[Any, ...]],
        vocabulary: Sequence[str],
        forms: Sequence[tuple[str, str]],
        ended: Sequence[int],
        until: int,
    ) -> None:
        """Binds each column as an array."""
        columns = _columns(new, len(ENTRY_COLUMNS))
        values = (until, list(ended), list(vocabulary), *_columns(forms, 2), *columns)
        run(connection, _WRITE, values)


def _columns(rows: Sequence[tuple[Any, ...]], count: int) -> list[list[Any]]:
    return [[row[place] for row in rows] for place in range(count)]
