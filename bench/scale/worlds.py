"""Worlds of a given number of supports, stored with the data of the bench.

All have 1,000 actors and 5,000 relations, each a supporter, a recipient and a kind. Only the number
of supports grows. One support in ten has a summary and statements.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

from bench.databases import Database, Kind
from bench.generated import data
from bench.generated.rows import Sizes

_FOLDER = data.FOLDER / "scale"
_PREFIX = "allygraph_scale_"


class Size(StrEnum):
    """The values of `--size`: the number of supports."""

    TEN_THOUSAND = "10K"
    HUNDRED_THOUSAND = "100K"
    MILLION = "1M"
    TEN_MILLION = "10M"

    @property
    def rows(self) -> Sizes:
        """The number of rows per table."""
        supports = int(self.replace("K", "000").replace("M", "000000"))
        documented = supports // 10
        return Sizes(1_000, 2_000, supports, documented, relations=5_000, documented=documented)


@contextmanager
def worlds(kind: Kind, sizes: Sequence[Size]) -> Iterator[Sequence[Database]]:
    """The databases of these sizes; each is generated on first use, which takes long."""
    # Imported here: each needs only the driver of its own database.
    if kind is Kind.SQLITE:
        yield [_in_sqlite(size) for size in sizes]
    else:
        from bench.databases import postgresql_server

        with postgresql_server.running() as server:
            yield [_in_postgresql(server, size) for size in sizes]


def _in_sqlite(size: Size) -> Database:
    from bench.databases import sqlite

    path = _FOLDER / f"{size}-{data.fingerprint(size.rows, Path(sqlite.__file__))}.db"
    if not path.exists():
        _FOLDER.mkdir(parents=True, exist_ok=True)
        # The database of an earlier generator or schema is useless, and large.
        for stale in _FOLDER.glob(f"{size}-*"):
            stale.unlink()
        unfinished = path.with_suffix(".unfinished")
        sqlite.build(unfinished, size.rows)
        unfinished.rename(path)
    return sqlite.SQLiteDatabase(path)


def _in_postgresql(server: Any, size: Size) -> Database:
    from bench.databases import postgresql

    of_size = f"{_PREFIX}{size.lower()}_"
    name = f"{of_size}{data.fingerprint(size.rows, Path(postgresql.__file__))}"
    if name not in server.databases():
        for stale in server.databases():
            if stale.startswith(of_size):
                server.drop(stale)
        unfinished = f"{of_size}unfinished"
        postgresql.build(server, unfinished, size.rows)
        server.rename(unfinished, name)
    return postgresql.PostgreSQLDatabase(server, name, original=name)
