"""The result of a write."""

from typing import NamedTuple


class WriteResult(NamedTuple):
    """What the client gets. If `is_kept` is False, the writer undoes everything that was written.

    `revision`: the revision that was written, or the newest one if nothing was changed.
    """

    status: int
    body: bytes
    location: str | None = None
    is_kept: bool = True
    revision: int | None = None
