"""A cache whose look-up is one of a dict.

New entries go into a young generation. When that is full, it becomes the old one, and the old one
is dropped: what has been used since stays, whatever else has come in. (An LRU cache moves an entry
at each use, which takes as long as the rest of the shortest path.)
"""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

# Keys of values that have come once.
_SEEN_MOST = 10_000

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class RecentlyUsed(Generic[Key, Value]):
    """Values that were used recently, bounded by their size."""

    __slots__ = ("_most", "_old", "_seen", "_seen_before", "_size", "_young")

    def __init__(self, most: int) -> None:
        """`most`: the size of all values together, in bytes."""
        self._most = most // 2
        self._size = 0
        self._young: dict[Key, tuple[Value, int]] = {}
        self._old: dict[Key, tuple[Value, int]] = {}
        self._seen, self._seen_before = set[int](), set[int]()

    def get(self, key: Key) -> Value | None:
        """The value; None if there is none."""
        found = self._young.get(key)
        if found is not None:
            return found[0]
        found = self._old.pop(key, None)
        if found is None:
            return None
        self.keep(key, *found)
        return found[0]

    def keep(self, key: Key, value: Value, size: int) -> None:
        """Keeps a value of this size; a larger one than fits is not kept."""
        if size > self._most:
            return
        if self._size + size > self._most:
            self._old, self._young, self._size = self._young, {}, 0
        self._young[key] = (value, size)
        self._size += size

    def keep_if_again(self, key: Key, value: Value, size: int) -> bool:
        """Keeps a value whose key comes the second time. Returns whether it does.

        A flood of keys that never return drops nothing, and leaves little for a collection of
        garbage to go through: that took half of the time of new documents.
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
        """Whether there is a value, which may be None."""
        return key in self._young or key in self._old

    def drop(self, is_dropped: Callable[[Value], bool]) -> None:
        """Forgets such values."""
        for generation in (self._young, self._old):
            for key in [key for key, (kept, _) in generation.items() if is_dropped(kept)]:
                del generation[key]
