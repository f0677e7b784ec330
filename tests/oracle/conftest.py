"""The databases that planner and oracle are asked about."""

from pathlib import Path

import pytest

from service.database import open_engine

from .storage import store
from .worlds import invented


class Library:
    """A database for each data set, written when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def database(self, seed: int) -> Path:
        """The file that holds this data set."""
        path = self._folder / f"world-{seed}.db"
        if not path.exists():
            engine = open_engine(f"sqlite:///{path}")
            store(invented(seed), engine)
            engine.dispose()
        return path


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The databases of this run."""
    return Library(tmp_path_factory.mktemp("worlds"))
