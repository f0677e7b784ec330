"""The search entries in SQLite: each statement runs once for each row."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import Connection

from schema.search import ENTRY_COLUMNS
from schema.writing.short_statements import run_many

_INSERT = (
    f"INSERT INTO search_entry ({', '.join(ENTRY_COLUMNS)}) "
    f"VALUES ({', '.join('?' for _ in ENTRY_COLUMNS)})"
)
_END = "UPDATE search_entry SET until_revision = ? WHERE id = ?"
_VOCABULARY = "INSERT OR IGNORE INTO search_vocabulary (word) VALUES (?)"
_FORMS = "INSERT OR IGNORE INTO search_form (form, word) VALUES (?, ?)"


class SQLiteEntries:
    """The operations on search entries in SQLite."""

    is_among = "IN (SELECT value FROM json_each(?))"

    def bound(self, ids: list[int]) -> str:
        """Returns the ids as JSON."""
        return orjson.dumps(ids).decode()

    def write(
        self,
        connection: Connection,
        new: Sequence[tuple[Any, ...]],
        vocabulary: Sequence[str],
        forms: Sequence[tuple[str, str]],
        ended: Sequence[int],
        until: int,
    ) -> None:
        """Writes by the driver's `executemany`."""
        if ended:
            run_many(connection, _END, [(until, entry) for entry in ended])
        if vocabulary:
            run_many(connection, _VOCABULARY, [(word,) for word in vocabulary])
        if forms:
            run_many(connection, _FORMS, forms)
        if new:
            run_many(connection, _INSERT, new)
