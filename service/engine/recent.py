"""A cache whose look-up is one of a dict.

New entries go into a young generation. When that is full, it becomes the old one, and the old one
is dropped: what has been used since stays, whatever else has come in. (An LRU cache moves an entry
at each use, which takes as long as the rest of the shortest path.)
"""

from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class RecentlyUsed(Generic[Key, Value]):
    """Values that were used recently, bounded by their size."""

    __slots__ = ("_most", "_old", "_size", "_young")

    def __init__(self, most: int) -> None:
        """`most`: the size of all values together, in bytes."""
        self._most = most // 2
        self._size = 0
        self._young: dict[Key, tuple[Value, int]] = {}
        self._old: dict[Key, tuple[Value, int]] = {}

    def get(self, key: Key) -> Value | None:
        """The value; None if there is none."""
        found = self._young.get(key)
        if found is None:
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

    def drop(self, value: Value) -> None:
        """Forgets a value, whatever its keys."""
        for generation in (self._young, self._old):
            for key in [key for key, (kept, _) in generation.items() if kept is value]:
                del generation[key]
