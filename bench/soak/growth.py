"""Whether a server stayed as it was: its memory and its files, from a sample a second.

Memory goes up and down with what is under way, so that no two samples can be compared. What is
compared is the median of a window after the first minute with that of the last window. What it may
be more by then is what allocators need: a process is given memory in large pieces, and gives back
only what lies at an end. It is little beside a leak: at 2,000 requests a second, 20 bytes of each
come to more than 20 MB in ten minutes.
"""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from bench.soak.samples import Sample

WARM_UP_SECONDS = 60
# A shorter run is over before anything has settled: it shows that the soak works, and no more.
JUDGED_FROM_SECONDS = 150
# Each window is this part of what comes after the warm-up.
_WINDOW = 1 / 5
ALLOWED_MIB = 8.0
ALLOWED_SHARE = 0.05
ALLOWED_FILES = 5


class Change(NamedTuple):
    """Something at the beginning and at the end, and how much more it may be by then."""

    first: float
    last: float
    allowed: float

    @property
    def growth(self) -> float:
        """Less than nothing where it has become less."""
        return self.last - self.first

    @property
    def is_too_much(self) -> bool:
        """Whether it has grown."""
        return self.growth > self.allowed


def is_long_enough(samples: Sequence[Sample]) -> bool:
    """Whether there is anything to judge."""
    return samples[-1].second >= JUDGED_FROM_SECONDS - 2


def memory(samples: Sequence[Sample]) -> Change:
    """In MiB."""
    first, last = _windows([sample.memory for sample in _settled(samples)])
    return Change(first, last, max(ALLOWED_MIB, ALLOWED_SHARE * first))


def files(samples: Sequence[Sample]) -> Change:
    """Open files, sockets among them."""
    first, last = _windows([float(sample.files) for sample in _settled(samples)])
    return Change(first, last, ALLOWED_FILES)


def memory_an_hour(samples: Sequence[Sample]) -> float:
    """How fast it grows in MiB an hour: the median of the slopes between far samples (Theil-Sen).

    It is told and not judged: of a few minutes, an hour is a bold guess.
    """
    settled = _settled(samples)
    half = len(settled) // 2
    pairs = zip(settled[:half], settled[-half:], strict=True)
    slopes = [(b.memory - a.memory) / (b.second - a.second) for a, b in pairs]
    return median(slopes) * 3600 if slopes else 0


def _settled(samples: Sequence[Sample]) -> Sequence[Sample]:
    """Those after the warm-up; of a short run, all."""
    since = WARM_UP_SECONDS if is_long_enough(samples) else 0
    return [sample for sample in samples if sample.second >= since]


def _windows(values: Sequence[float]) -> Iterator[float]:
    size = max(1, int(len(values) * _WINDOW))
    yield median(values[:size])
    yield median(values[-size:])
