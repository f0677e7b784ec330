"""The databases of the tests, identified by the path of a file.

With ALLYGRAPH_TEST_DATABASE=postgresql each path stands for a database of a PostgreSQL server, so
that the same tests run on both.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg

from schema.records.revision import WRITING_LOCK
from service.database import Database, database_at
from service.database.postgresql import database as postgresql_database
from service.database.sqlite import database as sqlite_database
from service.database.sqlite.driver import connect
from tests import postgresql

ON_POSTGRESQL = os.environ.get("ALLYGRAPH_TEST_DATABASE", "sqlite") == "postgresql"

Row = tuple[Any, ...]

_urls: dict[Path, str] = {}
# Copies of databases that tests copy, without connections: PostgreSQL copies no others.
_templates: dict[Path, str] = {}


def url_of(path: Path) -> str:
    """Returns the URL of the database that a path stands for. PostgreSQL creates an empty one."""
    if not ON_POSTGRESQL:
        return f"sqlite:///{path}"
    if path not in _urls:
        _urls[path] = postgresql.create_database()
    return _urls[path]


def stand_for(path: Path, url: str) -> None:
    """Lets the path stand for this database, which another process has created."""
    if ON_POSTGRESQL:
        _urls[path] = url


def database_of(path: Path) -> Database:
    """Returns the service's object of the database."""
    return database_at(url_of(path))


def keep_for_copies(path: Path) -> None:
    """Declares that a database will not change. It must have no connections."""
    if ON_POSTGRESQL:
        _templates[path] = postgresql.create_database(template=url_of(path))


def copy_of(path: Path, folder: Path, name: str = "copy.db") -> Path:
    """Creates a copy in that folder, which a test may change."""
    copy = folder / name
    if ON_POSTGRESQL:
        template = _templates.get(path) or url_of(path)
        _urls[copy] = postgresql.create_database(template=template)
    else:
        _copy_file(path, copy)
    return copy


def _copy_file(path: Path, copy: Path) -> None:
    """Copies the file with its journal mode and the content of its log."""
    with (
        closing(connect(path)) as source,
        closing(connect(copy)) as target,
        target.backup("main", source, "main") as backup,
    ):
        backup.step()


def put_back(beginning: Path, path: Path) -> None:
    """Resets a database to the content of another, which may have connections."""
    if not ON_POSTGRESQL:
        _copy_file(beginning, path)
        return
    with connected(beginning) as source, connected(path) as target:
        # Triggers and foreign keys are off.
        target.execute("SET session_replication_role = replica")
        for name, columns in source.execute(_COLUMNS).fetchall():
            # Not TRUNCATE, after which PostgreSQL would plan every statement again.
            target.execute(f"DELETE FROM {name}")
            with (
                source.cursor().copy(f"COPY {name} ({columns}) TO STDOUT") as read,
                target.cursor().copy(f"COPY {name} ({columns}) FROM STDIN") as written,
            ):
                for part in read:
                    written.write(part)
        for name, number in source.execute(_SEQUENCES).fetchall():
            target.execute("SELECT setval(%s, coalesce(%s, 1), %s)", [name, number, bool(number)])


# Computed columns are not copied.
_COLUMNS = """
    SELECT quote_ident(attrelid::regclass::text), string_agg(quote_ident(attname), ', ')
    FROM pg_attribute JOIN pg_tables ON attrelid = quote_ident(tablename)::regclass
    WHERE schemaname = 'public' AND attnum > 0 AND attgenerated = '' AND NOT attisdropped
    GROUP BY attrelid
"""
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"


def forget_below(folder: Path) -> None:
    """Drops the databases that paths in that folder stand for."""
    for path in [path for path in _urls if path.is_relative_to(folder)]:
        postgresql.drop_database(_urls.pop(path))


# --- reading and changing them without the service ------------------------------------------------


@contextmanager
def connected(path: Path) -> Iterator[Any]:
    """Yields a connection of the driver. Commits unless an exception was raised."""
    if ON_POSTGRESQL:
        with psycopg.connect(url_of(path)) as connection:
            yield connection
    else:
        with closing(connect(path)) as connection:
            # apsw's own `with` would begin a savepoint, within which BEGIN is an error.
            yield connection
            connection.commit()


def open_connection(path: Path) -> Any:
    """Opens a connection of the driver in autocommit mode, which sees each commit."""
    if ON_POSTGRESQL:
        return psycopg.connect(url_of(path), autocommit=True)
    return connect(path, isolation_level=None)


def placed(sql: str) -> str:
    """Returns SQL with the placeholders of the driver in place of `?`."""
    return sql.replace("%", "%%").replace("?", "%s") if ON_POSTGRESQL else sql


def rows(path: Path, sql: str, *values: Any) -> list[Row]:
    """Returns the rows of a query."""
    with connected(path) as connection:
        found: list[Row] = connection.execute(placed(sql), values).fetchall()
        return found


def change(path: Path, sql: str, *values: Any) -> None:
    """Runs a statement that writes."""
    with connected(path) as connection:
        connection.execute(placed(sql), values)


def table_names(path: Path) -> list[str]:
    """Returns the names of all tables, without internal ones."""
    listed = rows(path, _TABLES_OF_POSTGRESQL if ON_POSTGRESQL else _TABLES_OF_SQLITE)
    return [name for (name,) in listed]


_TABLES_OF_POSTGRESQL = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
# The counters of ids are no data, and neither are the tables of the index of words.
_TABLES_OF_SQLITE = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sqlite_sequence' "
    "AND name NOT LIKE 'search_word%' ORDER BY 1"
)


def column_names(path: Path, table: str) -> list[str]:
    """Returns the names of a table's columns, without computed ones."""
    listed = rows(path, _NAMES_OF_POSTGRESQL if ON_POSTGRESQL else _NAMES_OF_SQLITE, table)
    return [name for (name,) in listed]


_NAMES_OF_POSTGRESQL = """
    SELECT column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = ? AND is_generated = 'NEVER' ORDER BY 1
"""
_NAMES_OF_SQLITE = "SELECT name FROM pragma_table_info(?) ORDER BY cid"


def everything(path: Path) -> dict[str, list[Row]]:
    """Returns every row of every table, to check that nothing was changed."""
    names = table_names(path)
    with connected(path) as connection:
        found = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    return {name: sorted(each, key=repr) for name, each in found.items()}


@contextmanager
def known_to_be_whole() -> Iterator[None]:
    """Skips the comparison of triggers and constraints when a database is opened.

    A copy has those of its original, and the comparison takes longer than most tests.
    """
    modules = (sqlite_database, postgresql_database)
    with ExitStack() as stack:
        for module in modules:
            stack.enter_context(patch.object(module, "refuse_incomplete"))
        yield


@contextmanager
def writing_elsewhere(path: Path) -> Iterator[Callable[[], None]]:
    """Holds the lock of writers as another process, until the end or until released.

    Yields the function that releases it, which any thread may call.
    """
    if ON_POSTGRESQL:
        with psycopg.connect(url_of(path)) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING_LOCK])
            yield connection.rollback
    else:
        with closing(open_connection(path)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection.rollback
