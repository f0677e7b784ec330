"""A database with a small data set under the name that the guide of analyses uses."""

from pathlib import Path

import pytest

from seeds.folder import Folder
from seeds.loader import load
from tests.seeds.importing.conftest import DATA
from tests.stores import copy_of, database_of

collect_ignore = [] if DATA.is_dir() else ["test_real_panel.py"]

# In the place of the data set that the guide names, which everybody has to get from its publisher.
DATASET = """
slug: ucdp-esd
title: Made up
version: "1"
licence: CC0
citation: Made up.
coversFrom: 1992
coversUntil: 2017
expected: {supports: 2}
"""
SUPPORTS = """
    first: {supporter: iran, recipient: north-korea, kind: MISSILES, phase: DELIVERED,
      startedOn: 1995, endedOn: 2004, sourceKey: "1"}
    second: {supporter: china, recipient: north-korea, kind: TROOPS, phase: DELIVERED,
      startedOn: 2000, endedOn: 2009, sourceKey: "2"}
"""


@pytest.fixture
def database(seeded: Path, tmp_path: Path) -> Path:
    path, folder = copy_of(seeded, tmp_path), tmp_path / "ucdp_esd"
    folder.mkdir()
    (folder / "dataset.yaml").write_text(DATASET)
    (folder / "supports.yaml").write_text(SUPPORTS)
    engine = database_of(path).engine()
    load(engine, Folder(folder))
    engine.dispose()
    return path
