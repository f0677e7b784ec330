"""The three parts of the suite: `make test`, `make test-deep` and `make test-slow`.

`ALLYGRAPH_TEST_PART` chooses "quick", "deep" or "slow"; unset, every test runs, at full size.

- The quick part leaves out the paths in `DEEP` and `SLOW`, and on PostgreSQL all folders but those
  in `ON_BOTH`.
- The deep part runs what the quick part leaves out, but for `SLOW`: with the quick part, it is what
  has to pass before a change is accepted.
- The slow part runs `SLOW`, which goes through by the thousand what the other parts ask by samples,
  and all tests marked `sampled` once more, with all of their examples (`examples`).
"""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.stores import ON_POSTGRESQL

PARTS = ("quick", "deep", "slow")
PART = os.environ.get("ALLYGRAPH_TEST_PART")
# Whether a test marked `sampled` runs only some of its examples.
IS_SAMPLED = PART in ("quick", "deep")
TESTS = Path(__file__).parents[1]
# Folders and files of the deep part: random requests, load, copies of the code, generated clients,
# most of the explorer in a browser, commands one process each, and PostgreSQL servers of their own.
DEEP = (
    "bench/test_comparisons.py",
    "bench/test_explorer.py",
    "bench/test_soak.py",
    "bench/test_workloads.py",
    "cli/test_export.py",
    "cli/test_migrate_to.py",
    "cli/test_refusals.py",
    "cli/test_serve.py",
    "browser/test_explorer_editing.py",
    "browser/test_explorer_large.py",
    "browser/test_explorer_names.py",
    "browser/test_explorer_samples.py",
    "browser/test_explorer_walks.py",
    "browser/test_explorer_widths.py",
    "browser/test_widths.py",
    "contract",
    "database/test_incomplete.py",
    "database/test_moved_file.py",
    "failover",
    "history/test_earlier_states.py",
    "hostile",
    "http/graphql/test_front_ends.py",
    "http/openapi/test_generators.py",
    "http/openapi/test_linters.py",
    "maintenance/test_backup_postgresql.py",
    "maintenance/test_copying.py",
    "maintenance/test_doctor.py",
    "oracle/test_at_the_limits.py",
    "oracle/test_new_questions.py",
    "pooler",
    "readers",
    "schema/test_downgrades.py",
    "schema/test_stated_once.py",
    "seeds/importing/test_real_files.py",
    "seeds/importing/test_real_panel.py",
    "server/test_draining.py",
    "server/test_telemetry.py",
    "server/test_workers.py",
    "subscriptions/test_client_libraries.py",
    "subscriptions/test_service.py",
    "subscriptions/test_thousand_subscribers.py",
    "watching",
    "writing/bulk/test_bulk_agreement.py",
)
# Files of the slow part.
SLOW = (
    "oracle/test_generator.py",
    "oracle/test_sweep.py",
)
# Folders that the quick part runs on PostgreSQL as well.
ON_BOTH = ("database", "history", "oracle", "queries", "writing")


def examples(few: int, full: int) -> int:
    """How many examples a `sampled` test runs: `few` in the quick and the deep part."""
    return few if IS_SAMPLED else full


def is_in_part(item: pytest.Item) -> bool:
    """Whether the chosen part runs this test."""
    if PART == "slow" and item.get_closest_marker("sampled"):
        return True
    return PART is None or part_of(item.path, ON_POSTGRESQL) == PART


def part_of(path: Path, on_postgresql: bool) -> str:
    """The part that runs the tests in this file on that database."""
    if _is_in(path, SLOW):
        return "slow"
    is_quick = not _is_in(path, DEEP) and (not on_postgresql or _is_in(path, ON_BOTH))
    return "quick" if is_quick else "deep"


def _is_in(path: Path, places: Sequence[str]) -> bool:
    return any(path.is_relative_to(TESTS / place) for place in places)
