"""Reduces garbage collection while many records are read."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# The thresholds of the three generations: the number of new objects before a collection (default:
# 700), of collections before the second generation is included, and of those before all objects
# are.
_THRESHOLDS = (100_000, 50, 10)


@contextmanager
def rare_collections() -> Iterator[None]:
    """Collects garbage rarely within the block, because records have no reference cycles.

    The number of live objects grows during a load, and scanning them repeatedly takes a quarter of
    the time of an import.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
