"""SQLite: a file, with one writer at a time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Integer,
    Table,
    Text,
    column,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    table,
)
from sqlalchemy.exc import DatabaseError, DBAPIError

from schema.migrations import current, head
from schema.writing.short_statements import Parameters, read
from service.database import WAIT_SECONDS, busy_with_writes
from service.database.incomplete import refuse_incomplete, refuse_other_migration
from service.database.sqlite.driver import Connection as DriverConnection
from service.database.sqlite.driver import FileConnection, identity_of
from service.database.unfinished_copy import refuse_unfinished
from service.errors import DatabaseUnavailable, StartError
from service.sql.dialect import Dialect
from service.sql.sqlite import SQLite

# Few cached and no mapped pages: both count as memory of the process, the file cache does not.
_READER_PRAGMAS = ("query_only=1", "mmap_size=0", "temp_store=memory")
# The number of prepared statements that a reader caches: apsw's maximum.
_STATEMENTS = 512


def path_in(url: URL) -> Path:
    """The path in a URL. Raises StartError unless it is `sqlite:///PATH`."""
    has_server = (url.host, url.port, url.username, url.password) != (None,) * 4
    if url.get_backend_name() != "sqlite" or not url.database or url.query or has_server:
        raise StartError(
            f"{url.render_as_string()!r} is not a supported database URL; use "
            "sqlite:///PATH (a file), or postgresql://USER:PASSWORD@HOST/NAME."
        )
    return Path(url.database)


def open_reader(path: Path, cache_kib: int = 4_000) -> apsw.Connection:
    """A read-only connection. Raises apsw.Error."""
    # Without SQLITE_OPEN_CREATE, SQLite does not create a missing file.
    connection = FileConnection(
        str(path), flags=apsw.SQLITE_OPEN_READWRITE, statementcachesize=_STATEMENTS
    )
    try:
        connection.set_busy_timeout(int(WAIT_SECONDS * 1000))
        for pragma in (*_READER_PRAGMAS, f"cache_size=-{cache_kib}"):
            connection.execute(f"PRAGMA {pragma}")
    except apsw.Error:
        connection.close()
        raise
    return connection


# A new process waits longer than a write: SQLite has no queue for its lock, so processes that
# write all the time may take the lock again and again.
_START_WAIT_SECONDS = 4 * WAIT_SECONDS
_SEQUENCES = table("sqlite_sequence", column("name", Text), column("seq", Integer))


class SQLiteDatabase:
    """A SQLite file."""

    def __init__(self, path: Path) -> None:
        """Does not open the file."""
        self.path = path
        self.label = str(path)
        self._identity: tuple[int, int] | None = None
        self.dialect: Dialect = SQLite()
        self.errors: tuple[type[Exception], ...] = (DBAPIError, apsw.Error)

    def engine(self, wait_seconds: float = WAIT_SECONDS) -> Engine:
        """Returns an engine for writes, which waits up to `wait_seconds` for other writes."""
        address = URL.create("sqlite+apsw", database=str(self.path))
        engine = create_engine(address, connect_args={"timeout": wait_seconds})
        event.listen(engine, "connect", _prepare_writer)
        return engine

    def writer_engine(self, wait_seconds: float) -> Engine:
        """Returns an engine whose driver begins no transactions: the caller executes BEGIN."""
        engine = self.engine(wait_seconds)
        event.listen(engine, "connect", _disable_driver_transactions)
        return engine

    def begin_write(
        self, connection: Connection, wait_seconds: float, *first: tuple[str, Parameters]
    ) -> list[Sequence[Sequence[Any]]]:
        """Takes the write lock when the transaction begins: it may fail to get the lock later."""
        driver: Any = connection.connection.driver_connection
        # Not a PRAGMA, which is parsed again for each number: that takes as long as a short write.
        driver.set_busy_timeout(max(0, int(wait_seconds * 1000)))
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return [read(connection, *each) for each in first]

    def begin_snapshot(self, connection: Connection) -> None:
        """Begins the transaction; in WAL mode its first read fixes the snapshot."""
        connection.exec_driver_sql("BEGIN")

    @contextmanager
    def transaction(self, connection: Connection) -> Iterator[None]:
        """A transaction that begins and commits explicitly: the driver does neither."""
        with connection.begin():
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield

    def last_key(self, connection: Connection, table: Table) -> int:
        """The key in `sqlite_sequence`; for a table without AUTOINCREMENT, the greatest key."""
        kept = table.dialect_options["sqlite"]["autoincrement"]
        last = select(_SEQUENCES.c.seq).where(_SEQUENCES.c.name == table.name)
        return connection.scalar(last if kept else select(func.max(table.c.id))) or 0

    def set_last_key(self, connection: Connection, table: Table, key: int) -> None:
        """Replaces the row in `sqlite_sequence`, which only tables with AUTOINCREMENT have."""
        if not table.dialect_options["sqlite"]["autoincrement"]:
            return
        connection.execute(delete(_SEQUENCES).where(_SEQUENCES.c.name == table.name))
        if key:
            connection.execute(insert(_SEQUENCES).values(name=table.name, seq=key))

    def make_place(self) -> None:
        """Creates the folder of the file. Raises StartError."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise StartError(
                f"The folder {self.path.parent} cannot be created ({reason}): set "
                "ALLYGRAPH_DATABASE_URL to a file in another folder."
            ) from None

    def check(self) -> None:
        """Raises StartError, with what to do, if the service can't use this database."""
        if not self.path.exists():
            raise StartError(
                f"There is no database at {self.path}: create it with `allygraph migrate`, "
                "then `allygraph seed`."
            )
        engine = self.engine(_START_WAIT_SECONDS)
        try:
            with engine.connect() as connection:
                refuse_unfinished(connection, self.label)
                found = current(connection)
                if found == head():
                    refuse_incomplete(connection, self.label)
                    _try_to_write(connection)
        except DatabaseError as error:
            raise StartError(self.explain(error)) from None
        finally:
            engine.dispose()
        self._identity = identity_of(self.path)
        refuse_other_migration(found, self.label)

    def check_is_there(self) -> None:
        """Raises DatabaseUnavailable if the file is missing: SQLite would create an empty one."""
        if not self.path.exists():
            raise DatabaseUnavailable(
                f"The database {self.path} is missing; restore it.", needs_operator=True
            )
        self._identity = self._identity or identity_of(self.path)

    def check_is_same(self) -> None:
        """Compares device and inode: open connections still use a file after it was deleted."""
        if self._identity not in (None, identity_of(self.path)):
            raise DatabaseUnavailable(
                f"The file {self.path} was moved, deleted or replaced while the service used it: "
                "put it back, or restart the service to use the file that is there now.",
                needs_operator=True,
            )

    def hang_up(self, driver: Any) -> None:
        """Does nothing: there is no server to wait for."""

    def explain(self, error: Exception) -> str:
        """An error of the driver, as one line for the operator."""
        text = str(getattr(error, "orig", error))
        for fragment, meaning in _MEANINGS.items():
            if fragment in text:
                return f"The database {self.path} {meaning}."
        return f"The database {self.path} cannot be used: {text}."

    def unavailable(self, error: Exception) -> DatabaseUnavailable:
        """The error for clients; only a lock needs no operator."""
        reason = self.explain(error)
        return DatabaseUnavailable(reason, needs_operator=_LOCKED not in reason)

    def trouble(self, error: Exception, waited_seconds: float) -> DatabaseUnavailable | None:
        """The error for a write; None for a bug of the service, such as a violated constraint."""
        cause = getattr(error, "orig", error)
        if not isinstance(cause, apsw.Error) or isinstance(cause, _OUR_FAULTS):
            return None
        if isinstance(cause, apsw.BusyError):
            return busy_with_writes(waited_seconds)
        return self.unavailable(cause)


