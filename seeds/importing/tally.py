"""Counts occurrences of any number of keys in bounded memory.

The counts are in a temporary SQLite database, which spills to disk if it exceeds its cache.
"""

import sqlite3

_TABLES = """
PRAGMA cache_size = -4096;
PRAGMA journal_mode = OFF;
CREATE TABLE tally (key TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
BEGIN
"""
_COUNT = (
    "INSERT INTO tally VALUES (?, 1) ON CONFLICT DO UPDATE SET number = number + 1 RETURNING number"
)


class Tally:
    """The number of occurrences of each key."""

    def __init__(self) -> None:
        """Starts with no keys."""
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.executescript(_TABLES)

    def count(self, key: str) -> int:
        """Counts an occurrence of a key and returns the number of its occurrences so far."""
        ((number,),) = self._file.execute(_COUNT, (key,)).fetchall()
        return int(number)
