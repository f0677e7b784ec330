"""Databases that a test may change."""

import sqlite3
from contextlib import closing
from pathlib import Path


def copy_of(database: Path, folder: Path) -> Path:
    """A copy in that folder."""
    path = folder / "copy.db"
    with closing(sqlite3.connect(database)) as source:
        source.execute("VACUUM INTO ?", (str(path),))
    return path
