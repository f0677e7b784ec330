"""The result of a write."""

from typing import NamedTuple


class WriteResult(NamedTuple):
    """What the client gets. If `is_kept` is False, everything that was written is undone.

    `revision`: the one that was written, or the newest one where nothing was changed.
    """

    status: int
    body: bytes
    location: str | None = None
    is_kept: bool = True
    revision: int | None = None
