"""Copies of the database for writes: each starts with the original data, on the same disk."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench import servers
from bench.databases import Database, newest_revision
from bench.errors import BenchError


@dataclass(frozen=True)
class Copy:
    """A database to write to, and the token of an editor."""

    database: Database
    token: str

    def newest_revision(self) -> int:
        """The number of the newest revision."""
        return newest_revision(self.database)


@contextmanager
def copied(database: Database) -> Iterator[Copy]:
    """A copy that is removed at the end."""
    with database.copied() as copy:
        yield Copy(copy, _token(copy))


def _token(database: Database) -> str:
    command = [sys.executable, "-m", "service.cli", "token", "create"]
    done = subprocess.run(
        [*command, "--name", "bench", "--role", "editor"],
        env=servers.environment(database),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BenchError(f"The bench could not create a token: {done.stderr.strip()}")
    return done.stdout.strip()
