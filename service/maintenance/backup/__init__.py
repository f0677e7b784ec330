"""Copies of a database: made while it is served, checked once they are written, put back whole."""

from dataclasses import dataclass
from pathlib import Path

from service.database import Database
from service.database.postgresql.database import PostgreSQLDatabase
from service.database.sqlite.database import SQLiteDatabase
from service.errors import StartError


@dataclass(frozen=True)
class Copy:
    """A copy that was found sound: what was written, its size in bytes, its newest revision."""

    path: Path
    size: int
    revision: int


def back_up(database: Database, to: Path) -> Copy:
    """Copies a database as it stands at one moment; whoever reads or writes it goes on.

    Raises StartError where there is no database, or something is in the copy's place.
    """
    if to.exists():
        raise StartError(f"{to} is there already; remove it, or name another file.")
    if isinstance(database, SQLiteDatabase):
        from service.maintenance.backup import sqlite

        return sqlite.back_up(database, to)
    from service.maintenance.backup import postgresql

    return postgresql.back_up(_on_a_server(database), to)


def restore(copy: Path, database: Database, *, replace: bool) -> Copy:
    """Puts a copy in the place of a database that nobody uses.

    Raises StartError where the copy is not one, or, but for `replace`, where a database is there.
    """
    if not copy.exists():
        raise StartError(f"There is no copy at {copy}.")
    if isinstance(database, SQLiteDatabase):
        from service.maintenance.backup import sqlite

        return sqlite.restore(copy, database, replace=replace)
    from service.maintenance.backup import postgresql

    return postgresql.restore(copy, _on_a_server(database), replace=replace)


def _on_a_server(database: Database) -> PostgreSQLDatabase:
    if not isinstance(database, PostgreSQLDatabase):
        raise TypeError(f"There are no copies of {database.label}.")
    return database
