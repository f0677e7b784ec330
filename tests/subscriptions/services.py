"""Runs servers in separate processes, for the tests of subscriptions."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from tests.subscriptions.talking import Talk, talking

ROOT = Path(__file__).parents[2]


class Service(NamedTuple):
    """A server and its URL."""

    process: subprocess.Popen[str]
    url: str

    def post(self, path: str) -> str:
        return httpx.post(f"{self.url}{path}").text

    def write(self, *sizes: int) -> None:
        """Writes revisions, each with an event of this many bytes."""
        for size in sizes:
            self.post(f"/write?{size}")

    def open_operations(self) -> int:
        return int(self.post("/open"))

    def talk(self, **options: Any) -> AbstractContextManager[Talk]:
        return talking(self.url, **options)

    def resident_bytes(self) -> int:
        return resident_bytes(self.process.pid)


def resident_bytes(pid: int) -> int:
    """Returns the resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


@contextmanager
def fake_service(**settings: str) -> Iterator[Service]:
    """Yields the service of `fake_service.py`, with only these settings."""
    rest = {name: text for name, text in os.environ.items() if not name.startswith("ALLYGRAPH_")}
    command = [sys.executable, "-m", "tests.subscriptions.fake_service"]
    with subprocess.Popen(
        command, cwd=ROOT, env=rest | settings, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        try:
            yield Service(process, process.stdout.readline().strip())
        finally:
            process.kill()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Waits for a condition that no event reports."""
    for _ in range(1_000):
        if is_so():
            return
        time.sleep(0.02)
    raise AssertionError("The condition was not met within 20 seconds.")
