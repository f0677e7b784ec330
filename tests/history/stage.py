"""A database for sequences of random writes, which is reset before each."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.history.random_writer import Scribe
from tests.http.editing import Editor
from tests.stores import change, copy_of, put_back
from tests.writing.world import BEGINNING, World, creating

REVISIONS_MOST = 7


class Stage:
    """Both APIs of the database, and the writer.

    One application serves all sequences of writes, so that each query is planned once. It has no
    answer cache, because revisions of different sequences have the same numbers.
    """

    def __init__(self, path: Path, folder: Path, runner: asyncio.Runner) -> None:
        """Copies the initial database. `path`: without records; `folder`: for the copy."""
        self._path = path
        # Limits on the size and the time of a query are tested elsewhere.
        self.editor = Editor(path, runner, node_budget=10**9, cache_bytes=0, seconds=600)
        world = World(path)
        world.do(*(creating(concept, **given) for concept, given in BEGINNING))
        world.close()
        self._beginning = copy_of(path, folder)
        self._world = World(path)

    def revisions(self, random: Random) -> Iterator[int]:
        """Resets the database and writes.

        Yields the newest revision before and after each write.
        """
        # On PostgreSQL the application still uses the highest number it has received as the newest.
        # No query here depends on it.
        put_back(self._beginning, self._path)
        scribe = Scribe(random, self._world)
        yield self._dated()
        for _ in range(random.randint(1, REVISIONS_MOST)):
            scribe.write()
            yield self._dated()

    def _dated(self) -> int:
        """Returns the newest revision. Its time becomes one of the past, which every two share."""
        number = self.editor.revision()
        time = f"2025-01-{1 + number // 2:02}T00:00:00Z"
        change(self._path, "UPDATE revision SET time = ? WHERE number = ?", time, number)
        return number

    def close(self) -> None:
        """Closes the database."""
        self._world.close()
        self.editor.close()
