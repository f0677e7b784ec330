"""The cache of responses, by revision.

The key of a response has everything that the response depends on: the request, the caller's role
and the revision of the data. So a cached response is never stale, and the cache drops entries only
to free space.
"""

from collections.abc import Hashable
from typing import Any, NamedTuple

from cachetools import LRUCache

from service.observability.counters import NOBODY, OperationCounter

# The bytes that an entry takes in addition to its texts.
_ENTRY_BYTES = 500


class Answer(NamedTuple):
    """A response as JSON text, with the revision that it was read from.

    `is_cacheable`: whether the same request at the same revision has the same response; False after
    a write. `operation`: the counter of the GraphQL operation. `is_page`: whether the response is a
    page over REST; `next_cursor` and `previous_cursor` are set if there is such a page. `as_of`:
    the revision, if the request names one.
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
    """Caches responses of one process, up to a number of bytes.

    Each API stores its own form of them.
    """

    def __init__(self, most_bytes: int) -> None:
        """`most_bytes`: the maximum size; 0 turns the cache off."""
        self.keeps = most_bytes > 0
        self._most_bytes = most_bytes
        self._kept: LRUCache[Hashable, tuple[Any, int]] = LRUCache(
            most_bytes, getsizeof=lambda kept: kept[1]
        )

    @property
    def size(self) -> int:
        """The number of bytes in use."""
        return int(self._kept.currsize)

    def get(self, revision: int, request: Hashable) -> Any:
        """Returns the cached response to the same request at this revision, or None."""
        try:
            return self._kept[revision, request][0]
        except KeyError:
            return None

    def clear(self) -> None:
        """Drops every response."""
        self._kept.clear()

    def keep(self, revision: int, request: Hashable, size: int, answer: Any) -> None:
        """Caches a response, unless it would take more than an eighth of the space.

        `size`: of the request and the response together, in bytes.
        """
        taken = size + _ENTRY_BYTES
        if taken * 8 <= self._most_bytes:
            self._kept[revision, request] = (answer, taken)
