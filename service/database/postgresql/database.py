"""PostgreSQL, 14 and newer: where it is, how it is reached, and what its errors mean.

What writes and every tool go through psycopg, in a thread or a command of their own; questions are
asked through asyncpg (`executor.py`). Both read the same address, which may name several hosts: of
these the one that can be written to is the database.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode

import psycopg
from sqlalchemy import ColumnElement, Connection, Engine, Text, cast, create_engine, func, select
from sqlalchemy.dialects.postgresql import REGCLASS
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from schema.migrations import current, head
from schema.records.revision import lock_for_writing
from service.database import WAIT_SECONDS
from service.database.unfinished_copy import refuse_unfinished
from service.errors import BusyDatabase, DatabaseUnavailable, StartError
from service.sql.dialect import Dialect
from service.sql.postgresql import PostgreSQL

_OLDEST = 14
_CONNECT_SECONDS = 10
_PASSWORD = re.compile(r"(?<=:)[^:@/]+(?=@)")

# SQLSTATE, or the class that it begins with, and what it means. (PostgreSQL, Appendix A.)
_MEANINGS: Mapping[str, str] = {
    "28": "lets nobody in with this name and password; check ALLYGRAPH_DATABASE_URL",
    "3D000": "does not exist; make it with `createdb`, or set another ALLYGRAPH_DATABASE_URL",
    "53300": "has no connection left; raise its max_connections, or lower ALLYGRAPH_POOL_SIZE",
    "53100": "has no room left on its disk; make some",
    "57P": "is stopping or starting; wait for it",
    "25006": "can only be read: it is a replica; name the primary in ALLYGRAPH_DATABASE_URL",
    "42501": "does not let this user do that; grant it the rights of the tables' owner",
    "55P03": "is locked by another session; end that session, or wait for it",
    "57014": "took too long",
    "42P01": "has not the tables it should have; run `allygraph migrate`",
}
# Errors of the statement or of the rows: faults of ours, when a writer meets them.
_OURS = ("22", "23", "42")


class PostgreSQLDatabase:
    """A database of a server, or of several that stand in for each other."""

    def __init__(self, url: str) -> None:
        """Nothing is reached yet."""
        self.url = _for_writing(url)
        self.label = _PASSWORD.sub("***", url.partition("?")[0])
        self.dialect: Dialect = PostgreSQL()

    def engine(self, wait_seconds: float = WAIT_SECONDS) -> Engine:
        """An engine that writes; it waits so long for others that do."""
        options = (
            f"-c lock_timeout={int(wait_seconds * 1000)} "
            # What others wrote before the lock was ours has to be seen, whatever the server's way.
            r"-c default_transaction_isolation=read\ committed"
        )
        return create_engine(
            "postgresql+psycopg://",
            creator=partial(self._connect, options),
            # Values by place, as every other text of ours has them.
            paramstyle="format",
            poolclass=NullPool,
        )

    def writer_engine(self, wait_seconds: float) -> Engine:
        """The same: each transaction says for itself how long it waits."""
        return self.engine(wait_seconds)

    def _connect(self, options: str) -> psycopg.Connection[Any]:
        return psycopg.connect(
            self.url,
            options=options,
            connect_timeout=_CONNECT_SECONDS,
        )

    def begin_write(self, connection: Connection, wait_seconds: float) -> None:
        """One writes at a time: revisions are numbered without a gap, and seen in their order."""
        milliseconds = max(1, int(wait_seconds * 1000))
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {milliseconds}")
        lock_for_writing(connection)

    def begin_snapshot(self, connection: Connection) -> None:
        """What is read first is the state that is read on."""
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    @contextmanager
    def transaction(self, connection: Connection) -> Iterator[None]:
        """The driver begins it."""
        with connection.begin():
            yield

    def last_key(self, connection: Connection, table: str) -> int:
        """What the sequence of its ids has given last."""
        last = func.pg_sequence_last_value(cast(_sequence(table), REGCLASS))
        return connection.scalar(select(last)) or 0

    def set_last_key(self, connection: Connection, table: str, key: int) -> None:
        """A sequence begins with 1."""
        connection.execute(select(func.setval(_sequence(table), max(key, 1), key > 0)))

    def make_place(self) -> None:
        """Whoever runs the server makes the database in it."""

    def check(self) -> None:
        """Raises StartError, with what to do, where this can't be served."""
        engine = self.engine()
        try:
            with engine.connect() as connection:
                version = connection.exec_driver_sql("SHOW server_version_num").scalar_one()
                encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
                refuse_unfinished(connection, self.label)
                found = current(connection)
        except DBAPIError as error:
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
                f"The database {self.label} keeps its texts in {encoding}; make it anew with "
                "ENCODING 'UTF8'."
            )
        if found != head():
            raise StartError(
                f"The database {self.label} is at migration {found or 'none'}, not {head()}: "
                "run `allygraph migrate`."
            )

    def check_is_there(self) -> None:
        """Connecting makes none."""

    def explain(self, error: Exception) -> str:
        """What an error of either driver means to an operator, in one line."""
        cause = getattr(error, "orig", None) or error
        state = getattr(cause, "sqlstate", None)
        first = (str(cause).strip() or type(cause).__name__).splitlines()[0]
        for sign, meaning in _MEANINGS.items():
            if state and state.startswith(sign):
                return f"The database {self.label} {meaning}."
        for sign in ("28", "3D000"):
            # psycopg has no SQLSTATE of a connection that was refused.
            if not state and _REFUSALS[sign] in first:
                return f"The database {self.label} {_MEANINGS[sign]}."
        if not state:
            return (
                f"The database {self.label} can't be reached ({first}); start it, or set another "
                "ALLYGRAPH_DATABASE_URL."
            )
        return f"The database {self.label} can't be used: {first}."

    def trouble(self, error: Exception, waited_seconds: float) -> DatabaseUnavailable | None:
        """The error to a writer; None for faults of ours, as a row that refers to nothing."""
        cause = getattr(error, "orig", None) or error
        state = getattr(cause, "sqlstate", None) or ""
        if state == "55P03":
            return BusyDatabase(
                f"Others have been writing for {waited_seconds:g} seconds, so nothing was "
                "written; try again."
            )
        is_ours = state.startswith(_OURS) or isinstance(cause, psycopg.ProgrammingError)
        return None if is_ours else DatabaseUnavailable(self.explain(error))


def _sequence(table: str) -> ColumnElement[str]:
    return func.pg_get_serial_sequence(table, "id", type_=Text())


_REFUSALS = {"28": "authentication failed", "3D000": "does not exist"}


def _for_writing(url: str) -> str:
    """Of several hosts the one that can be written to, unless the address says otherwise."""
    address, _, query = url.partition("?")
    parameters = dict(parse_qsl(query, keep_blank_values=True))
    hosts = parameters.get("host", "") or address.partition("://")[2].partition("/")[0]
    if "," in hosts:
        parameters.setdefault("target_session_attrs", "primary")
    # By this name the server's own lists and logs know us.
    parameters.setdefault("application_name", "allygraph")
    return f"{address.replace('postgres://', 'postgresql://', 1)}?{urlencode(parameters)}"
