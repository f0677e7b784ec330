"""The entries of search in SQLite: each statement is run within the process."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Connection

from schema.search.current_texts import ENTRY_COLUMNS, current_texts

_INSERT = (
    f"INSERT INTO search_entry ({', '.join(ENTRY_COLUMNS)}) "
    f"VALUES ({', '.join('?' for _ in ENTRY_COLUMNS)})"
)
_END = "UPDATE search_entry SET until_revision = ? WHERE id = ?"
_FORMS = "INSERT OR IGNORE INTO search_form (form, word) VALUES (?, ?)"


class SQLiteEntries:
    """How SQLite reads and writes them."""

    def read(
        self, connection: Connection, records: Mapping[int, list[int]]
    ) -> Iterable[Sequence[Any]]:
        """The ids are bound as JSON."""
        text, parameters = _read(tuple(records))
        ids = {place: orjson.dumps(each).decode() for place, each in records.items()}
        return connection.exec_driver_sql(text, tuple(ids[each] for each in parameters))

    def write(
        self,
        connection: Connection,
        new: Sequence[tuple[Any, ...]],
        forms: Sequence[tuple[str, str]],
        ended: Sequence[int],
        until: int,
    ) -> None:
        """By the driver's `executemany`."""
        if ended:
            connection.exec_driver_sql(_END, [(until, entry) for entry in ended])
        if forms:
            connection.exec_driver_sql(_FORMS, list(forms))
        if new:
            connection.exec_driver_sql(_INSERT, list(new))


@lru_cache(maxsize=64)
def _read(types: tuple[int, ...]) -> tuple[str, list[int]]:
    return current_texts(types, "IN (SELECT value FROM json_each(?))")
