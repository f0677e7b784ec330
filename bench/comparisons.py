"""The comparisons that can be made, in the order in which they are."""

from collections.abc import Callable
from enum import StrEnum

from bench import following, footprint, reading, writing
from bench.figures import Found
from bench.session import Session


class Comparison(StrEnum):
    """What can be asked for alone."""

    PAGE = "page"
    LOOKUP = "lookup"
    DEPTH = "depth"
    AS_OF = "asOf"
    CACHED = "cached"
    WRITE = "write"
    SUBSCRIBERS = "subscribers"
    MEMORY = "memory"
    START = "start"


COMPARISONS: dict[Comparison, Callable[[Session], Found]] = {
    Comparison.PAGE: reading.PAGE.run,
    Comparison.LOOKUP: reading.LOOKUP.run,
    Comparison.DEPTH: reading.compare_depths,
    Comparison.AS_OF: reading.compare_as_of,
    Comparison.CACHED: reading.CACHED.run,
    Comparison.WRITE: writing.compare,
    Comparison.SUBSCRIBERS: following.compare,
    Comparison.MEMORY: footprint.memory,
    Comparison.START: footprint.start,
}
