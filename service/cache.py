"""Answers by revision: what was answered once is answered again as long as the data is the same.

The key of an answer is all that it depends on: what was asked, by which role, and the revision of
the data. So an answer is never wrong and never has to be thrown away for its age; only for space.
"""

from collections.abc import Hashable
from typing import NamedTuple

from cachetools import LRUCache

# What an entry takes beside its texts.
_ENTRY_BYTES = 500


class Answer(NamedTuple):
    """What was answered, and the revision of the data that it was read from.

    `links` is what the header Link says, in REST. `lasts`: the same question has the same answer
    as long as the data is the same; that of a write has not.
    """

    body: bytes
    revision: int
    links: str = ""
    lasts: bool = True


class AnswerCache:
    """Answers of one process, up to a number of bytes."""

    def __init__(self, most_bytes: int) -> None:
        """Nothing is kept where `most_bytes` is 0."""
        self.keeps = most_bytes > 0
        self._most_bytes = most_bytes
        self._kept: LRUCache[Hashable, tuple[Answer, int]] = LRUCache(
            most_bytes, getsizeof=lambda kept: kept[1]
        )

    def get(self, revision: int, asked: Hashable) -> Answer | None:
        """The answer that was given to the same question at this revision."""
        kept = self._kept.get((revision, asked))
        return kept[0] if kept else None

    def keep(self, revision: int, asked: Hashable, asked_bytes: int, answer: Answer) -> None:
        """Remembers an answer; one that would take a good part of the room is not worth it.

        `asked_bytes`: how long the question is.
        """
        size = asked_bytes + len(answer.body) + len(answer.links) + _ENTRY_BYTES
        if size * 8 <= self._most_bytes:
            self._kept[revision, asked] = (answer, size)
