"""How requests a second are measured: wrk, with 16 connections on one thread."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.errors import BenchError

CONNECTIONS = 16
WARM_UP_SECONDS = 1
# A slow server answers its connections in step. A window with few steps in it would leave out most
# of one and so wrong that server; it may be made this many times as long to hold enough.
ENOUGH_STEPS = 20
MOST_TIMES_AS_LONG = 3
_SCRIPT = Path(__file__).with_name("rotate.lua")


@dataclass(frozen=True)
class Load:
    """What is measured: these bodies in rotation, sent to this address."""

    name: str
    url: str
    bodies: Sequence[bytes]


def find() -> str:
    """Where wrk is."""
    path = shutil.which("wrk")
    if path is None:
        raise BenchError("wrk is missing: install it with `apt-get install wrk`, then try again.")
    return path


def rate(load: Load, seconds: int) -> float:
    """Requests a second, after a short warm-up."""
    with TemporaryDirectory() as folder:
        bodies = Path(folder, "bodies")
        bodies.write_bytes(b"\n".join(load.bodies))
        found = _run(load, bodies, WARM_UP_SECONDS)
        found = _run(load, bodies, window(found, seconds))
    if not found:
        raise BenchError(f"{load.name} answered nothing in {seconds} seconds; give it more.")
    return found


def window(expected: float, seconds: int) -> int:
    """How many seconds to measure a server of which this rate is expected."""
    longest = seconds * MOST_TIMES_AS_LONG
    needed = ENOUGH_STEPS * CONNECTIONS / expected if expected else longest
    return max(seconds, min(longest, round(needed)))


def _run(load: Load, bodies: Path, seconds: int) -> float:
    options = [f"--connections={CONNECTIONS}", "--threads=1", f"--duration={seconds}s"]
    command = [find(), *options, "--timeout=20s", f"--script={_SCRIPT}", load.url]
    done = subprocess.run([*command, "--", str(bodies)], capture_output=True, text=True)
    if done.returncode:
        raise BenchError(f"wrk failed on {load.name}: {done.stderr.strip()}")
    summary = json.loads(done.stdout.splitlines()[-1])
    if summary["failed"]:
        raise BenchError(f"{load.name}: {summary['failed']} requests failed.")
    return float(summary["requests"] / summary["microseconds"] * 1_000_000)
