"""Counts how often each key has come, of any number of keys.

The counts are in a temporary database of SQLite, which goes to disk where it outgrows its cache.
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
    """Keys, and how often each has come."""

    def __init__(self) -> None:
        """None has come."""
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.executescript(_TABLES)

    def count(self, key: str) -> int:
        """Counts a key once more; returns how often it has come by now."""
        ((number,),) = self._file.execute(_COUNT, (key,)).fetchall()
        return int(number)
