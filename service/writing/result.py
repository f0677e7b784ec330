"""The result of a write."""

from typing import NamedTuple


class WriteResult(NamedTuple):
    """What the client gets. If `is_kept` is False, everything that was written is undone."""

    status: int
    body: bytes
    location: str | None = None
    is_kept: bool = True
    revision: int | None = None
