"""Documents that clients register under their digest: automatic persisted queries.

A client first sends only the digest. If this process does not have the document, the client sends
both, and from then on the digest suffices. A document that was dropped is registered again.
"""

from cachetools import LRUCache

# The maximum size of all documents together, in bytes; an entry takes more than its text.
_BYTES = 2_000_000
_ENTRY_BYTES = 300
# A document may take up to one eighth of the space.
_SHARE = 8


class RegisteredDocuments:
    """The recently used documents of one process, by their digest."""

    def __init__(self, most_bytes: int = _BYTES) -> None:
        """Stores at most `most_bytes`."""
        self._most_bytes = most_bytes
        self._texts: LRUCache[str, str] = LRUCache(most_bytes, getsizeof=_bytes_of)

    def find(self, id: str) -> str | None:
        """The document with this digest; None if it is not stored."""
        return self._texts.get(id)

    def register(self, id: str, text: str) -> None:
        """Stores a document under its digest, unless it is too long."""
        if _bytes_of(text) * _SHARE <= self._most_bytes:
            self._texts[id] = text


def _bytes_of(text: str) -> int:
    # Python stores every character of a string in as many bytes as its widest character needs.
    return len(text) * (1 if text.isascii() else 4) + _ENTRY_BYTES
