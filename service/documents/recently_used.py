"""A cache in which a look-up takes as long as in a dict.

New entries go into a young generation. When it is full, it becomes the old generation, and the
previous old one is dropped. A look-up moves an entry from the old generation to the young one, so
entries in use remain. (An LRU cache moves an entry at each use, which takes as long as the rest of
the shortest path.)
"""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

# The maximum number of keys that are remembered from a first use.
_SEEN_MOST = 10_000

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class RecentlyUsed(Generic[Key, Value]):
    """Caches the values that were used recently, up to a total size."""

    __slots__ = ("_most", "_old", "_seen", "_seen_before", "_size", "_young")

    def __init__(self, most: int) -> None:
        """`most`: the maximum size of all values together, in the unit of `keep`."""
        self._most = most // 2
        self._size = 0
        self._young: dict[Key, tuple[Value, int]] = {}
        self._old: dict[Key, tuple[Value, int]] = {}
        self._seen, self._seen_before = set[int](), set[int]()

    def get(self, key: Key) -> Value | None:
        """The value; None if the key is not cached."""
        found = self._young.get(key)
        if found is not None:
            return found[0]
        found = self._old.pop(key, None)
        if found is None:
            return None
        self.keep(key, *found)
        return found[0]

    def keep(self, key: Key, value: Value, size: int) -> None:
        """Caches a value of this size, unless it exceeds the size of a generation."""
        if size > self._most:
            return
        if self._size + size > self._most:
            self._old, self._young, self._size = self._young, {}, 0
        self._young[key] = (value, size)
        self._size += size

    def keep_if_again(self, key: Key, value: Value, size: int) -> bool:
        """Caches a value if its key was used before; returns whether it was.

        So a flood of keys that are used once drops no values, and creates few objects for the
        garbage collection, which took half of the time of new documents.
        """
        seen = hash(key)
        if seen in self._seen or seen in self._seen_before:
            self.keep(key, value, size)
            return True
        if len(self._seen) >= _SEEN_MOST:
            self._seen, self._seen_before = set(), self._seen
        self._seen.add(seen)
        return False

    def has(self, key: Key) -> bool:
        """Whether the key is cached; its value may be None."""
        return key in self._young or key in self._old

    def drop(self, is_dropped: Callable[[Value], bool]) -> None:
        """Removes the values for which `is_dropped` returns True."""
        for generation in (self._young, self._old):
            for key in [key for key, (kept, _) in generation.items() if is_dropped(kept)]:
                del generation[key]
