"""Runs the suite on SQLite and, side by side, on PostgreSQL what uses a database.

Three processes share two cores, since tests of servers and clients wait a good part of their time:
the database with more to do has two of them.

`--part` is as in `tests/runner/parts.py`; what else is given goes to pytest, such as
`-m "not browser"`.
"""

import argparse
import contextlib
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.runner.display import Display
from tests.runner.run import Run

# What uses no database, or one of its own kind whichever is chosen.
_ONCE = (
    "tests/browser",
    "tests/contract",
    "tests/docker",
    "tests/failover",
    "tests/maintenance/test_backup_postgresql.py",
    "tests/maintenance/test_copying.py",
    "tests/maintenance/test_doctor.py",
    "tests/oracle/test_generator.py",
)
# About half of what the database with more to do has to do.
_APART = ("tests/http", "tests/writing")
_POLL_SECONDS = 0.25


def main() -> int:
    """0 where both runs have passed, otherwise 1."""
    parser = argparse.ArgumentParser(prog="python -m tests", description=__doc__)
    parser.add_argument("--part", choices=["quick", "deep"], help="run one part (default: all)")
    options, arguments = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        runs = _runs(Path(folder), options.part, arguments)
        display = Display(runs)
        # Ctrl-C reaches the runs too: each ends by itself and reports what it has done.
        with contextlib.suppress(KeyboardInterrupt), display:
            _follow(runs, display)
        statuses = [run.status() for run in runs]
        display.show_results(runs)
    return int(any(statuses))


def _follow(runs: Sequence[Run], display: Display) -> None:
    """Runs all side by side, and shows the progress."""
    for run in runs:
        run.start()
    is_running = True
    while is_running:
        # Asked before the last read, so that no event is missed.
        is_running = any(run.is_running() for run in runs)
        for run in runs:
            display.show(run, run.read())
        time.sleep(_POLL_SECONDS)


def _runs(folder: Path, part: str | None, arguments: Sequence[str]) -> list[Run]:
    """What runs side by side."""
    environment = {"ALLYGRAPH_TEST_PART": part} if part else {}
    # The quick part leaves out most of PostgreSQL, and the deep part what the quick one has done.
    larger = "postgresql" if part == "deep" else "sqlite"

    def run(name: str, database: str, *more: str) -> Run:
        on_database = environment | {"ALLYGRAPH_TEST_DATABASE": database}
        return Run(name, folder, [*arguments, *more], on_database)

    def whole(database: str, *left_out: str) -> Run:
        apart = _APART if database == larger else ()
        return run(database, database, *(f"--ignore={path}" for path in (*left_out, *apart)))

    return [
        whole("sqlite"),
        whole("postgresql", *_ONCE),
        run(f"{larger}, rest", larger, *_APART),
    ]


if __name__ == "__main__":
    sys.exit(main())
