"""One database that is written to at random, and put back to where it began."""

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
    """Both doors of the database, and whoever writes to it.

    One application answers all sequences of writes, so that each question is planned once. It
    keeps no answers: it would take the revisions of one sequence for those of another.
    """

    def __init__(self, path: Path, folder: Path, runner: asyncio.Runner) -> None:
        """`path` is a database without records, `folder` is for a copy of its beginning."""
        self._path = path
        # Limits on the size and the time of a query are tested elsewhere.
        self.editor = Editor(path, runner, node_budget=10**9, cache_bytes=0, seconds=600)
        world = World(path)
        world.do(*(creating(concept, **given) for concept, given in BEGINNING))
        world.close()
        self._beginning = copy_of(path, folder)
        self._world = World(path)

    def revisions(self, random: Random) -> Iterator[int]:
        """Begins again and writes; gives the newest revision at the beginning and after each."""
        # On PostgreSQL the application goes on taking the highest number that it has heard of for
        # the newest. Nothing that is asked here depends on it.
        put_back(self._beginning, self._path)
        scribe = Scribe(random, self._world)
        yield self._dated()
        for _ in range(random.randint(1, REVISIONS_MOST)):
            scribe.write()
            yield self._dated()

    def _dated(self) -> int:
        """The number of the newest revision, now long past; every other one shares its second."""
        number = self.editor.revision()
        time = f"2025-01-{1 + number // 2:02}T00:00:00Z"
        change(self._path, "UPDATE revision SET time = ? WHERE number = ?", time, number)
        return number

    def close(self) -> None:
        """Closes the database."""
        self._world.close()
        self.editor.close()
