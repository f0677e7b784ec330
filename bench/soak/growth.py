"""Whether the memory and the open files of a server grow, from one sample per second.

Memory varies with the requests in progress, so single samples are not comparable: the median of the
last window is compared with that of the window after the first minute. The allowed growth is what
allocators need, which get memory from the system in large pieces and return only what lies at an
end. A leak is larger: 20 bytes per request at 2,000 requests per second are 20 MB in ten minutes.
"""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from bench.soak.samples import Sample

WARM_UP_SECONDS = 60
# Memory does not settle in a shorter run, so growth is not judged.
MIN_SECONDS = 150
# The share of each window in the time after the warm-up.
_WINDOW = 1 / 5
ALLOWED_MIB = 8.0
ALLOWED_SHARE = 0.05
ALLOWED_FILES = 5


class Change(NamedTuple):
    """A value after the warm-up and at the end, and its allowed growth."""

    first: float
    last: float
    allowed: float

    @property
    def growth(self) -> float:
        """Negative if the value has decreased."""
        return self.last - self.first

    @property
    def is_too_much(self) -> bool:
        """Whether the growth exceeds what is allowed."""
        return self.growth > self.allowed


def is_long_enough(samples: Sequence[Sample]) -> bool:
    """Whether growth can be judged."""
    return samples[-1].second >= MIN_SECONDS - 2


def memory(samples: Sequence[Sample]) -> Change:
    """In MiB."""
    first, last = _windows([sample.memory for sample in _settled(samples)])
    return Change(first, last, max(ALLOWED_MIB, ALLOWED_SHARE * first))


def files(samples: Sequence[Sample]) -> Change:
    """Open files, sockets among them."""
    first, last = _windows([float(sample.files) for sample in _settled(samples)])
    return Change(first, last, ALLOWED_FILES)


def memory_an_hour(samples: Sequence[Sample]) -> float:
    """Its growth in MiB per hour: the median of the slopes between distant samples (Theil-Sen).

    It is reported but not judged: a few minutes are little data for an hour.
    """
    settled = _settled(samples)
    half = len(settled) // 2
    pairs = zip(settled[:half], settled[-half:], strict=True)
    slopes = [(b.memory - a.memory) / (b.second - a.second) for a, b in pairs]
    return median(slopes) * 3600 if slopes else 0


def _settled(samples: Sequence[Sample]) -> Sequence[Sample]:
    """The samples after the warm-up; all samples of a short run."""
    since = WARM_UP_SECONDS if is_long_enough(samples) else 0
    return [sample for sample in samples if sample.second >= since]


def _windows(values: Sequence[float]) -> Iterator[float]:
    size = max(1, int(len(values) * _WINDOW))
    yield median(values[:size])
    yield median(values[-size:])
