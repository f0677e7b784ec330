"""Answers by revision: what was answered once is answered again as long as the data is the same.

The key of an answer is all that it depends on: what was asked, by which role, and the revision of
the data. So an answer is never wrong and never has to be thrown away for its age; only for space.
"""

from collections.abc import Hashable
from typing import Any, NamedTuple

from cachetools import LRUCache

from service.observability.counters import NOBODY, OperationCounter

# What an entry takes beside its texts.
_ENTRY_BYTES = 500


class Answer(NamedTuple):
    """What was answered, and the revision of the data that it was read from.

    `links` is what the header Link says, in REST. `lasts`: the same question has the same answer
    as long as the data is the same; that of a write has not. `tally` counts its operation.
    """

    body: bytes
    revision: int
    links: str = ""
    lasts: bool = True
    tally: OperationCounter = NOBODY


class AnswerCache:
    """Answers of one process, up to a number of bytes; each door keeps them in its own form."""

    def __init__(self, most_bytes: int) -> None:
        """Nothing is kept where `most_bytes` is 0."""
        self.keeps = most_bytes > 0
        self._most_bytes = most_bytes
        self._kept: LRUCache[Hashable, tuple[Any, int]] = LRUCache(
            most_bytes, getsizeof=lambda kept: kept[1]
        )

    @property
    def size(self) -> int:
        """How many bytes are taken."""
        return int(self._kept.currsize)

    def get(self, revision: int, asked: Hashable) -> Any:
        """What was kept for the same question at this revision; None where nothing was."""
        try:
            return self._kept[revision, asked][0]
        except KeyError:
            return None

    def clear(self) -> None:
        """Forgets every answer."""
        self._kept.clear()

    def keep(self, revision: int, asked: Hashable, size: int, answer: Any) -> None:
        """Remembers an answer; one that would take a good part of the room is not worth it.

        `size`: how long question and answer are, in bytes.
        """
        taken = size + _ENTRY_BYTES
        if taken * 8 <= self._most_bytes:
            self._kept[revision, asked] = (answer, taken)
