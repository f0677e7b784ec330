"""The cursor of AllyGraph's default order, built here again: the peers are to do that work too."""

from hashlib import sha256

SEPARATOR = "\x1f"
SIGNATURE = sha256(b"Support|id ASC").hexdigest()[:8]


def cursor_of(support: int) -> str:
    """Where the edge of this support lies."""
    return SEPARATOR.join((SIGNATURE, str(support))).encode().hex()
