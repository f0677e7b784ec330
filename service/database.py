"""The embedded database: where it is, how it is opened, and whether it can be served."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError

from schema.migrations import current, head
from service.errors import StartError

# How long a connection waits for another process that writes, in seconds.
_WAIT_SECONDS = 5.0
# Pages held and mapped count towards the memory of the process; the system's own cache does not.
_READER_PRAGMAS = ("query_only=1", "mmap_size=0", "temp_store=memory")


def database_path(url: str) -> Path:
    """The file of an embedded database. Raises StartError for what is no `sqlite:///PATH`."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StartError(f"{url!r} is no database address; give sqlite:///PATH.") from None
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.query:
        raise StartError(
            f"{parsed.render_as_string()!r} can't be served; give sqlite:///PATH (a file)."
        )
    return Path(parsed.database)


def open_reader(path: Path, cache_kib: int = 4_000) -> sqlite3.Connection:
    """A connection that only reads. Texts come as bytes: an answer is sent as it was read."""
    connection = sqlite3.connect(
        # Without a mode a file that is gone would be made anew.
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=_WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
    )
    try:
        for pragma in (*_READER_PRAGMAS, f"cache_size=-{cache_kib}"):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    connection.text_factory = bytes
    return connection


def open_engine(url: str, wait_seconds: float = _WAIT_SECONDS) -> Engine:
    """An engine that writes; it waits so long for others that do."""
    engine = create_engine(
        f"sqlite:///{database_path(url)}", connect_args={"timeout": wait_seconds}
    )
    event.listen(engine, "connect", _prepare_writer)
    return engine


def _prepare_writer(connection: Any, _: object) -> None:
    # In WAL mode readers and a writer don't wait for each other.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    # What a savepoint may have to undo is kept in memory, and not in a file for each.
    connection.execute("PRAGMA temp_store=memory")


def check_database(url: str) -> Path:
    """The file, once it is sure that it can be served. Raises StartError with what to do."""
    path = database_path(url)
    if not path.exists():
        raise StartError(
            f"There is no database at {path}: make one with `allygraph migrate`, "
            "then `allygraph seed`."
        )
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            found = current(connection)
            if found == head():
                _try_to_write(connection)
    except DatabaseError as error:
        raise StartError(explain(path, error)) from None
    finally:
        engine.dispose()
    if found != head():
        raise StartError(
            f"The database {path} is at migration {found or 'none'}, not {head()}: "
            "run `allygraph migrate`."
        )
    return path


def _try_to_write(connection: Connection) -> None:
    """Changes nothing. Only a change shows whether a file may be changed: locking it does not."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")
    connection.exec_driver_sql("ROLLBACK")


def explain(path: Path, error: Exception) -> str:
    """What a database error means to an operator, in one line."""
    text = str(getattr(error, "orig", error))
    advice = {
        "not a database": "is not a SQLite database; set ALLYGRAPH_DATABASE_URL to one that is",
        "readonly": "can't be written to; give this user the right to write it and its folder",
        "read-only": "can't be written to; give this user the right to write it and its folder",
        "locked": "is locked by another process; end that process, or wait for it",
        "unable to open": "can't be opened; check that its folder exists and may be written to",
        "disk I/O": "can't be read; check the disk",
        "malformed": "is damaged; restore a copy",
    }
    for sign, meaning in advice.items():
        if sign in text:
            return f"The database {path} {meaning}."
    return f"The database {path} can't be used: {text}."
