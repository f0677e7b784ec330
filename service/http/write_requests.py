"""What a request says of a write beside the write itself."""

import hashlib

from service.auth.callers import Caller
from service.writing.request import WriteRequest


def write_request(
    caller: Caller, idempotency_key: bytes | None, asked: bytes, message: str | None = None
) -> WriteRequest:
    """`asked`: all that makes a request the same as another one with the same key."""
    if idempotency_key is None:
        return WriteRequest(caller, message)
    fingerprint = hashlib.sha256(asked).hexdigest()
    return WriteRequest(caller, message, idempotency_key.decode("latin-1"), fingerprint)
