"""Checks for SQLite only."""

import shutil
from collections.abc import Iterator
from contextlib import closing

import apsw
from sqlalchemy import Engine

from service.database import Database
from service.database.sqlite.database import SQLiteDatabase, open_reader
from service.database.sqlite.driver import sqlite_version, sqlite_version_info
from service.errors import AllyGraphError, StartError
from service.maintenance.doctor.finding import Finding, checked
from service.settings import Settings

# The version with which queries at the default limits are tested. Before 3.46 the parser's stack
# has a limit.
_OLDEST = (3, 54)

# Minimum free space, for a journal.
_FREE_MIN_BYTES = 100_000_000


def before(database: Database, _: Settings) -> Iterator[Finding]:
    """The checks that do not open the database: a full disk may prevent opening it."""
    yield checked("SQLite", _version)
    if isinstance(database, SQLiteDatabase) and database.path.exists():
        yield checked("disk", lambda: _free_space(database))


def after(database: Database, _: Settings, __: Engine) -> Iterator[Finding]:
    """The checks of a database that is ready."""
    if isinstance(database, SQLiteDatabase):
        yield checked("pages of the file", lambda: _integrity(database))


def _version() -> str:
    if sqlite_version_info < _OLDEST:
        raise AllyGraphError(
            f"{sqlite_version} is too old; install apsw from a wheel, which contains its own SQLite"
        )
    return f"{sqlite_version}, supported"


def _integrity(database: SQLiteDatabase) -> str:
    try:
        with closing(open_reader(database.path)) as reader:
            result = reader.execute("PRAGMA quick_check(1)").get
    except apsw.Error as error:
        raise StartError(database.explain(error)) from None
    if result != "ok":
        raise AllyGraphError(f"damaged ({result}); restore a backup")
    return "all are intact"


def _free_space(database: SQLiteDatabase) -> str:
    """Checks the free space: a backup or a journal may become as large as the database."""
    folder = database.path.absolute().parent
    free = shutil.disk_usage(folder).free
    needed = max(database.path.stat().st_size, _FREE_MIN_BYTES)
    if free < needed:
        raise AllyGraphError(
            f"only {free // 10**6} MB are free in {folder}; free at least {needed // 10**6} MB"
        )
    return f"{free // 10**6} MB are free in {folder}"
