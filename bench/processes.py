"""Stops processes that the bench has started, and reads the last line of their output."""

import subprocess
from typing import IO


def last_line(log: IO[bytes]) -> str:
    """The last line of the output that is not empty."""
    log.seek(0)
    lines = log.read().decode(errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "It printed nothing.")


def end(process: subprocess.Popen[bytes]) -> None:
    """Terminates a process, and kills it if it does not exit in time."""
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
