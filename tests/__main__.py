"""Runs the suite twice, side by side: all of it on SQLite, what asks a database on PostgreSQL.

What is given goes to both, such as `-m "not browser"`.
"""

import os
import subprocess
import sys
import tempfile

# What never asks a database, or asks one of its own kind whichever is chosen.
_ONCE = (
    "tests/browser",
    "tests/contract",
    "tests/docker",
    "tests/failover",
    "tests/maintenance/test_backup_postgresql.py",
    "tests/maintenance/test_copying.py",
    "tests/maintenance/test_doctor.py",
)


def main(arguments: list[str]) -> int:
    """The worse of the two statuses."""
    command = [sys.executable, "-m", "pytest", *arguments]
    with tempfile.TemporaryFile("w+") as said:
        ignored = [f"--ignore={path}" for path in _ONCE]
        beside = subprocess.Popen(
            [*command, *ignored],
            env={**os.environ, "ALLYGRAPH_TEST_DATABASE": "postgresql"},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        here = subprocess.run(command, check=False).returncode
        sys.stdout.write("\nThe same on PostgreSQL:\n")
        sys.stdout.flush()
        there = beside.wait()
        said.seek(0)
        sys.stdout.write(said.read())
    return here or there


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
