"""What is to be checked of SQLite alone."""

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

# Room for a journal, however small the database is.
_ROOM_LEAST_BYTES = 100_000_000


def before(_: Database, __: Settings) -> Iterator[Finding]:
    """What can be said without opening the database."""
    yield checked("SQLite", _version)


def after(database: Database, _: Settings, __: Engine) -> Iterator[Finding]:
    """What is to be said of a database that can be served."""
    if isinstance(database, SQLiteDatabase):
        yield checked("pages of the file", lambda: _sound(database))
        yield checked("disk", lambda: _room(database))


def _version() -> str:
    if sqlite3.sqlite_version_info < (3, 38):
        raise AllyGraphError("too old; use a Python whose SQLite is 3.38 or newer")
    return f"{sqlite3.sqlite_version}, new enough"


def _sound(database: SQLiteDatabase) -> str:
    try:
        with closing(open_reader(database.path)) as reader:
            (intact,) = reader.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise StartError(database.explain(error)) from None
    if intact != b"ok":
        raise AllyGraphError(f"damaged ({intact.decode()}); restore a copy")
    return "every one is sound"


def _room(database: SQLiteDatabase) -> str:
    """A backup beside it, and a journal, each take as much again."""
    folder = database.path.absolute().parent
    free = shutil.disk_usage(folder).free
    least = max(database.path.stat().st_size, _ROOM_LEAST_BYTES)
    if free < least:
        raise AllyGraphError(
            f"{free // 10**6} MB are free in {folder}; make room for {least // 10**6} MB at least"
        )
    return f"{free // 10**6} MB are free in {folder}"
