"""Backups of SQLite, by its online backup API."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import apsw

from schema.migrations import head
from service.database.sqlite.database import SQLiteDatabase
from service.database.sqlite.driver import Connection, connect
from service.errors import StartError
from service.maintenance.backup import Backup
from service.maintenance.backup.digest import write_digest

# The time that a backup waits for a lock on the database, in seconds.
_WAIT_SECONDS = 30.0
_UNFINISHED = ".unfinished"


def back_up(database: SQLiteDatabase, to: Path) -> Backup:
    """Writes a consistent backup to the file `to`."""
    if not database.path.exists():
        raise StartError(f"There is no database at {database.path}.")
    return _copy(database.path, to, with_digest=True)


def restore(backup: Path, database: SQLiteDatabase, *, replace: bool) -> Backup:
    """Restores a database that no process has open."""
    path = database.path
    _check(backup)
    if path.exists():
        if not replace:
            raise StartError(f"There is a database at {path}; use --replace to replace it.")
        _check_not_open(path)
    return _copy(backup, path, with_digest=False)


def _copy(source: Path, target: Path, *, with_digest: bool) -> Backup:
    """Copies under a temporary name, so that the target is complete or unchanged."""
    unfinished = target.with_name(target.name + _UNFINISHED)
    unfinished.unlink(missing_ok=True)
    try:
        if not target.parent.is_dir():
            raise StartError(f"There is no folder {target.parent}; create it first.")
        with (
            _driver_errors(source),
            closing(_open(source)) as source_connection,
            closing(_open(unfinished)) as target_connection,
        ):
            # In one step: an incremental copy restarts at each write to the source.
            with target_connection.backup("main", source_connection, "main") as backup:
                backup.step()
            # Makes the backup one file, without a journal beside it.
            target_connection.execute("PRAGMA journal_mode=DELETE")
        revision = _check(unfinished)
        _sync(unfinished)
        if with_digest:
            write_digest(target, unfinished)
        unfinished.replace(target)
        _sync(target.parent)
    except OSError as error:
        raise StartError(f"{target} cannot be written: {error.strerror or error}.") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return Backup(target, target.stat().st_size, revision)


def _check(backup: Path) -> int:
    """The newest revision in a backup. Raises StartError if it is damaged, or not of AllyGraph."""
    with (
        _driver_errors(backup),
        _refusing_other_files(backup),
        closing(_open(backup)) as connection,
    ):
        ((integrity, *_), *_) = connection.execute("PRAGMA integrity_check(1)").fetchall()
        if integrity != "ok":
            raise StartError(f"{backup} is damaged: {integrity}. Use another backup.")
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise StartError(
                f"{backup} is damaged: it has foreign keys to missing rows. Use another backup."
            )
        try:
            found = connection.execute("SELECT version_num FROM alembic_version").get
            revision = connection.execute("SELECT max(number) FROM revision").get
        except apsw.SQLError:
            found = revision = None
    if found is None or revision is None:
        raise StartError(f"{backup} is not an AllyGraph database.")
    if found > head():
        raise StartError(
            f"{backup} is at the unknown migration {found}: use the AllyGraph version that created "
            "it, or a newer one."
        )
    return int(revision)


def _check_not_open(database: Path) -> None:
    """Raises StartError if another process has the database open: it can't leave WAL mode then."""
    with closing(_open(database, wait_seconds=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA journal_mode=DELETE")
        except apsw.BusyError:
            raise StartError(f"{database} is in use: stop the service first.") from None
        except apsw.Error:
            # A damaged database may be replaced.
            return


def _open(path: Path, wait_seconds: float = _WAIT_SECONDS) -> Connection:
    return connect(path, timeout=wait_seconds, isolation_level=None)


@contextmanager
def _driver_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except apsw.Error as error:
        raise StartError(SQLiteDatabase(path).explain(error)) from None


@contextmanager
def _refusing_other_files(backup: Path) -> Iterator[None]:
    try:
        yield
    except apsw.NotADBError:
        raise StartError(f"{backup} is not a backup of AllyGraph: use another file.") from None


def _sync(path: Path) -> None:
    """Syncs to disk, so that a reported backup survives a power failure."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
