"""The process of the subscribers, as the bench sees it."""

import select
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, Any, cast

import orjson

from bench.errors import BenchError
from bench.processes import end, last_line
from bench.servers import Server

# Long enough for a slow machine; whoever takes longer has lost something.
_HEARD_WITHIN_SECONDS = 60


class Audience:
    """All subscribers of a server, who tell what they have heard, a report a line."""

    def __init__(self, told: IO[bytes], log: IO[bytes]) -> None:
        self._told = told
        self._log = log

    def received_by_all_at(self, revision: int) -> float:
        """When the last one heard of a revision, on the clock `time.monotonic`."""
        report = self.next_report()
        if report.get("revision") != revision:
            raise BenchError(f"The subscribers were to hear of revision {revision}, not {report}.")
        return float(report["at"])

    def next_report(self) -> Mapping[str, Any]:
        """What they tell next."""
        ready, _, _ = select.select([self._told], [], [], _HEARD_WITHIN_SECONDS)
        line = self._told.readline() if ready else b""
        if not line:
            raise BenchError(f"The subscribers hear nothing. {last_line(self._log)}")
        report: Mapping[str, Any] = orjson.loads(line)
        return report


@contextmanager
def subscribed(server: Server, count: int) -> Iterator[Audience]:
    """So many subscribers, all of them listening; whatever happens, they are ended."""
    command = [sys.executable, "-m", "bench.subscribers", str(server.port), str(count)]
    with TemporaryFile() as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            # A line that is told is not held back in a buffer that `select` does not see.
            bufsize=0,
            start_new_session=True,
        )
        told = cast(IO[bytes], process.stdout)
        try:
            subscribers = Audience(told, log)
            # The first report is that all have subscribed.
            subscribers.next_report()
            yield subscribers
        finally:
            end(process)
            told.close()
