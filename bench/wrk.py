"""Measures requests per second with wrk, on one thread."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.errors import BenchError

CONNECTIONS = 16
WARM_UP_SECONDS = 1
# A slow server responds to its connections in step. A measurement with few steps would cut off most
# of the last one; it may be made this many times as long, so that it has enough steps.
ENOUGH_STEPS = 20
MOST_TIMES_AS_LONG = 3
_SCRIPT = Path(__file__).with_name("rotate.lua")


@dataclass(frozen=True)
class Load:
    """Requests with these bodies in rotation, sent to this URL.

    `connections`: the number of concurrent connections. `first`: the index of the first body.
    """

    name: str
    url: str
    bodies: Sequence[bytes]
    connections: int = CONNECTIONS
    token: str | None = None
    first: int = 0


@dataclass(frozen=True)
class Measured:
    """Responses per second, responses in total, and how many bodies were sent."""

    rate: float
    responses: int
    sent: int


def find() -> str:
    """The path of wrk. Raises BenchError if it is not installed."""
    path = shutil.which("wrk")
    if path is None:
        raise BenchError("wrk is missing: install it with `apt-get install wrk`, then try again.")
    return path


def rate(load: Load, seconds: int) -> float:
    """Responses per second, after a short warm-up."""
    return measure(load, seconds).rate


def measure(load: Load, seconds: int) -> Measured:
    """Returns responses per second with totals. The measurement continues after the warm-up."""
    with TemporaryDirectory() as folder:
        bodies = Path(folder, "bodies")
        bodies.write_bytes(b"\n".join(load.bodies))
        warm_up, found = _run(load, bodies, load.first, WARM_UP_SECONDS)
        # Requests in flight at the end were sent, but not counted.
        sent = warm_up + load.connections
        length = window(found, seconds, load.connections)
        counted, found = _run(load, bodies, load.first + sent, length)
    if not found:
        raise BenchError(f"{load.name} sent no response in {seconds} seconds; set more --seconds.")
    return Measured(found, warm_up + counted, sent + counted + load.connections)


def window(expected: float, seconds: int, connections: int = CONNECTIONS) -> int:
    """How many seconds to measure a server with this expected rate."""
    longest = seconds * MOST_TIMES_AS_LONG
    needed = ENOUGH_STEPS * connections / expected if expected else longest
    return max(seconds, min(longest, round(needed)))


def _run(load: Load, bodies: Path, first: int, seconds: int) -> tuple[int, float]:
    options = [f"--connections={load.connections}", "--threads=1", f"--duration={seconds}s"]
    command = [find(), *options, "--timeout=20s", f"--script={_SCRIPT}", load.url]
    environment = os.environ | ({"BENCH_TOKEN": load.token} if load.token else {})
    done = subprocess.run(
        [*command, "--", str(bodies), str(first)], capture_output=True, text=True, env=environment
    )
    if done.returncode:
        raise BenchError(f"wrk failed on {load.name}: {done.stderr.strip()}")
    summary = json.loads(done.stdout.splitlines()[-1])
    if summary["failed"]:
        raise BenchError(f"{load.name}: {summary['failed']} requests failed.")
    requests = summary["requests"]
    return requests, float(requests / summary["microseconds"] * 1_000_000)
