"""The generated data in SQLite: a file, kept until the generator or the schema changes."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, create_engine

from bench.databases import Kind, revision_row
from bench.generated import changes, data
from bench.generated.rows import COLUMNS, Sizes
from schema.migrations import upgrade
from schema.search.entries import enter_history
from schema.writing.support_counts import count_all

_ENDINGS = (".db", ".db-wal", ".db-shm", ".unfinished", ".unfinished-wal", ".unfinished-shm")


@dataclass(frozen=True)
class SQLiteDatabase:
    """A file."""

    path: Path
    kind = Kind.SQLITE

    @property
    def url(self) -> str:
        """The URL, as AllyGraph takes it."""
        return f"sqlite:///{self.path}"

    @property
    def address(self) -> str:
        """The path: peers open the file themselves."""
        return str(self.path)

    def column(self, statement: str) -> list[Any]:
        """The values of a statement with one column."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as connection:
            return [value for (value,) in connection.execute(statement)]

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a statement."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as connection:
            return connection.execute(statement).fetchall()

    def fill(self, revision: int, tables: Sequence[data.TableRows]) -> float:
        """Writes rows in a revision, as durably as the service; returns the seconds it took."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            started = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            columns = COLUMNS["revision"]
            connection.execute(_insertion("revision", columns), revision_row(revision))
            for table, columns, rows in tables:
                connection.executemany(_insertion(table, columns), rows)
            connection.execute("COMMIT")
            return time.perf_counter() - started

    @contextmanager
    def copied(self) -> Iterator["SQLiteDatabase"]:
        """A copy in the same folder, so on the same disk."""
        with TemporaryDirectory(dir=self.path.parent) as folder:
            path = Path(folder, "copy.db")
            with (
                closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as source,
                closing(sqlite3.connect(path)) as target,
            ):
                # Page by page, so that both files have the same layout; synchronised at the end.
                source.backup(target)
            yield SQLiteDatabase(path)


def prepared(sizes: Sizes) -> SQLiteDatabase:
    """The database of these sizes, from the folder if it exists."""
    path = data.FOLDER / f"{data.fingerprint(sizes, Path(__file__))}.db"
    if not path.exists():
        data.FOLDER.mkdir(exist_ok=True)
        # The database of an earlier generator or schema is useless, and large.
        for stale in data.FOLDER.iterdir():
            if stale.name.endswith(_ENDINGS):
                stale.unlink()
        unfinished = path.with_suffix(".unfinished")
        build(unfinished, sizes)
        unfinished.rename(path)
    return SQLiteDatabase(path)


def build(path: Path, sizes: Sizes) -> SQLiteDatabase:
    """Writes the tables and all their rows to a new file."""
    with _engine(path) as engine:
        upgrade(engine)
    dataset = data.dataset(sizes)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # If this is interrupted, the file is rebuilt.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("BEGIN")
        for table, columns, rows in dataset.tables:
            connection.executemany(_insertion(table, columns), rows)
        for revision in dataset.revisions:
            _write_revision(connection, revision)
        connection.execute("COMMIT")
    with _engine(path) as engine, engine.begin() as counted:
        enter_history(counted)
        count_all(counted)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return SQLiteDatabase(path)


@contextmanager
def _engine(path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{path}")
    try:
        yield engine
    finally:
        engine.dispose()


def _write_revision(connection: sqlite3.Connection, revision: changes.Revision) -> None:
    """Writes the revision first: the triggers that write history read its number."""
    connection.execute(_insertion("revision", COLUMNS["revision"]), revision.row)
    for table, rows in revision.rows.items():
        connection.executemany(_change(table), rows)


def _insertion(table: str, columns: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"


def _change(table: str) -> str:
    assignments = ", ".join(f"{column} = ?" for column in changes.CHANGED[table])
    return f"UPDATE {table} SET {assignments} WHERE id = ?"
