"""An empty, migrated database of each kind for each test."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Engine

from schema import migrations
from tests.databases import EACH_SORT, engine_of, new_database
from tests.seeds.small import SMALL, Small


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL database to copy, because copying is faster than migrating."""
    folder = tmp_path_factory.mktemp("migrated")
    with new_database("postgresql", folder) as url:
        with engine_of(url) as engine:
            migrations.upgrade(engine)
        yield url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file to copy, because migrating takes a second."""
    folder = tmp_path_factory.mktemp("migrated")
    with new_database("sqlite", folder) as url, engine_of(url) as engine:
        migrations.upgrade(engine)
    (file,) = folder.iterdir()
    return file


@pytest.fixture
def on_sqlite(migrated_file: Path, tmp_path: Path) -> Iterator[Engine]:
    copyfile(migrated_file, tmp_path / migrated_file.name)
    with new_database("sqlite", tmp_path) as url, engine_of(url) as engine:
        yield engine


@pytest.fixture
def on_postgresql(migrated: str, tmp_path: Path) -> Iterator[Engine]:
    with new_database("postgresql", tmp_path, migrated) as url, engine_of(url) as engine:
        yield engine


@pytest.fixture(params=EACH_SORT)
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.getfixturevalue(f"on_{request.param}")
    return found


@pytest.fixture
def small() -> Small:
    return Small(deepcopy(SMALL))
