"""What a write is asked with, and what it is answered with."""

from typing import NamedTuple

from service.auth.callers import Caller


class WriteRequest(NamedTuple):
    """Who writes, and what is said of the write beside the write itself.

    `message` is what the revision says it changed: made from what was done where it is None.
    `fingerprint`: a digest of the request, to tell when its key comes with another one. `seen`: the
    newest revision that the caller has seen, which every answer to it must have got to.
    """

    caller: Caller
    message: str | None = None
    idempotency_key: str | None = None
    fingerprint: str = ""
    seen: int = 0


class WriteResult(NamedTuple):
    """What the client gets. Where `is_kept` is False all that was written is undone."""

    status: int
    body: bytes
    location: str | None = None
    is_kept: bool = True
    revision: int | None = None
