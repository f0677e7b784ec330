"""The entries of search in PostgreSQL: one statement reads, and one writes, however many."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from schema.search.current_texts import ENTRY_COLUMNS, current_texts

_ARRAYS = {
    **dict.fromkeys(ENTRY_COLUMNS, "bigint[]"),
    **dict.fromkeys(("text", "folded", "words"), "text[]"),
}
_WRITE = (
    "WITH ended AS (UPDATE search_entry SET until_revision = %s WHERE id = ANY (%s::bigint[])), "
    "formed AS (INSERT INTO search_form (form, word) "
    "SELECT * FROM unnest(%s::text[], %s::text[]) ON CONFLICT DO NOTHING) "
    f"INSERT INTO search_entry ({', '.join(ENTRY_COLUMNS)}) "
    f"SELECT * FROM unnest({', '.join(f'%s::{_ARRAYS[name]}' for name in ENTRY_COLUMNS)})"
)


class PostgreSQLEntries:
    """How PostgreSQL reads and writes them."""

    def read(
        self, connection: Connection, records: Mapping[int, list[int]]
    ) -> Iterable[Sequence[Any]]:
        """The ids are bound as arrays."""
        text, parameters = _read(tuple(records))
        values = tuple(records[each] for each in parameters)
        return connection.exec_driver_sql(text, values)

    def write(
        self,
        connection: Connection,
        new: Sequence[tuple[Any, ...]],
        forms: Sequence[tuple[str, str]],
        ended: Sequence[int],
        until: int,
    ) -> None:
        """Each column is bound as an array."""
        columns = _columns(new, len(ENTRY_COLUMNS))
        values = (until, list(ended), *_columns(forms, 2), *columns)
        connection.exec_driver_sql(_WRITE, values)


def _columns(rows: Sequence[tuple[Any, ...]], count: int) -> list[list[Any]]:
    return [[row[place] for row in rows] for place in range(count)]


@lru_cache(maxsize=64)
def _read(types: tuple[int, ...]) -> tuple[str, list[int]]:
    return current_texts(types, "= ANY (%s::bigint[])")
