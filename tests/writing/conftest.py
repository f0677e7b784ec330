"""A small database for each test, created once and copied."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import make_database
from tests.stores import copy_of, keep_for_copies
from tests.writing.world import BEGINNING, World


@pytest.fixture(scope="session")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database from which the copies are made."""
    path = make_database(tmp_path_factory.mktemp("beginning") / "allygraph.db")
    world = World(path)
    for concept, given in BEGINNING:
        world.create(concept, **given)
    world.close()
    keep_for_copies(path)
    return path


@pytest.fixture
def world(beginning: Path, tmp_path: Path) -> Iterator[World]:
    """A database for the test, to which alice writes."""
    made = World(copy_of(beginning, tmp_path, "allygraph.db"))
    yield made
    made.close()
