"""One request while it is under way: its id, and where its time goes if somebody wants to know.

The shortest paths make none of these: an exchange is made where an error, a line of the log or a
client needs one.
"""

import re
import secrets
import time
from collections.abc import MutableMapping
from contextvars import ContextVar
from typing import Any, NamedTuple

REQUEST_ID = b"x-request-id"

# Where an exchange stands in the ASGI scope of its request, from when it is made.
EXCHANGE = "allygraph.exchange"

# An id goes into logs and headers as it came: letters, digits and what ids are written with. What
# looks like one of our tokens is none.
_SANE = re.compile(rb"(?!.*allygraph_)[A-Za-z0-9][A-Za-z0-9._:/+=@-]{0,127}", re.IGNORECASE)
# A stream that stays open goes through its stages for as long as it is read.
_STAGES_MOST = 100


class StageTime(NamedTuple):
    """When a stage of a request began and ended, by the clock of `time.perf_counter`."""

    name: str
    begun: float
    ended: float


class RequestContext:
    """A request, and what is found out about it on its way.

    `operation` is what is asked for, by name; `code` that of the error it ended with. `stages` are
    written down once `observe` was called; before, nobody wants to know.
    """

    def __init__(self, given_id: bytes | None = None) -> None:
        """`given_id`: what the client calls the request, if it does."""
        self.is_named = given_id is not None
        self._id = given_id.decode() if given_id and _SANE.fullmatch(given_id) else ""
        self.begun = time.perf_counter()
        self.operation = ""
        self.code = ""
        self.is_from_cache = False
        self.trace_id = ""
        self.stages: list[StageTime] | None = None

    @property
    def request_id(self) -> str:
        """What the client calls the request; else a name that it gets here."""
        if not self._id:
            self._id = secrets.token_hex(16)
        return self._id

    @property
    def seconds(self) -> float:
        """For how long it has been under way, as far as is known here."""
        return time.perf_counter() - self.begun

    def observe(self) -> None:
        """From now on the stages are written down."""
        if self.stages is None:
            self.stages = []

    def add(self, stage: str, begun: float, ended: float) -> None:
        """A stage is done."""
        if self.stages is not None and len(self.stages) < _STAGES_MOST:
            self.stages.append(StageTime(stage, begun, ended))


Scope = MutableMapping[str, Any]

# The ASGI scope of the request that a task answers. To set it is quicker than to make an exchange.
under_way: ContextVar[Scope | None] = ContextVar("under_way", default=None)


def context_of(scope: Scope) -> RequestContext:
    """The exchange of a request, which is made when it is asked for first."""
    known: RequestContext | None = scope.get(EXCHANGE)
    if known is None:
        known = scope[EXCHANGE] = RequestContext(dict(scope["headers"]).get(REQUEST_ID))
    return known


def current_context() -> RequestContext | None:
    """That of the request which this task answers; None where it answers none."""
    scope = under_way.get()
    return None if scope is None else context_of(scope)


def observed_context() -> RequestContext | None:
    """The same, but None also where nobody has needed it so far."""
    scope = under_way.get()
    return None if scope is None else scope.get(EXCHANGE)
