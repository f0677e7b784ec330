"""The two parts of the suite: `make test` runs the quick part, `make test-deep` the deep part.

`ALLYGRAPH_TEST_PART` chooses "quick" or "deep"; unset, every test runs, at full size. The deep part
is what the quick part leaves out, so together they run every test on both databases:

- The quick part leaves out the paths in `DEEP`, and on PostgreSQL all folders but those in
  `ON_BOTH`.
- A test marked `sampled` runs in both parts, with fewer examples in the quick part (`examples`).
"""

import os
from pathlib import Path

import pytest

from tests.stores import ON_POSTGRESQL

IS_QUICK = os.environ.get("ALLYGRAPH_TEST_PART") == "quick"
IS_DEEP = os.environ.get("ALLYGRAPH_TEST_PART") == "deep"
TESTS = Path(__file__).parents[1]
# Folders and files of the deep part: random requests, load, copies of the code, generated clients,
# the pages at every width, and PostgreSQL servers of their own.
DEEP = (
    "bench/test_comparisons.py",
    "bench/test_soak.py",
    "cli/test_export.py",
    "cli/test_migrate_to.py",
    "browser/test_explorer_widths.py",
    "browser/test_widths.py",
    "contract",
    "database/test_incomplete.py",
    "database/test_moved_file.py",
    "failover",
    "hostile",
    "http/openapi/test_generators.py",
    "http/openapi/test_linters.py",
    "maintenance/test_backup_postgresql.py",
    "maintenance/test_copying.py",
    "oracle/test_at_the_limits.py",
    "oracle/test_generator.py",
    "oracle/test_new_questions.py",
    "oracle/test_sweep.py",
    "pooler",
    "readers",
    "schema/test_downgrades.py",
    "schema/test_stated_once.py",
    "server/test_draining.py",
    "server/test_telemetry.py",
    "server/test_workers.py",
    "subscriptions/test_client_libraries.py",
    "subscriptions/test_thousand_subscribers.py",
    "watching",
)
# Folders that the quick part runs on PostgreSQL as well.
ON_BOTH = ("database", "history", "oracle", "queries", "writing")


def examples(quick: int, full: int) -> int:
    """How many examples a `sampled` test runs: `full` unless the part is "quick"."""
    return quick if IS_QUICK else full


def is_in_part(item: pytest.Item) -> bool:
    """Whether the chosen part runs this test."""
    in_quick = is_in_quick_part(item.path, ON_POSTGRESQL)
    if IS_QUICK:
        return in_quick
    return not IS_DEEP or not in_quick or bool(item.get_closest_marker("sampled"))


def is_in_quick_part(path: Path, on_postgresql: bool) -> bool:
    """Whether the quick part runs the tests in this file on that database."""
    if any(path.is_relative_to(TESTS / deep) for deep in DEEP):
        return False
    return not on_postgresql or any(path.is_relative_to(TESTS / both) for both in ON_BOTH)
