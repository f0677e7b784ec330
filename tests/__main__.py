"""Runs the suite on SQLite and, side by side, on PostgreSQL what uses a database.

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
_POLL_SECONDS = 0.25


def main() -> int:
    """0 where both runs have passed, otherwise 1."""
    parser = argparse.ArgumentParser(prog="python -m tests", description=__doc__)
    parser.add_argument("--part", choices=["quick", "deep"], help="run one part (default: all)")
    options, arguments = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        runs = _start(Path(folder), options.part, arguments)
        display = Display(runs)
        # Ctrl-C reaches both runs too: each ends by itself and reports what it has done.
        with contextlib.suppress(KeyboardInterrupt), display:
            _follow(runs, display)
        statuses = [run.status() for run in runs]
        display.show_results(runs)
    return int(any(statuses))


def _follow(runs: Sequence[Run], display: Display) -> None:
    """Shows the progress until both runs have ended."""
    is_running = True
    while is_running:
        time.sleep(_POLL_SECONDS)
        # Asked before the last read, so that no event is missed.
        is_running = any(run.is_running() for run in runs)
        for run in runs:
            display.show(run, run.read())


def _start(folder: Path, part: str | None, arguments: Sequence[str]) -> list[Run]:
    environment = {"ALLYGRAPH_TEST_PART": part} if part else {}
    ignored = [f"--ignore={path}" for path in _ONCE]
    return [
        Run(database, folder, more, environment | {"ALLYGRAPH_TEST_DATABASE": database})
        for database, more in (("sqlite", arguments), ("postgresql", [*arguments, *ignored]))
    ]


if __name__ == "__main__":
    sys.exit(main())
