"""A database with a small data set, named as in the guide of analyses."""

from pathlib import Path

import pytest

from tests.made_data_sets import MadeDataSet, load_made
from tests.seeds.importing.conftest import DATA
from tests.stores import copy_of

collect_ignore = [] if DATA.is_dir() else ["test_real_panel.py"]

# In place of the guide's data set, which users must download from its publisher.
SUPPORTS = """
    first: {supporter: iran, recipient: north-korea, kind: MISSILES, phase: DELIVERED,
      startedOn: 1995, endedOn: 2004, sourceKey: "1"}
    second: {supporter: china, recipient: north-korea, kind: TROOPS, phase: DELIVERED,
      startedOn: 2000, endedOn: 2009, sourceKey: "2"}
"""


@pytest.fixture
def database(seeded: Path, tmp_path: Path) -> Path:
    path = copy_of(seeded, tmp_path)
    covered = "coversFrom: 1992\ncoversUntil: 2017"
    load_made(path, tmp_path, MadeDataSet("ucdp-esd", {"supports": SUPPORTS}, covered))
    return path
