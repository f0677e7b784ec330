"""Fewer collections of garbage while many records are read."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# So many new objects, instead of 700, before they are looked through for circles; and so many times
# before the older ones are too, and then all.
_THRESHOLDS = (100_000, 50, 10)


@contextmanager
def rare_collections() -> Iterator[None]:
    """Looks for circles among objects seldom: records have none.

    A load makes more and more objects that stay, which would be looked through again and again:
    a quarter of the time that an import takes.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
