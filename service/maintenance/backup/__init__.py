"""Backup and restore. The service may run during a backup. Every backup is verified."""

from dataclasses import dataclass
from dataclasses import replace as dataclass_replace
from pathlib import Path

from service.database import Database
from service.database.postgresql.database import PostgreSQLDatabase
from service.database.sqlite.database import SQLiteDatabase
from service.errors import StartError


@dataclass(frozen=True)
class Backup:
    """A verified backup: its path, its size in bytes and its newest revision.

    `has_digest`: whether the file was compared with the digest beside it.
    """

    path: Path
    size: int
    revision: int
    has_digest: bool = True


def back_up(database: Database, to: Path) -> Backup:
    """Writes a consistent backup to the file `to`; does not block readers or writers.

    Raises StartError if there is no database, or `to` exists.
    """
    if to.exists():
        raise StartError(f"{to} exists already; remove it, or use another path.")
    if isinstance(database, SQLiteDatabase):
        from service.maintenance.backup import sqlite

        return sqlite.back_up(database, to)
    from service.maintenance.backup import postgresql

    return postgresql.back_up(_as_postgresql(database), to)


def restore(backup: Path, database: Database, *, replace: bool) -> Backup:
    """Restores a database that no process uses from a backup.

    Raises StartError if the backup is invalid, or a database exists and `replace` is false.
    """
    if not backup.exists():
        raise StartError(f"There is no backup at {backup}.")
    from service.maintenance.backup.digest import check_digest

    has_digest = check_digest(backup)
    if isinstance(database, SQLiteDatabase):
        from service.maintenance.backup import sqlite

        restored = sqlite.restore(backup, database, replace=replace)
    else:
        from service.maintenance.backup import postgresql

        restored = postgresql.restore(backup, _as_postgresql(database), replace=replace)
    return dataclass_replace(restored, has_digest=has_digest)


def _as_postgresql(database: Database) -> PostgreSQLDatabase:
    if not isinstance(database, PostgreSQLDatabase):
        raise TypeError(f"Cannot back up {database.label}.")
    return database
