"""Builds the cursor of AllyGraph's default order, so that the peers do that work too."""

from hashlib import sha256

SEPARATOR = "\x1f"
SIGNATURE = sha256(b"Support|id ASC").hexdigest()[:8]


def cursor_of(support: int) -> str:
    """Returns the cursor of this support."""
    return SEPARATOR.join((SIGNATURE, str(support))).encode().hex()
