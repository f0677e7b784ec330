"""Copies of a PostgreSQL database, by its own `pg_dump` and `pg_restore`.

Where these are not installed a copy is a SQLite file, filled as `allygraph copy` does it. Either
can be put back.
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
from service.database.sqlite.database import SQLiteDatabase
from service.errors import StartError
from service.maintenance.backup import Copy
from service.maintenance.copying import copy as copy_rows

_UNFINISHED = ".unfinished"
# How each kind of copy begins.
_DUMP, _FILE = b"PGDMP", b"SQLite format 3\0"

_NEWEST = "SELECT max(number) FROM revision"
_HAS_TABLES = "SELECT to_regclass('revision') IS NOT NULL"
_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND application_name = 'allygraph' AND pid <> pg_backend_pid()"
)


def back_up(database: PostgreSQLDatabase, to: Path) -> Copy:
    """Copies a database as it stands at one moment."""
    database.check()
    unfinished = to.with_name(to.name + _UNFINISHED)
    unfinished.unlink(missing_ok=True)
    try:
        if shutil.which("pg_dump"):
            revision = _dump(database, unfinished)
        else:
            revision = copy_rows(database, SQLiteDatabase(unfinished), _silent).revision
        unfinished.replace(to)
    except OSError as error:
        raise StartError(f"{to} can't be written: {error.strerror or error}.") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return Copy(to, to.stat().st_size, revision)


def restore(copy: Path, database: PostgreSQLDatabase, *, replace: bool) -> Copy:
    """Puts a copy in the place of a database that nobody uses, whole or not at all."""
    with copy.open("rb") as file:
        beginning = file.read(len(_FILE))
    with _connected(database) as connection:
        ((others,),) = connection.execute(_OTHERS).fetchall()
        ((has_data,),) = connection.execute(_HAS_TABLES).fetchall()
    if others:
        raise StartError(f"{database.label} is in use: end the service first.")
    if beginning.startswith(_DUMP):
        if has_data and not replace:
            raise StartError(
                f"There are tables in {database.label}; give --replace to put the copy in their "
                "place."
            )
        _read_whole(copy)
        _run(database, "pg_restore", "--clean", "--if-exists", "--single-transaction", str(copy))
    elif beginning == _FILE:
        copy_rows(SQLiteDatabase(copy), database, _silent)
    else:
        raise StartError(f"{copy} is neither of PostgreSQL's pg_dump nor of SQLite.")
    database.check()
    return Copy(copy, copy.stat().st_size, _newest(database))


def _dump(database: PostgreSQLDatabase, to: Path) -> int:
    """Gives the revision of the very state that is copied."""
    with _connected(database) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        ((snapshot,),) = connection.execute("SELECT pg_export_snapshot()").fetchall()
        ((revision,),) = connection.execute(_NEWEST).fetchall()
        arguments = ("--format=custom", f"--snapshot={snapshot}", f"--file={to}")
        _run(database, "pg_dump", *arguments)
    _read_whole(to)
    return int(revision)


def _read_whole(dump: Path) -> None:
    """Every page of it: what was written is worth nothing if it can't be read."""
    _run(None, "pg_restore", f"--file={os.devnull}", str(dump))


def _run(database: PostgreSQLDatabase | None, program: str, *arguments: str) -> None:
    """Runs one of PostgreSQL's programs. Its password stands in no list of processes."""
    environment, where = dict(os.environ), []
    if database is not None:
        parts: dict[str, Any] = dict(conninfo_to_dict(database.url))
        if password := parts.pop("password", None):
            environment["PGPASSWORD"] = str(password)
        where = ["--no-owner", "--no-privileges", f"--dbname={make_conninfo(**parts)}"]
    try:
        subprocess.run(  # noqa: S603 - a list, whose program is one of three of ours
            [program, *where, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
    except FileNotFoundError:
        raise StartError(
            f"{program} is not installed here; install PostgreSQL's client programs."
        ) from None
    except subprocess.CalledProcessError as error:
        last = error.stderr.strip().splitlines()[-1:] or ["it did not say why"]
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


def _silent(_: str, __: int, ___: int) -> None:
    """Shows no progress."""
