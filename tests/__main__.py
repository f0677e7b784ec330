"""Runs the suite on SQLite, and the tests that use a database on PostgreSQL too.

Three processes share two cores, since tests of servers and clients often wait. There are four runs,
each on one database; the last one begins when another has ended. `--part` is as in
`tests/runner/parts.py`; all other arguments go to pytest, such as `-m "not browser"`.
"""

import argparse
import contextlib
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.runner.display import Display
from tests.runner.parts import PARTS
from tests.runner.run import Run

# Tests that use no database, use one of a fixed kind, or test the same documents and protocols on
# both.
_ONCE = (
    "tests/browser",
    "tests/contract",
    "tests/docker",
    "tests/docs",
    "tests/documents",
    "tests/failover",
    "tests/http/graphql/test_automatic_persisted_queries.py",
    "tests/http/graphql/test_front_ends.py",
    "tests/http/openapi",
    "tests/maintenance/test_backup_postgresql.py",
    "tests/maintenance/test_copying.py",
    "tests/maintenance/test_doctor.py",
    "tests/oracle/test_generator.py",
    "tests/planning",
    "tests/subscriptions/test_client_libraries.py",
    "tests/watching",
)
# About a third of the tests.
_APART = (
    "tests/browser",
    "tests/contract",
    "tests/http",
    "tests/schema",
    "tests/server",
    "tests/subscriptions",
    "tests/writing",
)
_AT_ONCE = 3
_POLL_SECONDS = 0.25


def main() -> int:
    """Returns 0 if all runs have passed, otherwise 1."""
    parser = argparse.ArgumentParser(prog="python -m tests", description=__doc__)
    parser.add_argument("--part", choices=PARTS, help="run one part (default: all)")
    options, arguments = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        runs = _runs(Path(folder), options.part, arguments)
        display = Display(runs)
        # Ctrl-C reaches the runs too: each stops by itself and reports its results.
        with contextlib.suppress(KeyboardInterrupt), display:
            _follow(runs, display)
        statuses = [run.status() for run in runs]
        display.show_results(runs)
    return int(any(statuses))


def _follow(runs: Sequence[Run], display: Display) -> None:
    """Starts the runs and shows their progress until all have ended."""
    waiting = list(runs)
    is_running = True
    while is_running:
        # Read the state before the last events, so that no event is missed.
        running = sum(run.is_running() for run in runs)
        for run in waiting[: _AT_ONCE - running]:
            run.start()
            waiting.remove(run)
            running += 1
        is_running = running > 0
        for run in runs:
            display.show(run, run.read())
        time.sleep(_POLL_SECONDS)


def _runs(folder: Path, part: str | None, arguments: Sequence[str]) -> list[Run]:
    """Returns the runs in the order in which they start."""
    environment = {"ALLYGRAPH_TEST_PART": part} if part else {}

    def run(name: str, database: str, *more: str) -> Run:
        on_database = environment | {"ALLYGRAPH_TEST_DATABASE": database}
        return Run(name, folder, [*arguments, *more], on_database)

    def without(*paths: str) -> list[str]:
        return [f"--ignore={path}" for path in paths]

    return [
        run("sqlite", "sqlite", *without(*_APART)),
        run("postgresql", "postgresql", *without(*_APART, *_ONCE)),
        run("sqlite, apart", "sqlite", *_APART),
        # pytest runs a path that is named even if a folder above it is ignored.
        run("postgresql, apart", "postgresql", *sorted({*_APART} - {*_ONCE}), *without(*_ONCE)),
    ]


if __name__ == "__main__":
    sys.exit(main())
