"""The path of a request is short enough to read: see `tests/path.py`."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# The maximum number of files that each request may enter.
LIMITS = {"first query": 51, "repeated query": 8, "mutation": 87, "REST read": 49}


@cache
def counted() -> dict[str, int]:
    """Runs in a separate process, in which nothing is cached yet."""
    command = [sys.executable, "-m", "tests.path", "--counts"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    counts: dict[str, int] = json.loads(done.stdout)
    return counts


@pytest.mark.sqlite
@pytest.mark.parametrize("name", LIMITS)
def test_a_request_enters_no_more_files_than_this(name: str) -> None:
    assert counted()[name] <= LIMITS[name]
