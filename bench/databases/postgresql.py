"""The generated data in PostgreSQL: a database that is kept like SQLite's file.

A database can be copied only while it has no connections, so reads use a copy as well, one for the
whole run.
"""

import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import Connection, sql
from sqlalchemy import Engine, create_engine

from bench.databases import Kind, revision_row
from bench.databases.postgresql_server import Server, running
from bench.generated import changes, data
from bench.generated.rows import COLUMNS, Sizes
from schema.migrations import upgrade
from schema.search.entries import enter_history
from schema.writing.support_counts import count_all

_KEPT = "allygraph_bench_"
_UNFINISHED = "allygraph_unfinished_bench"

_SEQUENCES = """
SELECT c.table_name, pg_get_serial_sequence(c.table_name, c.column_name)
FROM information_schema.columns c
WHERE c.table_schema = 'public' AND c.column_name = 'id'
    AND pg_get_serial_sequence(c.table_name, c.column_name) IS NOT NULL
"""


@dataclass(frozen=True)
class PostgreSQLDatabase:
    """A database of a server. `original`: the name of the database to copy."""

    server: Server
    name: str
    original: str
    kind = Kind.POSTGRESQL

    @property
    def url(self) -> str:
        """The URL, as AllyGraph takes it."""
        return self.server.url_of(self.name)

    @property
    def address(self) -> str:
        """The same for peers."""
        return self.url

    def column(self, statement: str) -> list[Any]:
        """The values of a statement with one column."""
        with psycopg.connect(self.url) as connection:
            return [value for (value,) in connection.execute(statement.encode())]

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a statement."""
        with psycopg.connect(self.url) as connection:
            return connection.execute(statement.encode()).fetchall()

    def fill(self, revision: int, tables: Sequence[data.TableRows]) -> float:
        """Writes rows in a revision; returns the seconds it took."""
        row = iter([revision_row(revision)])
        with psycopg.connect(self.url) as connection:
            started = time.perf_counter()
            for each in (data.TableRows("revision", COLUMNS["revision"], row), *tables):
                _fill(connection, each)
            connection.commit()
            return time.perf_counter() - started

    @contextmanager
    def copied(self) -> Iterator["PostgreSQLDatabase"]:
        """A copy on the same server."""
        name = f"allygraph_copy_{uuid.uuid4().hex}"
        self.server.copy(self.original, name)
        try:
            yield PostgreSQLDatabase(self.server, name, self.original)
        finally:
            self.server.drop(name)


@contextmanager
def prepared(sizes: Sizes) -> Iterator[PostgreSQLDatabase]:
    """A copy of the database of these sizes, which is generated on first use."""
    name = f"{_KEPT}{data.fingerprint(sizes, Path(__file__))}"
    with running() as server:
        if name not in server.databases():
            # The database of an earlier generator or schema is useless, and large.
            for stale in server.databases():
                if stale.startswith(_KEPT):
                    server.drop(stale)
            server.drop(_UNFINISHED)
            build(server, _UNFINISHED, sizes)
            server.rename(_UNFINISHED, name)
        with PostgreSQLDatabase(server, name, original=name).copied() as database:
            yield database


def build(server: Server, name: str, sizes: Sizes) -> PostgreSQLDatabase:
    """Creates a database with its tables and all their rows."""
    server.create(name)
    database = PostgreSQLDatabase(server, name, original=name)
    with _engine(database) as engine:
        upgrade(engine)
    dataset = data.dataset(sizes)
    with psycopg.connect(database.url) as connection:
        for table_rows in dataset.tables:
            _fill(connection, table_rows)
            # So that the triggers below are planned for tables of this size.
            connection.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table_rows.table)))
        for revision in dataset.revisions:
            _write_revision(connection, revision)
        _set_sequences(connection)
    with _engine(database) as engine, engine.begin() as counted:
        enter_history(counted)
        count_all(counted)
    with psycopg.connect(database.url, autocommit=True) as connection:
        # Otherwise autovacuum would run at some time during the measurement.
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")
    return database


@contextmanager
def _engine(database: PostgreSQLDatabase) -> Iterator[Engine]:
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(database.url))
    try:
        yield engine
    finally:
        engine.dispose()


def _fill(connection: Connection[Any], table_rows: data.TableRows) -> None:
    columns = sql.SQL(", ").join(sql.Identifier(name) for name in table_rows.columns)
    text = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table_rows.table), columns)
    with connection.cursor() as cursor, cursor.copy(text) as copy:
        for row in table_rows.rows:
            copy.write_row(row)


def _write_revision(connection: Connection[Any], revision: changes.Revision) -> None:
    """Writes the revision first: the triggers that write history read its number."""
    _fill(connection, data.TableRows("revision", COLUMNS["revision"], iter([revision.row])))
    with connection.cursor() as cursor:
        for table, rows in revision.rows.items():
            cursor.executemany(_change(table), rows)


def _change(table: str) -> sql.Composed:
    assignments = sql.SQL(", ").join(
        sql.SQL("{} = %s").format(sql.Identifier(column)) for column in changes.CHANGED[table]
    )
    return sql.SQL("UPDATE {} SET {} WHERE id = %s").format(sql.Identifier(table), assignments)


def _set_sequences(connection: Connection[Any]) -> None:
    """COPY sets ids without the sequences, so they are set here."""
    for table, sequence in connection.execute(_SEQUENCES).fetchall():
        connection.execute(
            sql.SQL("SELECT setval(%s, greatest(max(id), 1), max(id) IS NOT NULL) FROM {}").format(
                sql.Identifier(table)
            ),
            (sequence,),
        )