def _prepare_writer(connection: Any, _: object) -> None:
    # In WAL mode readers and the writer do not block each other.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    # Savepoint journals stay in memory instead of temporary files.
    connection.execute("PRAGMA temp_store=memory")


def _disable_driver_transactions(connection: DriverConnection, _: object) -> None:
    connection.isolation_level = None


def _try_to_write(connection: Connection) -> None:
    """Writes and rolls back, since taking the lock does not show whether the file is writable."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")
    connection.exec_driver_sql("ROLLBACK")


# Errors of a row, a value or a statement: bugs of the service, if a write raises them.
_OUR_FAULTS = (
    *(apsw.ConstraintError, apsw.MismatchError, apsw.TooBigError, apsw.BindingsError),
    *(apsw.MisuseError, apsw.RangeError, apsw.ConnectionClosedError, apsw.CursorClosedError),
    *(apsw.IncompleteExecutionError, apsw.ThreadingViolationError, apsw.InternalError),
)

_LOCKED = "is locked by another process"
_MEANINGS = {
    "not a database": "is not a SQLite database; set ALLYGRAPH_DATABASE_URL to one that is",
    "readonly": "is read-only; give this user write permission for it and its folder",
    "read-only": "is read-only; give this user write permission for it and its folder",
    "disk is full": "has no disk space left; free some",
    "locked": f"{_LOCKED}; stop that process, or wait for it",
    "unable to open": "cannot be opened; check that its folder exists and is writable",
    "disk I/O": "cannot be read; check the disk",
    "malformed": "is damaged; restore a backup",
}
