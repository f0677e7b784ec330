"""PostgreSQL, 14 and newer: its address, its connections, and the meaning of its errors.

Writes and commands use psycopg, in a separate thread or process; queries use asyncpg
(`executor.py`). Both use the same URL. If it names several hosts, they connect to the primary.
"""

import os
import re
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode

import psycopg
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Table,
    Text,
    cast,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import REGCLASS
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from schema.migrations import current, head
from schema.records.revision import WRITING_LOCK
from schema.writing.short_statements import Parameters, read_all
from service.database import WAIT_SECONDS, busy_with_writes
from service.database.incomplete import refuse_incomplete, refuse_other_migration
from service.database.postgresql.address import (
    check_address,
    check_parameters,
    check_readable,
    serving_parameters,
)
from service.database.postgresql.hosts import refuse_two_primaries
from service.database.postgresql.pooler import (
    SESSION,
    TRANSACTION,
    pools_transactions,
    read_mode,
    refuse_undeclared_pooler,
)
from service.database.unfinished_copy import refuse_unfinished
from service.errors import DatabaseUnavailable, StartError
from service.sql.dialect import Dialect
from service.sql.postgresql import PostgreSQL

_OLDEST = 14
_CONNECT_SECONDS = 10
_LONG_SECONDS = 3_600
_PASSWORD = re.compile(r"(?<=:)[^:@/]+(?=@)")

# The meaning of each SQLSTATE, or of the class that it begins with. (PostgreSQL, Appendix A.)
_MEANINGS: Mapping[str, str] = {
    "28": "rejects this user or password; check ALLYGRAPH_DATABASE_URL",
    "3D000": "does not exist; create it with `createdb`, or set another ALLYGRAPH_DATABASE_URL",
    "53300": "has no connection left; raise its max_connections, or lower ALLYGRAPH_POOL_SIZE",
    "53100": "has no disk space left; free some",
    "57P": "is stopping or starting; wait for it",
    "25006": "is read-only: set ALLYGRAPH_DATABASE_URL to the primary if this is a replica, or "
    "turn off default_transaction_read_only",
    "42501": "denies this to the user; grant it the rights of the tables' owner",
    "55P03": "is locked by another session; end that session, or wait for it",
    "57014": "cancelled the statement, by its time limit or at the request of an administrator",
    "42P01": "lacks tables; run `allygraph migrate`",
}
# In one statement, so that a write waits once for both; the functions run in this order.
_LOCK = f"SELECT set_config('lock_timeout', %s, true), pg_advisory_xact_lock({WRITING_LOCK})"
_BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED"
# Errors that end without an operator.
_PASSING = ("53300", "57P", "55P03", "57014")
# Errors of the statement or of the rows: bugs of the service, if a write raises them.
_BUGS = ("22", "23", "42")


