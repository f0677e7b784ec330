"""SQLite as the embedded database: a file, with one writer at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Integer,
    Text,
    column,
    create_engine,
    delete,
    event,
    insert,
    select,
    table,
)
from sqlalchemy.exc import DatabaseError

from schema.migrations import current, head
from service.database import WAIT_SECONDS
from service.database.unfinished_copy import refuse_unfinished
from service.errors import BusyDatabase, DatabaseUnavailable, StartError
from service.sql.dialect import Dialect
from service.sql.sqlite import SQLite

# Pages held and mapped count towards the memory of the process; the system's own cache does not.
_READER_PRAGMAS = ("query_only=1", "mmap_size=0", "temp_store=memory")


def path_in(url: URL) -> Path:
    """The file of an embedded database. Raises StartError for what is no `sqlite:///PATH`."""
    if url.get_backend_name() != "sqlite" or not url.database or url.query:
        raise StartError(
            f"{url.render_as_string()!r} can't be served; give sqlite:///PATH (a file), or "
            "postgresql://USER:PASSWORD@HOST/NAME."
        )
    return Path(url.database)


def open_reader(path: Path, cache_kib: int = 4_000) -> sqlite3.Connection:
    """A connection that only reads. Texts come as bytes: an answer is sent as it was read."""
    connection = sqlite3.connect(
        # Without a mode a file that is gone would be made anew.
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=WAIT_SECONDS,
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


_SEQUENCES = table("sqlite_sequence", column("name", Text), column("seq", Integer))


class SQLiteDatabase:
    """A file."""

    def __init__(self, path: Path) -> None:
        """Nothing is opened yet."""
        self.path = path
        self.label = str(path)
        self.dialect: Dialect = SQLite()

    def engine(self, wait_seconds: float = WAIT_SECONDS) -> Engine:
        """An engine that writes; it waits so long for others that do."""
        address = URL.create("sqlite", database=str(self.path))
        engine = create_engine(address, connect_args={"timeout": wait_seconds})
        event.listen(engine, "connect", _prepare_writer)
        return engine

    def writer_engine(self, wait_seconds: float) -> Engine:
        """An engine whose transactions begin and end as we say, and not as the driver does."""
        engine = self.engine(wait_seconds)
        event.listen(engine, "connect", _leave_transactions_to_us)
        return engine

    def begin_write(self, connection: Connection, wait_seconds: float) -> None:
        """With the right to write: a transaction that asks for it later may ask in vain."""
        milliseconds = max(0, int(wait_seconds * 1000))
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {milliseconds}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def begin_snapshot(self, connection: Connection) -> None:
        """In WAL mode what is read first is the state that is read on."""
        connection.exec_driver_sql("BEGIN")

    @contextmanager
    def transaction(self, connection: Connection) -> Iterator[None]:
        """From BEGIN to COMMIT, which the driver leaves to us."""
        with connection.begin():
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield

    def last_key(self, connection: Connection, table: str) -> int:
        """SQLite keeps it in a table of its own."""
        found = select(_SEQUENCES.c.seq).where(_SEQUENCES.c.name == table)
        return connection.scalar(found) or 0

    def set_last_key(self, connection: Connection, table: str, key: int) -> None:
        """The row is there once the table has had one."""
        connection.execute(delete(_SEQUENCES).where(_SEQUENCES.c.name == table))
        if key:
            connection.execute(insert(_SEQUENCES).values(name=table, seq=key))

    def make_place(self) -> None:
        """The folder of the file."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise StartError(
                f"The folder {self.path.parent} can't be made ({reason}): set "
                "ALLYGRAPH_DATABASE_URL to a file in one that can."
            ) from None

    def check(self) -> None:
        """Raises StartError, with what to do, where this can't be served."""
        if not self.path.exists():
            raise StartError(
                f"There is no database at {self.path}: make one with `allygraph migrate`, "
                "then `allygraph seed`."
            )
        engine = self.engine()
        try:
            with engine.connect() as connection:
                refuse_unfinished(connection, self.label)
                found = current(connection)
                if found == head():
                    _try_to_write(connection)
        except DatabaseError as error:
            raise StartError(self.explain(error)) from None
        finally:
            engine.dispose()
        if found != head():
            raise StartError(
                f"The database {self.path} is at migration {found or 'none'}, not {head()}: "
                "run `allygraph migrate`."
            )

    def check_is_there(self) -> None:
        """SQLite would make the file anew, and empty."""
        if not self.path.exists():
            raise DatabaseUnavailable(f"There is no database at {self.path} any more; restore it.")

    def explain(self, error: Exception) -> str:
        """What a database error means to an operator, in one line."""
        text = str(getattr(error, "orig", error))
        for sign, meaning in _MEANINGS.items():
            if sign in text:
                return f"The database {self.path} {meaning}."
        return f"The database {self.path} can't be used: {text}."

    def trouble(self, error: Exception, waited_seconds: float) -> DatabaseUnavailable | None:
        """The error to a writer; None for faults of ours, as a row that refers to nothing."""
        cause = getattr(error, "orig", error)
        if type(cause) not in (sqlite3.DatabaseError, sqlite3.OperationalError):
            return None
        # The lowest byte tells of what sort an error is.
        if getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            return BusyDatabase(
                f"Others have been writing for {waited_seconds:g} seconds, so nothing was "
                "written; try again."
            )
        return DatabaseUnavailable(self.explain(cause))


def _prepare_writer(connection: Any, _: object) -> None:
    # In WAL mode readers and a writer don't wait for each other.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    # What a savepoint may have to undo is kept in memory, and not in a file for each.
    connection.execute("PRAGMA temp_store=memory")


def _leave_transactions_to_us(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None


def _try_to_write(connection: Connection) -> None:
    """Changes nothing. Only a change shows whether a file may be changed: locking it does not."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")
    connection.exec_driver_sql("ROLLBACK")


_MEANINGS = {
    "not a database": "is not a SQLite database; set ALLYGRAPH_DATABASE_URL to one that is",
    "readonly": "can't be written to; give this user the right to write it and its folder",
    "read-only": "can't be written to; give this user the right to write it and its folder",
    "locked": "is locked by another process; end that process, or wait for it",
    "unable to open": "can't be opened; check that its folder exists and may be written to",
    "disk I/O": "can't be read; check the disk",
    "malformed": "is damaged; restore a copy",
}
