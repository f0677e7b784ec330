"""The generated database, built once and kept until the generator or the schema changes."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from random import Random

from sqlalchemy import create_engine

import schema
from bench import changes
from bench.rows import COLUMNS, ROWS, Sizes
from schema.migrations import upgrade

FOLDER = Path(__file__).parent / ".data"
SEED = 2024


def prepared(sizes: Sizes) -> Path:
    """The database of these sizes, from the folder if it is there."""
    path = FOLDER / f"{_fingerprint(sizes)}.db"
    if not path.exists():
        FOLDER.mkdir(exist_ok=True)
        # A database of an earlier generator or schema is of no more use, and large.
        for stale in FOLDER.iterdir():
            shutil.rmtree(stale) if stale.is_dir() else stale.unlink()
        unfinished = path.with_suffix(".unfinished")
        build(unfinished, sizes)
        unfinished.rename(path)
    return path


def build(path: Path, sizes: Sizes) -> None:
    """Writes the tables and all their rows to a new file."""
    _create_tables(path)
    random = Random(SEED)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # Nothing is lost if this is cut off: an unfinished file is built anew.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("BEGIN")
        for table, rows in ROWS.items():
            connection.executemany(_insertion(table), rows(sizes, random))
        for revision in changes.revisions(sizes, random):
            _write_revision(connection, revision)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _create_tables(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()


def _write_revision(connection: sqlite3.Connection, revision: changes.Revision) -> None:
    """The row of the revision goes first: the triggers that write history ask for its number."""
    connection.execute(_insertion("revision"), revision.row)
    for table, rows in revision.rows.items():
        connection.executemany(_change(table), rows)


def _insertion(table: str) -> str:
    columns = COLUMNS[table]
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"


def _change(table: str) -> str:
    assignments = ", ".join(f"{column} = ?" for column in changes.CHANGED[table])
    return f"UPDATE {table} SET {assignments} WHERE id = ?"


def _fingerprint(sizes: Sizes) -> str:
    digest = sha256(repr(sizes).encode())
    for file in _files_that_shape_the_data():
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _files_that_shape_the_data() -> Iterator[Path]:
    bench, tables = Path(__file__).parent, Path(schema.__path__[0])
    yield from (bench / f"{name}.py" for name in ("data", "rows", "changes", "words"))
    yield tables / "vocabulary.py"
    yield from sorted((tables / "records").glob("*.py"))
    yield from sorted((tables / "migrations").rglob("*.py"))
