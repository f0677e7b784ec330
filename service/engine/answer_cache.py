"""The cache of answers, by revision.

The key of an answer is everything that it depends on: the request, the role of the caller and the
revision of the data. So a cached answer is never wrong, and is dropped only for space.
"""

from collections.abc import Hashable
from typing import Any, NamedTuple

from cachetools import LRUCache

from service.observability.counters import NOBODY, OperationCounter

# The size of an entry beside its texts.
_ENTRY_BYTES = 500


class Answer(NamedTuple):
    """An answer as JSON text, and the revision that it was read from.

    `is_cacheable`: whether the same request has the same answer at the same revision; not after a
    write. `operation` counts it. `is_page`: it is a page over REST, with the cursors of the next
    and of the previous one if there are such pages. `as_of`: the revision, if the request names it.
    """

    body: bytes
    revision: int
    is_cacheable: bool = True
    operation: OperationCounter = NOBODY
    is_page: bool = False
    next_cursor: str | None = None
    previous_cursor: str | None = None
    as_of: int | None = None


class AnswerCache:
    """Answers of one process, up to a number of bytes. Each API caches them in its own form."""

    def __init__(self, most_bytes: int) -> None:
        """Caches nothing if `most_bytes` is 0."""
        self.keeps = most_bytes > 0
        self._most_bytes = most_bytes
        self._kept: LRUCache[Hashable, tuple[Any, int]] = LRUCache(
            most_bytes, getsizeof=lambda kept: kept[1]
        )

    @property
    def size(self) -> int:
        """The bytes that are in use."""
        return int(self._kept.currsize)

    def get(self, revision: int, request: Hashable) -> Any:
        """The answer to the same request at this revision; None if it is not cached."""
        try:
            return self._kept[revision, request][0]
        except KeyError:
            return None

    def clear(self) -> None:
        """Drops every answer."""
        self._kept.clear()

    def keep(self, revision: int, request: Hashable, size: int, answer: Any) -> None:
        """Caches an answer, unless it would take more than an eighth of the space.

        `size`: of request and answer together, in bytes.
        """
        taken = size + _ENTRY_BYTES
        if taken * 8 <= self._most_bytes:
            self._kept[revision, request] = (answer, taken)
