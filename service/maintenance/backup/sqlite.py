"""Copies of a SQLite database, by SQLite's own backup."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from schema.migrations import head
from service.database.sqlite.database import SQLiteDatabase
from service.errors import StartError
from service.maintenance.backup import Copy

# How long a copy waits for whoever holds the database, in seconds.
_WAIT_SECONDS = 30.0
_UNFINISHED = ".unfinished"


def back_up(database: SQLiteDatabase, to: Path) -> Copy:
    """Copies a database as it stands at one moment."""
    if not database.path.exists():
        raise StartError(f"There is no database at {database.path}.")
    return _copied(database.path, to)


def restore(copy: Path, database: SQLiteDatabase, *, replace: bool) -> Copy:
    """Puts a copy in the place of a database. Nothing may have that open."""
    path = database.path
    _check(copy)
    if path.exists():
        if not replace:
            raise StartError(
                f"There is a database at {path}; give --replace to put the copy in its place."
            )
        _make_sure_that_nobody_has_it_open(path)
    return _copied(copy, path)


def _copied(source: Path, target: Path) -> Copy:
    """Under another name first: whatever happens, the target is whole or not touched."""
    unfinished = target.with_name(target.name + _UNFINISHED)
    unfinished.unlink(missing_ok=True)
    try:
        with _told(source), closing(_open(source)) as old, closing(_open(unfinished)) as new:
            # In one go: a copy made piece by piece begins anew with each write.
            old.backup(new)
            # One file, with no journal that belongs to it.
            new.execute("PRAGMA journal_mode=DELETE")
        revision = _check(unfinished)
        _flush(unfinished)
        unfinished.replace(target)
        _flush(target.parent)
    except OSError as error:
        raise StartError(f"{target} can't be written: {error.strerror or error}.") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return Copy(target, target.stat().st_size, revision)


def _check(copy: Path) -> int:
    """The newest revision in a copy. Raises StartError where it is damaged, or not one of ours."""
    with _told(copy), closing(_open(copy)) as connection:
        ((sound, *_), *_) = connection.execute("PRAGMA integrity_check(1)").fetchall()
        if sound != "ok":
            raise StartError(f"{copy} is damaged: {sound}.")
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise StartError(f"{copy} is damaged: something in it refers to what is not there.")
        try:
            (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            (revision,) = connection.execute("SELECT max(number) FROM revision").fetchone()
        except (sqlite3.OperationalError, TypeError):
            raise StartError(f"{copy} is no database of AllyGraph.") from None
    if found > head():
        raise StartError(
            f"{copy} is at migration {found}, which is not known here: use the AllyGraph that made "
            "it, or a newer one."
        )
    return int(revision)


def _make_sure_that_nobody_has_it_open(database: Path) -> None:
    """What another process has open can't leave the WAL mode: that tells of it."""
    with closing(sqlite3.connect(database, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            raise StartError(
                f"{database} is in use: end the service first, so that nobody goes on with what is "
                "about to be replaced."
            ) from None
        except sqlite3.DatabaseError:
            # It is damaged: that may be why it is to be replaced.
            return


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise StartError(SQLiteDatabase(path).explain(error)) from None


def _flush(path: Path) -> None:
    """To the disk, so that a copy that was reported is there after a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
