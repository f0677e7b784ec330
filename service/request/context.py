"""The context of one request: created when the request arrives, and passed along.

The shortest path creates none: a response from the cache needs no context, unless the client, the
log or a trace needs its content.
"""

import hashlib
import re
import secrets
import time
from contextvars import ContextVar
from typing import NamedTuple

from service.request.caller import ANONYMOUS_CALLER, Caller
from service.request.connection import UntilClosed

# An id is copied into logs and headers, so its characters are restricted. It must not look like a
# token.
_VALID_ID = re.compile(rb"(?!.*allygraph_)[A-Za-z0-9][A-Za-z0-9._:/+=@-]{0,127}", re.IGNORECASE)
# A stream may stay open for days, and repeats its stages.
_STAGES_MOST = 100


class StageTime(NamedTuple):
    """When a stage of a request began and ended, by the clock of `time.perf_counter`."""

    name: str
    begun: float
    ended: float


class RequestContext:
    """Everything about a request but its content.

    From the client: `caller`, `message` (of the revision that it writes; None: generated), `seen`
    (the newest revision that it has seen), `as_of` (the header AllyGraph-As-Of), `idempotency_key`
    with `fingerprint` (a digest of the request), `until_closed` (waits until the client closes the
    connection, to cancel its reads; None if the transport itself ends them).

    Set during processing: `operation` (its name), `code` (of the error with which it failed),
    `is_from_cache`, `read_as_of` (the number of the revision that it reads, if it names one),
    `trace_id`, and `stages` once they are observed.
    """

    __slots__ = (
        "_id",
        "as_of",
        "begun",
        "caller",
        "code",
        "fingerprint",
        "has_given_id",
        "idempotency_key",
        "is_from_cache",
        "message",
        "operation",
        "read_as_of",
        "reports_timing",
        "seen",
        "stages",
        "trace_id",
        "until_closed",
    )

    def __init__(
        self,
        caller: Caller = ANONYMOUS_CALLER,
        *,
        given_id: bytes | None = None,
        message: str | None = None,
        idempotency_key: str | None = None,
        fingerprint: str = "",
        seen: int = 0,
    ) -> None:
        """`given_id`: the id that the client gives the request, not validated."""
        self.caller = caller
        self.message = message
        self.idempotency_key = idempotency_key
        self.fingerprint = fingerprint
        self.seen = seen
        self.as_of: str | None = None
        self.read_as_of: int | None = None
        self.has_given_id = given_id is not None
        self._id = given_id.decode() if given_id and _VALID_ID.fullmatch(given_id) else ""
        self.begun = time.perf_counter()
        self.operation = ""
        self.code = ""
        self.is_from_cache = False
        self.trace_id = ""
        self.stages: list[StageTime] | None = None
        self.until_closed: UntilClosed | None = None
        # Whether the client requests the header Server-Timing.
        self.reports_timing = False

    @property
    def request_id(self) -> str:
        """The id that the client gave; without a valid one, a random one."""
        if not self._id:
            self._id = secrets.token_hex(16)
        return self._id

    @property
    def seconds(self) -> float:
        """The seconds since the context was created."""
        return time.perf_counter() - self.begun

    def make_idempotent(self, key: str, content: bytes) -> None:
        """Sets the Idempotency-Key. `content`: the bytes that a repeated request has in common."""
        self.idempotency_key = key
        self.fingerprint = hashlib.sha256(content).hexdigest()

    def observe(self) -> None:
        """Records the stages from now on."""
        if self.stages is None:
            self.stages = []

    def add_stage(self, name: str, begun: float, ended: float) -> None:
        """Records a stage, if they are observed."""
        if self.stages is not None and len(self.stages) < _STAGES_MOST:
            self.stages.append(StageTime(name, begun, ended))

    def for_operation(self, caller: Caller) -> "RequestContext":
        """The context of one operation on a WebSocket, with the request id of the handshake."""
        context = RequestContext(caller)
        context.has_given_id, context._id = self.has_given_id, self.request_id
        context.stages, context.as_of = self.stages, self.as_of
        return context


# The context of the request that the current task serves, for the log and for timing.
_current: ContextVar[RequestContext | None] = ContextVar("request_context", default=None)
set_current_context = _current.set
current_context = _current.get
