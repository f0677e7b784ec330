"""The databases that planner and oracle are asked about."""

from pathlib import Path

import pytest

from tests.oracle.data_sets.storage import store
from tests.oracle.data_sets.worlds import invented
from tests.stores import database_of


class Library:
    """A database for each data set, written when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: dict[int, Path] = {}

    def database(self, seed: int) -> Path:
        """The path that stands for the database of this data set."""
        if seed not in self._written:
            path = self._folder / f"world-{seed}.db"
            engine = database_of(path).engine()
            store(invented(seed), engine)
            engine.dispose()
            self._written[seed] = path
        return self._written[seed]


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The databases of this run."""
    return Library(tmp_path_factory.mktemp("worlds"))
