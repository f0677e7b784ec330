"""What is written down once a second: memory, files, and how long answers took."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_MIB = 2**20
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Sample:
    """One second. `memory` is in MiB, of all processes of the server together."""

    second: float
    memory: float
    files: int
    answers: int
    median: float
    slowest: float


@dataclass
class Watch:
    """Looks at the processes of a server, and is told how long each answer took."""

    pid: int
    samples: list[Sample] = field(default_factory=list)
    kinds: Mapping[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    _seconds: list[float] = field(default_factory=list)

    def took(self, kind: str, seconds: float) -> None:
        """One answer."""
        self._seconds.append(seconds)
        self.kinds[kind].append(seconds)

    def look(self, second: float) -> None:
        """Writes down the second that is over."""
        seconds, self._seconds = self._seconds, []
        processes = list(processes_of(self.pid))
        self.samples.append(
            Sample(
                second,
                memory=sum(map(_memory, processes)) / _MIB,
                files=sum(map(_files, processes)),
                answers=len(seconds),
                median=percentile(seconds, 50),
                slowest=max(seconds, default=0),
            )
        )


def percentile(values: Sequence[float], per_cent: float) -> float:
    """The value that this many per cent do not exceed; 0 where there is none."""
    if not values:
        return 0
    return sorted(values)[min(len(values) - 1, int(len(values) * per_cent / 100))]


def processes_of(pid: int) -> Iterable[int]:
    """The process and all that it has started, and they have."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from processes_of(int(child))


def _memory(pid: int) -> int:
    """What is resident."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_BYTES


def _files(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))
