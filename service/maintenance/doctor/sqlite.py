"""Checks for SQLite only."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import Engine

from service.database import Database
from service.database.sqlite.database import SQLiteDatabase, open_reader
from service.errors import AllyGraphError, StartError
from service.maintenance.doctor.finding import Finding, checked
from service.settings import Settings

TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"

# Minimum free space, for a journal.
_FREE_MIN_BYTES = 100_000_000


def before(_: Database, __: Settings) -> Iterator[Finding]:
    """The checks that do not open the database."""
    yield checked("SQLite", _version)


def after(database: Database, _: Settings, __: Engine) -> Iterator[Finding]:
    """The checks of a database that is ready."""
    if isinstance(database, SQLiteDatabase):
        yield checked("pages of the file", lambda: _integrity(database))
        yield checked("disk", lambda: _free_space(database))


def _version() -> str:
    if sqlite3.sqlite_version_info < (3, 38):
        raise AllyGraphError(
            f"{sqlite3.sqlite_version} is too old; use a Python with SQLite 3.38 or newer"
        )
    return f"{sqlite3.sqlite_version}, supported"


def _integrity(database: SQLiteDatabase) -> str:
    try:
        with closing(open_reader(database.path)) as reader:
            (result,) = reader.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise StartError(database.explain(error)) from None
    if result != b"ok":
        raise AllyGraphError(f"damaged ({result.decode()}); restore a backup")
    return "all are intact"


def _free_space(database: SQLiteDatabase) -> str:
    """A backup in the same folder takes as much space as the database, and so may a journal."""
    folder = database.path.absolute().parent
    free = shutil.disk_usage(folder).free
    needed = max(database.path.stat().st_size, _FREE_MIN_BYTES)
    if free < needed:
        raise AllyGraphError(
            f"only {free // 10**6} MB are free in {folder}; free at least {needed // 10**6} MB"
        )
    return f"{free // 10**6} MB are free in {folder}"
