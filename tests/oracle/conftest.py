"""The databases that planner and oracle query."""

import os
import secrets
from pathlib import Path

import pytest

from tests.oracle.data_sets.storage import store
from tests.oracle.data_sets.worlds import invented
from tests.runner.parts import PART
from tests.stores import database_of

# The seed of the random queries in `test_new_questions.py`.
NEW_SEED = int(os.environ.get("ALLYGRAPH_ORACLE_SEED") or secrets.randbelow(10**9))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints the seed, so that the same queries can be run again."""
    if PART != "quick":
        terminalreporter.write_line(
            f"New questions of the oracle: ALLYGRAPH_ORACLE_SEED={NEW_SEED}"
        )


class Library:
    """The databases of the data sets, each written on first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: dict[int, Path] = {}

    def database(self, seed: int) -> Path:
        """Returns the path of the database of this data set."""
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
