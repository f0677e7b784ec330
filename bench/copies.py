"""Copies of the database for those who write: each begins with the same data, and with no other's.

They lie beside the database, so on the same disk.
"""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import servers
from bench.errors import BenchError


@dataclass(frozen=True)
class Copy:
    """A database to write to, and the token of somebody who may."""

    path: Path
    token: str

    def newest_revision(self) -> int:
        """The number of the newest revision: every write that was kept counts it up by one."""
        with closing(sqlite3.connect(self.path)) as connection:
            (number,) = connection.execute("SELECT max(number) FROM revision").fetchone()
            return int(number)


@contextmanager
def copied(database: Path) -> Iterator[Copy]:
    """A copy, removed in the end. It is on the disk before anybody is measured on it."""
    with TemporaryDirectory(dir=database.parent) as folder:
        path = Path(folder, "copy.db")
        with (
            closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(path)) as target,
        ):
            # Page by page, so that both lie alike in their files, and synchronised at the end.
            source.backup(target)
        yield Copy(path, _token(path))


def _token(path: Path) -> str:
    command = [sys.executable, "-m", "service.cli", "token", "create"]
    done = subprocess.run(
        [*command, "--name", "bench", "--role", "editor"],
        env=servers.environment(path),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BenchError(f"No token for the bench: {done.stderr.strip()}")
    return done.stdout.strip()
