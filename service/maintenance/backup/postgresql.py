"""Backups of PostgreSQL, by `pg_dump` and `pg_restore`.

If these are not installed, a backup is a SQLite file, filled as by `allygraph copy`. Both
kinds can be restored.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from service.database.postgresql.database import PostgreSQLDatabase
from service.database.postgresql.pooler import TRANSACTION
from service.database.sqlite.database import SQLiteDatabase
from service.database.sqlite.driver import create_private
from service.errors import StartError
from service.maintenance.backup import Backup
from service.maintenance.backup.digest import write_digest
from service.maintenance.copying import copy as copy_rows

_UNFINISHED = ".unfinished"
# The first bytes of each kind of backup.
_DUMP_SIGNATURE, _SQLITE_SIGNATURE = b"PGDMP", b"SQLite format 3\0"

_NEWEST = "SELECT max(number) FROM revision"
_HAS_TABLES = "SELECT to_regclass('revision') IS NOT NULL"
_OTHER_CONNECTIONS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND application_name = 'allygraph' AND pid <> pg_backend_pid()"
)


def back_up(database: PostgreSQLDatabase, to: Path) -> Backup:
    """Writes a consistent backup to the file `to`."""
    database.check()
    _refuse_pooler(database)
    unfinished = to.with_name(to.name + _UNFINISHED)
    unfinished.unlink(missing_ok=True)
    try:
        create_private(unfinished)
        if shutil.which("pg_dump"):
            revision = _dump(database, unfinished)
        else:
            revision = copy_rows(database, SQLiteDatabase(unfinished), _no_progress).revision
        write_digest(to, unfinished)
        unfinished.replace(to)
    except OSError as error:
        raise StartError(f"{to} cannot be written: {error.strerror or error}.") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return Backup(to, to.stat().st_size, revision)


def _refuse_pooler(database: PostgreSQLDatabase) -> None:
    """Raises StartError behind a pooler in transaction mode: PostgreSQL's tools need sessions."""
    if database.pooler == TRANSACTION:
        raise StartError(
            "pg_dump and pg_restore do not work through a pooler of transactions: name the server "
            "itself with --database-url."
        )


def restore(backup: Path, database: PostgreSQLDatabase, *, replace: bool) -> Backup:
    """Restores a database that no process uses, all or nothing."""
    _refuse_pooler(database)
    with backup.open("rb") as file:
        signature = file.read(len(_SQLITE_SIGNATURE))
    with _connected(database) as connection:
        ((other_connections,),) = connection.execute(_OTHER_CONNECTIONS).fetchall()
        ((has_data,),) = connection.execute(_HAS_TABLES).fetchall()
    if other_connections:
        raise StartError(f"{database.label} is in use: stop the service first.")
    if signature.startswith(_DUMP_SIGNATURE):
        if has_data and not replace:
            raise StartError(
                f"The database {database.label} has tables; use --replace to replace them."
            )
        _verify_dump(backup)
        _run(database, "pg_restore", "--clean", "--if-exists", "--single-transaction", str(backup))
    elif signature == _SQLITE_SIGNATURE:
        copy_rows(SQLiteDatabase(backup), database, _no_progress)
    else:
        raise StartError(
            f"{backup} is not a backup: it is neither a dump of pg_dump nor a SQLite file."
        )
    database.check()
    return Backup(backup, backup.stat().st_size, _newest(database))


def _dump(database: PostgreSQLDatabase, to: Path) -> int:
    """Dumps a snapshot to the file `to`; returns the snapshot's newest revision."""
    with _connected(database) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        ((snapshot,),) = connection.execute("SELECT pg_export_snapshot()").fetchall()
        ((revision,),) = connection.execute(_NEWEST).fetchall()
        arguments = ("--format=custom", f"--snapshot={snapshot}", f"--file={to}")
        _run(database, "pg_dump", *arguments)
    _verify_dump(to)
    return int(revision)


def _verify_dump(dump: Path) -> None:
    """Verifies that the whole dump can be read."""
    _run(None, "pg_restore", f"--file={os.devnull}", str(dump))


def _run(database: PostgreSQLDatabase | None, program: str, *arguments: str) -> None:
    """Runs a PostgreSQL client program. The password is passed in the environment."""
    environment, target = dict(os.environ), []
    if database is not None:
        parts: dict[str, Any] = dict(conninfo_to_dict(database.url))
        if password := parts.pop("password", None):
            environment["PGPASSWORD"] = str(password)
        target = ["--no-owner", "--no-privileges", f"--dbname={make_conninfo(**parts)}"]
    try:
        subprocess.run(  # noqa: S603 - no shell, and the program is a constant
            [program, *target, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
    except FileNotFoundError:
        raise StartError(
            f"{program} is not installed; install the PostgreSQL client programs."
        ) from None
    except subprocess.CalledProcessError as error:
        last = error.stderr.strip().splitlines()[-1:] or ["unknown error"]
        raise StartError(f"{program} failed: {last[0]}.") from None


@contextmanager
def _connected(database: PostgreSQLDatabase) -> Iterator[psycopg.Connection[Any]]:
    try:
        with psycopg.connect(database.url, autocommit=True) as connection:
            yield connection
    except psycopg.Error as error:
        raise StartError(database.explain(error)) from None


def _newest(database: PostgreSQLDatabase) -> int:
    with _connected(database) as connection:
        ((revision,),) = connection.execute(_NEWEST).fetchall()
        return int(revision)


def _no_progress(_: str, __: int, ___: int) -> None:
    """Ignores progress."""
