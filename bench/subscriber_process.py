"""Starts and reads the process of the subscribers: see `bench.subscribers`."""

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

# Long enough for a slow machine: if it takes longer, an event is lost.
_TIMEOUT_SECONDS = 60


class SubscriberProcess:
    """All subscribers of a server, which print one report per line."""

    def __init__(self, output: IO[bytes], log: IO[bytes]) -> None:
        self._output = output
        self._log = log

    def received_by_all_at(self, revision: int) -> float:
        """When the last of them received a revision, on the clock `time.monotonic`."""
        report = self.next_report()
        if report.get("revision") != revision:
            raise BenchError(f"Expected revision {revision} from the subscribers, got {report}.")
        return float(report["at"])

    def next_report(self) -> Mapping[str, Any]:
        """The next report."""
        ready, _, _ = select.select([self._output], [], [], _TIMEOUT_SECONDS)
        line = self._output.readline() if ready else b""
        if not line:
            raise BenchError(f"The subscribers received nothing. {last_line(self._log)}")
        report: Mapping[str, Any] = orjson.loads(line)
        return report


@contextmanager
def subscribed(server: Server, count: int) -> Iterator[SubscriberProcess]:
    """Yields this many subscribers, all subscribed. Their process is always stopped at the end."""
    command = [sys.executable, "-m", "bench.subscribers", str(server.port), str(count)]
    with TemporaryFile() as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            # `select` does not report data that is already in a buffer.
            bufsize=0,
            start_new_session=True,
        )
        output = cast(IO[bytes], process.stdout)
        try:
            subscribers = SubscriberProcess(output, log)
            # The first report means that all have subscribed.
            subscribers.next_report()
            yield subscribers
        finally:
            end(process)
            output.close()
