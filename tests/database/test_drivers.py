"""A process loads the driver of its own database and no other: each takes time and memory."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.stores import copy_of, url_of

OPENS = """
import sys
from service.engine.engine import Engine
from service.settings import read_settings

Engine.open(read_settings(database_url=sys.argv[1]))
print("psycopg" in sys.modules, "apsw" in sys.modules)
"""


@pytest.mark.sqlite
def test_on_sqlite_the_driver_of_postgresql_is_not_loaded(seeded: Path, tmp_path: Path) -> None:
    url = url_of(copy_of(seeded, tmp_path))
    done = subprocess.run([sys.executable, "-c", OPENS, url], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("False True\n", "")
