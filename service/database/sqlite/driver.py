"""A DB-API 2.0 driver over apsw, and SQLAlchemy's dialect for it.

apsw contains SQLite, the same version on every platform (`docs/decisions/0023`). Everything in
a process that opens a database file goes through it, also tests: when one copy of the SQLite
library closes a file, the operating system drops the locks that another copy holds on that file.

Transactions begin as in Python's `sqlite3`: before the first statement that writes, or where
`isolation_level` is None only where BEGIN is executed.
"""

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import apsw
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from service.database.sqlite.decimals import add_decimal_functions

apilevel, threadsafety, paramstyle = "2.0", 1, "qmark"
sqlite_version = apsw.sqlite_lib_version()
sqlite_version_info = tuple(int(number) for number in sqlite_version.split("."))

# The base class of all errors, under the name that SQLAlchemy expects.
Error = apsw.Error

_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


class Cursor(apsw.Cursor):
    """A cursor that keeps the columns of its result: apsw has them only while rows are left."""

    description: Any = None
    rowcount = -1

    def __init__(self, connection: "Connection") -> None:
        """Sets a trace function, which stores the columns before the first row is read."""
        super().__init__(connection)
        self.arraysize = 1
        self.exec_trace = _note_columns

    @property
    def lastrowid(self) -> int:
        """The key of the row that was inserted last."""
        return self.connection.last_insert_rowid()

    def execute(self, statements: str, bindings: Any = None, **options: Any) -> "Cursor":
        """Runs one statement. Raises apsw.Error."""
        connection: Any = self.connection
        is_write = connection.begin_where_it_writes(statements)
        super().execute(statements, bindings, **options)
        self.rowcount = connection.changes() if is_write else -1
        return self

    def executemany(
        self, statements: str, sequenceofbindings: Iterable[Any], **options: Any
    ) -> "Cursor":
        """Runs one statement with each of these values. Raises apsw.Error."""
        connection: Any = self.connection
        connection.begin_where_it_writes(statements)
        super().executemany(statements, sequenceofbindings, **options)
        return self

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows, at most `size`."""
        return [row for _, row in zip(range(size or self.arraysize), self, strict=False)]

    def close(self, force: bool = True) -> None:
        """Closes the cursor, and discards the rows that have not been read."""
        super().close(force)


def _note_columns(cursor: Any, _: str, __: Any) -> bool:
    # DB-API 2.0 requires None for a statement without a result.
    cursor.description = tuple((name, *[None] * 6) for name, _ in cursor.get_description()) or None
    return True


def identity_of(path: str | Path) -> tuple[int, int] | None:
    """The device and inode, which distinguish a file from its replacement; None without a file."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


class FileConnection(apsw.Connection):
    """A connection that never damages a file that has replaced its database file.

    When the last connection closes, SQLite removes the write-ahead log by its name, which may by
    then be the log of the other file.
    """

    def __init__(self, path: str, flags: int, **options: Any) -> None:
        """Opens the file, with the parameters of apsw. Raises apsw.Error."""
        super().__init__(path, flags, **options)
        self._path, self._identity = path, identity_of(path)
        # Without this, SQLite plans a prepared statement again when its parameters change.
        self.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
        add_decimal_functions(self)

    def close(self, force: bool = False) -> None:
        """Closes the connection; leaves the log in place if the file was removed or replaced."""
        if self._identity != identity_of(self._path):
            self.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        super().close(force)


class Connection(FileConnection):
    """A connection that begins transactions itself unless its `isolation_level` is None."""

    isolation_level: str | None = ""

    def cursor(self) -> Cursor:
        """A cursor for DB-API 2.0; `execute` of the connection uses apsw's, which is faster."""
        return Cursor(self)

    def execute(self, statements: str, bindings: Any = None, **options: Any) -> apsw.Cursor:
        """Runs one statement. Raises apsw.Error."""
        self.begin_where_it_writes(statements)
        return super().execute(statements, bindings, **options)

    def begin_where_it_writes(self, statement: str) -> bool:
        """Begins a transaction before the first write; returns whether the statement writes."""
        is_write = _WRITES.match(statement) is not None
        if is_write and self.isolation_level is not None and not self.in_transaction:
            super().execute("BEGIN")
        return is_write

    def commit(self) -> None:
        """Commits the transaction, if one has begun."""
        if self.in_transaction:
            self.execute("COMMIT")

    def rollback(self) -> None:
        """Rolls the transaction back, if one has begun."""
        if self.in_transaction:
            self.execute("ROLLBACK")


def create_private(path: str | Path) -> None:
    """Creates an empty file that only its owner may read and write; does nothing if it exists.

    SQLite gives the files beside a database the same permissions. Raises apsw.CantOpenError.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise apsw.CantOpenError(f"unable to open database file: {error.strerror}") from None


def connect(
    path: str | Path, timeout: float = 5.0, isolation_level: str | None = "", **_: Any
) -> Connection:
    """Opens a file, or creates it. `timeout`: the seconds to wait for other writes."""
    create_private(path)
    connection = Connection(str(path), apsw.SQLITE_OPEN_READWRITE)
    connection.isolation_level = isolation_level
    connection.set_busy_timeout(int(timeout * 1000))
    return connection


# The classes of DB-API 2.0 for apsw's errors, as in Python's `sqlite3`.
_KINDS: Mapping[str, Sequence[type[apsw.Error]]] = {
    "IntegrityError": (apsw.ConstraintError, apsw.MismatchError),
    "DataError": (apsw.TooBigError,),
    "InterfaceError": (apsw.MisuseError, apsw.RangeError),
    "ProgrammingError": (
        *(apsw.BindingsError, apsw.ConnectionClosedError, apsw.CursorClosedError),
        *(apsw.IncompleteExecutionError, apsw.ThreadingViolationError),
    ),
    "OperationalError": (
        *(apsw.SQLError, apsw.PermissionsError, apsw.AbortError, apsw.BusyError),
        *(apsw.LockedError, apsw.ReadOnlyError, apsw.InterruptError, apsw.IOError),
        *(apsw.FullError, apsw.CantOpenError, apsw.ProtocolError, apsw.SchemaChangeError),
    ),
    "DatabaseError": (apsw.Error,),
}


class Dialect(SQLiteDialect_pysqlite):
    """SQLAlchemy's SQLite, over apsw: `sqlite+apsw:///PATH`."""

    driver = "apsw"
    supports_statement_cache = True
    # `executemany` sets no `rowcount`.
    supports_sane_multi_rowcount = False
    dbapi_exception_translation_map = {  # noqa: RUF012 - SQLAlchemy's own form
        error.__name__: kind for kind, errors in _KINDS.items() for error in errors
    }

    @classmethod
    def import_dbapi(cls) -> Any:
        """The module with `connect`: this one."""
        return sys.modules[__name__]

    def on_connect(self) -> Any:
        """Returns None, so that SQLAlchemy adds no Python functions to connections."""
        return None

    def is_disconnect(self, e: Any, connection: Any, cursor: Any) -> bool:
        """Whether the connection is closed: the connection to a file is not lost in another way."""
        return isinstance(e, apsw.ConnectionClosedError)


registry.register("sqlite.apsw", __name__, "Dialect")
