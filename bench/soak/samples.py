"""Samples, one per second: memory, open files, and latencies."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_MIB = 2**20
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Sample:
    """One second. `memory`: MiB of all processes of the server together."""

    second: float
    memory: float
    files: int
    responses: int
    median: float
    slowest: float


@dataclass
class Sampler:
    """Samples the processes of a server, and collects latencies."""

    pid: int
    samples: list[Sample] = field(default_factory=list)
    kinds: Mapping[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    _seconds: list[float] = field(default_factory=list)

    def record(self, kind: str, seconds: float) -> None:
        """Records the latency of one response."""
        self._seconds.append(seconds)
        self.kinds[kind].append(seconds)

    def sample(self, second: float) -> None:
        """Adds the sample of the last second."""
        seconds, self._seconds = self._seconds, []
        processes = list(processes_of(self.pid))
        self.samples.append(
            Sample(
                second,
                memory=sum(map(_memory, processes)) / _MIB,
                files=sum(map(_files, processes)),
                responses=len(seconds),
                median=percentile(seconds, 50),
                slowest=max(seconds, default=0),
            )
        )


def percentile(values: Sequence[float], per_cent: float) -> float:
    """Returns a percentile of the values; 0 if there are none."""
    if not values:
        return 0
    return sorted(values)[min(len(values) - 1, int(len(values) * per_cent / 100))]


def processes_of(pid: int) -> Iterable[int]:
    """The process and its descendants."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from processes_of(int(child))


def _memory(pid: int) -> int:
    """The resident memory in bytes."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_BYTES


def _files(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))