class PostgreSQLDatabase:
    """A database on one server, or on a primary and its standbys."""

    def __init__(self, url: str) -> None:
        """Opens no connection yet. Raises StartError if the URL is malformed."""
        check_address(url)
        address, _, query = url.partition("?")
        parameters = dict(parse_qsl(query, keep_blank_values=True))
        # `pooler` is a parameter of this service: the drivers reject it.
        self.pooler = read_mode(parameters)
        self.url = _for_writing(f"{address}?{urlencode(parameters)}")
        address, _, query = self.url.partition("?")
        parameters = dict(parse_qsl(query, keep_blank_values=True))
        check_parameters(parameters)
        check_readable(self.url)
        # asyncpg sends any unknown parameter to the server as a setting.
        self.serving_url = f"{address}?{urlencode(serving_parameters(parameters))}"
        self.connect_seconds = _seconds(parameters.get("connect_timeout"))
        self.label = _PASSWORD.sub("***", url.partition("?")[0])
        self.dialect: Dialect = PostgreSQL()
        self.errors: tuple[type[Exception], ...] = (DBAPIError, psycopg.Error)

    def engine(self, wait_seconds: float = WAIT_SECONDS) -> Engine:
        """Returns an engine for writes, which waits up to `wait_seconds` for other writes."""
        lock_timeout = int(wait_seconds * 1000)
        engine = self._engine(lock_timeout)
        if self.pooler == TRANSACTION:

            @event.listens_for(engine, "begin")
            def _limit(connection: Connection) -> None:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {lock_timeout}")

        return engine

    def writer_engine(self, wait_seconds: float) -> Engine:
        """Like `engine`; `begin_write` begins each transaction, and sets its time limit."""
        engine = self._engine(int(wait_seconds * 1000))

        @event.listens_for(engine, "connect")
        def _begin_explicitly(driver: Any, _: object) -> None:
            # If the driver begins a transaction, it waits for the reply to BEGIN.
            driver.autocommit = True

        return engine

    def _engine(self, lock_timeout: int) -> Engine:
        return create_engine(
            "postgresql+psycopg://",
            creator=partial(self._connect, lock_timeout),
            # Positional parameters, as in all other SQL of the service.
            paramstyle="format",
            poolclass=NullPool,
        )

    def _connect(self, lock_timeout: int) -> psycopg.Connection[Any]:
        """Opens a connection. `lock_timeout`: in milliseconds.

        Through a pooler the setting follows after the connection, since poolers accept no options.
        """
        options = {} if self.pooler else {"options": f"-c lock_timeout={lock_timeout}"}
        connection = psycopg.connect(
            self.url,
            connect_timeout=self.connect_seconds or _CONNECT_SECONDS,
            **options,  # type: ignore[arg-type]
        )
        # A write must see the writes that were committed while it waited for the lock.
        connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        if self.pooler == SESSION:
            connection.execute(f"SET lock_timeout = {lock_timeout}")
            connection.commit()
        elif self.pooler == TRANSACTION:
            # No prepared statement outlasts its transaction.
            connection.prepare_threshold = None
        return connection

    def begin_write(
        self, connection: Connection, wait_seconds: float, *first: tuple[str, Parameters]
    ) -> list[Sequence[Sequence[Any]]]:
        """Locks out other writes, so that revisions have no gaps and become visible in order.

        The driver sends BEGIN, the lock and the first statements together. Each statement has its
        own snapshot, so that it sees what the previous writer has committed.
        """
        driver: Any = connection.connection.driver_connection
        milliseconds = max(1, int(wait_seconds * 1000))
        begin = [(_BEGIN, ())] if driver.autocommit else []
        lock = (_LOCK, (str(milliseconds),))
        rows = read_all(connection, [*begin, lock, *first])
        return rows[len(begin) + 1 :]

    def begin_snapshot(self, connection: Connection) -> None:
        """Makes the transaction read-only; all its reads see the snapshot of the first read."""
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    @contextmanager
    def transaction(self, connection: Connection) -> Iterator[None]:
        """A transaction that the driver begins and commits."""
        with connection.begin():
            yield

    def last_key(self, connection: Connection, table: Table) -> int:
        """The last value of the sequence of the table's ids; 0 if it was never used."""
        last = func.pg_sequence_last_value(cast(_sequence(table), REGCLASS))
        return connection.scalar(select(last)) or 0

    def set_last_key(self, connection: Connection, table: Table, key: int) -> None:
        """Sets the sequence of the table's ids, which begins with 1."""
        connection.execute(select(func.setval(_sequence(table), max(key, 1), key > 0)))

    def make_place(self) -> None:
        """Does nothing: the operator creates the database."""

    def check(self) -> None:
        """Raises StartError, with what to do, if the service can't use this database."""
        refuse_two_primaries(self.url, self.label)
        engine = self.engine()
        try:
            self._check_pooler()
            with engine.connect() as connection:
                version = connection.exec_driver_sql("SHOW server_version_num").scalar_one()
                encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
                refuse_unfinished(connection, self.label)
                found = current(connection)
                if found == head():
                    refuse_incomplete(connection, self.label)
        except (DBAPIError, psycopg.Error) as error:
            raise StartError(self.explain(error)) from None
        finally:
            engine.dispose()
        if int(version) < _OLDEST * 10_000:
            raise StartError(
                f"The database {self.label} is PostgreSQL {int(version) // 10_000}; "
                f"use {_OLDEST} or newer."
            )
        if encoding != "UTF8":
            raise StartError(
                f"The database {self.label} has the encoding {encoding}; create it again with "
                "ENCODING 'UTF8'."
            )
        refuse_other_migration(found, self.label)

    def _check_pooler(self) -> None:
        lock_timeout = int(WAIT_SECONDS * 1000)
        connect = partial(self._connect, lock_timeout)
        refuse_undeclared_pooler(connect, self.pooler, self.label, lock_timeout)

    def check_notifications(self) -> None:
        """Raises StartError if LISTEN would receive no notification here."""
        connect = partial(self._connect, int(WAIT_SECONDS * 1000))
        try:
            is_pooled = self.pooler == TRANSACTION or pools_transactions(connect)
        except psycopg.Error as error:
            raise StartError(f"ALLYGRAPH_LISTEN_URL: {self.explain(error)}") from None
        if is_pooled:
            raise StartError(
                f"ALLYGRAPH_LISTEN_URL: a connection pooler at {self.label} pools transactions, so "
                "no notification would arrive: name the server itself, or a pooler of sessions."
            )

    def check_is_there(self) -> None:
        """Does nothing: connecting creates no database."""

    def check_is_same(self) -> None:
        """Does nothing: no other database takes the place of a server's files."""

    def hang_up(self, driver: Any) -> None:
        """Shuts down the TCP connection, so that the read of the waiting thread fails at once.

        The server detects this only when it sends something. Until then a transaction that waits
        for a standby holds its locks; it is committed. Does nothing if the connection is lost
        already.
        """
        with (
            suppress(psycopg.OperationalError, OSError),
            # A duplicate of the descriptor: psycopg closes the original.
            socket.socket(fileno=os.dup(driver.pgconn.socket)) as end,
        ):
            end.shutdown(socket.SHUT_RDWR)

    def explain(self, error: Exception) -> str:
        """An error of either driver, as one line for the operator."""
        cause = getattr(error, "orig", None) or error
        state = getattr(cause, "sqlstate", None)
        first = (str(cause).strip() or type(cause).__name__).splitlines()[0]
        for sign, meaning in _MEANINGS.items():
            if state and state.startswith(sign):
                return f"The database {self.label} {meaning}."
        for part, meaning in _CERTIFICATES.items():
            if not state and part in first:
                return f"The database {self.label} {meaning} ({first})."
        for sign in ("28", "3D000"):
            # psycopg has no SQLSTATE for refused connections.
            if not state and _REFUSALS[sign] in first:
                return f"The database {self.label} {_MEANINGS[sign]}."
        if _OF_A_POOLER in first:
            return (
                f"A connection pooler at {self.label} refuses the settings of a session: add "
                "pooler=session or pooler=transaction to the parameters of the URL."
            )
        if not state:
            return (
                f"The database {self.label} cannot be reached ({first}); start it, or set another "
                "ALLYGRAPH_DATABASE_URL."
            )
        return f"The database {self.label} cannot be used: {first}."

    def unavailable(self, error: Exception) -> DatabaseUnavailable:
        """The error for clients.

        A retry can help if the server can't be reached, but not if the server rejects something.
        """
        cause = getattr(error, "orig", None) or error
        state = getattr(cause, "sqlstate", None) or ""
        reason = self.explain(error)
        is_known = any(
            meaning in reason for meaning in (*_MEANINGS.values(), *_CERTIFICATES.values())
        )
        needs_operator = is_known and not state.startswith(_PASSING)
        return DatabaseUnavailable(reason, needs_operator=needs_operator)

    def trouble(self, error: Exception, waited_seconds: float) -> DatabaseUnavailable | None:
        """The error for a write; None for bugs of the service, such as a broken foreign key."""
        cause = getattr(error, "orig", None) or error
        state = getattr(cause, "sqlstate", None) or ""
        if state == "55P03":
            return busy_with_writes(waited_seconds)
        is_bug = state.startswith(_BUGS) or isinstance(cause, psycopg.ProgrammingError)
        return None if is_bug else self.unavailable(error)


