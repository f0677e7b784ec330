"""Runs the suite on SQLite and, side by side, on PostgreSQL what uses a database.

The quick part has less to do on PostgreSQL, so some folders are run on SQLite after it.

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
)
# They take as long as the rest of SQLite takes longer than PostgreSQL.
_AFTER_POSTGRESQL = ("tests/http", "tests/writing")
_POLL_SECONDS = 0.25


def main() -> int:
    """0 where both runs have passed, otherwise 1."""
    parser = argparse.ArgumentParser(prog="python -m tests", description=__doc__)
    parser.add_argument("--part", choices=["quick", "deep"], help="run one part (default: all)")
    options, arguments = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        lanes = _lanes(Path(folder), options.part, arguments)
        runs = [run for lane in lanes for run in lane]
        display = Display(runs)
        # Ctrl-C reaches the runs too: each ends by itself and reports what it has done.
        with contextlib.suppress(KeyboardInterrupt), display:
            _follow(lanes, display)
        statuses = [run.status() for run in runs]
        display.show_results(runs)
    return int(any(statuses))


def _follow(lanes: Sequence[Sequence[Run]], display: Display) -> None:
    """Runs the lanes side by side, each one run after the other, and shows the progress."""
    is_running = True
    while is_running:
        # Asked before the last read, so that no event is missed.
        going = [_goes_on(lane) for lane in lanes]
        is_running = any(going)
        for run in (run for lane in lanes for run in lane):
            display.show(run, run.read())
        time.sleep(_POLL_SECONDS)


def _goes_on(lane: Sequence[Run]) -> bool:
    """Starts the next run of a lane when the one before has ended; whether any is running."""
    if any(run.is_running() for run in lane):
        return True
    waiting = [run for run in lane if not run.has_started()]
    if waiting:
        waiting[0].start()
    return bool(waiting)


def _lanes(folder: Path, part: str | None, arguments: Sequence[str]) -> list[list[Run]]:
    """What runs side by side, and in each lane one after the other."""
    environment = {"ALLYGRAPH_TEST_PART": part} if part else {}
    later = _AFTER_POSTGRESQL if part == "quick" else ()

    def run(name: str, database: str, *more: str) -> Run:
        on_database = environment | {"ALLYGRAPH_TEST_DATABASE": database}
        return Run(name, folder, [*arguments, *more], on_database)

    sqlite = run("sqlite", "sqlite", *(f"--ignore={path}" for path in later))
    postgresql = run("postgresql", "postgresql", *(f"--ignore={path}" for path in _ONCE))
    rest = [run("sqlite, rest", "sqlite", *later)] if later else []
    return [[sqlite], [postgresql, *rest]]


if __name__ == "__main__":
    sys.exit(main())
