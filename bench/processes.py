"""What is done with a process that the bench has started: end it, and read its last words."""

import subprocess
from typing import IO


def last_line(log: IO[bytes]) -> str:
    """The last thing it said."""
    log.seek(0)
    lines = log.read().decode(errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "It said nothing.")


def end(process: subprocess.Popen[bytes]) -> None:
    """Tells it to end, and sees that it does."""
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
