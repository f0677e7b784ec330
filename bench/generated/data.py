"""The generated data: its rows in insertion order, and a fingerprint of what they depend on."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import NamedTuple

import schema
from bench.generated import changes
from bench.generated.changes import Revision
from bench.generated.rows import COLUMNS, ROWS, Row, Sizes

FOLDER = Path(__file__).parent.parent / ".data"
SEED = 2024


class TableRows(NamedTuple):
    """The rows of one table, in this order. Generated rows can be read once."""

    table: str
    columns: tuple[str, ...]
    rows: Iterable[Row]


class Dataset(NamedTuple):
    """The tables, and the revisions that change them afterwards."""

    tables: Iterator[TableRows]
    revisions: Iterator[Revision]


def dataset(sizes: Sizes) -> Dataset:
    """Returns all rows of these sizes. Read the revisions last: both share one random generator."""
    random = Random(SEED)
    tables = (TableRows(table, COLUMNS[table], rows(sizes, random)) for table, rows in ROWS.items())
    return Dataset(tables, changes.revisions(sizes, random))


def fingerprint(sizes: Sizes, database: Path) -> str:
    """Returns a hash of everything that the data depends on.

    `database`: the module that writes it.
    """
    digest = sha256(repr(sizes).encode())
    for file in (database, *_files_that_shape_the_data()):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _files_that_shape_the_data() -> Iterator[Path]:
    generated, tables = Path(__file__).parent, Path(schema.__path__[0])
    yield from (generated / f"{name}.py" for name in ("data", "rows", "changes", "sample_text"))
    yield tables / "vocabulary.py"
    yield from sorted((tables / "records").rglob("*.py"))
    yield from sorted((tables / "migrations").rglob("*.py"))