def _sequence(table: Table) -> ColumnElement[str]:
    return func.pg_get_serial_sequence(table.name, "id", type_=Text())


# Parts of OpenSSL's and libpq's messages, which have no SQLSTATE.
_CERTIFICATES = {
    "certificate file": "can't be reached: a file of certificates is missing; check sslrootcert, "
    "sslcert and sslkey in the URL",
    "certificate verify failed": "has a certificate that no trusted authority has signed; set "
    "sslrootcert in the URL to the certificate of its authority",
    "does not match host name": "has the certificate of another host; check the host in the URL",
}
# PgBouncer's message for a parameter that it can't pass on.
_OF_A_POOLER = "unsupported startup parameter"
_REFUSALS = {"28": "authentication failed", "3D000": "does not exist"}


def _seconds(connect_timeout: str | None) -> int | None:
    """The time limit as libpq reads it: 0 means none, and 1 means 2. None: not in the URL."""
    if connect_timeout is None:
        return None
    try:
        return max(2, int(connect_timeout)) if int(connect_timeout) else _LONG_SECONDS
    except ValueError:
        raise StartError(
            "The URL of the database has a connect_timeout that is not a number of seconds."
        ) from None


def _for_writing(url: str) -> str:
    """The URL, with a parameter that selects the primary of several hosts unless it has one."""
    address, _, query = url.partition("?")
    parameters = dict(parse_qsl(query, keep_blank_values=True))
    hosts = parameters.get("host", "") or address.partition("://")[2].partition("/")[0]
    if "," in hosts:
        parameters.setdefault("target_session_attrs", "primary")
    # The name in pg_stat_activity and in the log of the server.
    parameters.setdefault("application_name", "allygraph")
    return f"{address.replace('postgres://', 'postgresql://', 1)}?{urlencode(parameters)}"
