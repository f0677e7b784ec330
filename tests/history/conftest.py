"""Fixtures of the tests of earlier states."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import make_database
from tests.history.dated import make_dated
from tests.history.stage import Stage
from tests.http.editing import Editor
from tests.stores import copy_of


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory, runner: asyncio.Runner) -> Iterator[Stage]:
    """A database for sequences of writes."""
    folder = tmp_path_factory.mktemp("stage")
    stage = Stage(make_database(folder / "allygraph.db"), folder, runner)
    yield stage
    stage.close()


@pytest.fixture(scope="session")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small database with four revisions."""
    return make_dated(tmp_path_factory.mktemp("dated") / "allygraph.db")


@pytest.fixture(scope="session")
def editor(
    dated: Path, tmp_path_factory: pytest.TempPathFactory, runner: asyncio.Runner
) -> Iterator[Editor]:
    """Both APIs of the database, for tests that do not write."""
    editor = Editor(copy_of(dated, tmp_path_factory.mktemp("editor")), runner)
    yield editor
    editor.close()


@pytest.fixture
def writing_editor(dated: Path, tmp_path: Path, runner: asyncio.Runner) -> Iterator[Editor]:
    """Both APIs of a copy that the test may change."""
    editor = Editor(copy_of(dated, tmp_path), runner)
    yield editor
    editor.close()
