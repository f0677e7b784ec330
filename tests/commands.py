"""Runs the command `allygraph` in a separate process."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent

# Root may read and write any file. A process that drops these capabilities before it executes
# another program is subject to file modes like any user.
_LIKE_ANY_USER = """
import ctypes, os, sys
if os.geteuid() == 0:
    PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2
    for right in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, right, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "service.cli", *sys.argv[1:]])
"""


class Ended(NamedTuple):
    """The exit status and the output of a command."""

    status: int
    out: str
    err: str


def start(*arguments: str, **settings: str) -> subprocess.Popen[str]:
    """Starts the command with these settings and no others."""
    rest = {name: text for name, text in os.environ.items() if not name.startswith("ALLYGRAPH_")}
    # A wide terminal, so that help texts are not broken within a word.
    environment = rest | {"COLUMNS": "200", "TERM": "dumb"} | settings
    return subprocess.Popen(
        [sys.executable, "-c", _LIKE_ANY_USER, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(*arguments: str, **settings: str) -> Ended:
    """Runs the command and waits until it exits."""
    with start(*arguments, **settings) as process:
        try:
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()
    return Ended(process.returncode, out, err)


def doctor(**settings: str) -> Ended:
    """Returns the doctor's output, except that a test server does not survive power loss."""
    ended = run("doctor", **settings)
    bad = [line for line in ended.err.splitlines(keepends=True) if "fsync is off" not in line]
    return Ended(ended.status if bad or not ended.err else 0, ended.out, "".join(bad))


def run_together(*commands: list[str]) -> list[Ended]:
    """Runs several commands at a time, since each must load its code first."""
    with ThreadPoolExecutor(4) as threads:
        return list(threads.map(lambda arguments: run(*arguments), commands))


class Serving(NamedTuple):
    """A server, its output before the address, and the address."""

    process: subprocess.Popen[str]
    said: str
    url: str

    def end(self) -> Ended:
        """Waits until the server exits."""
        out, err = self.process.communicate(timeout=30)
        return Ended(self.process.returncode, self.said + out, err)


@contextmanager
def serving(*arguments: str, **settings: str) -> Iterator[Serving]:
    """Yields a server on a free port. The process is killed at the end."""
    with start("serve", "--port", "0", *arguments, **settings) as process:
        try:
            assert process.stdout
            said = ""
            for line in process.stdout:
                said += line
                if address := re.search(r'http://[^\s"]+', line):
                    yield Serving(process, said, address[0])
                    break
            else:
                raise AssertionError(f"It did not serve: {said}{process.communicate()[1]}")
        finally:
            process.kill()
