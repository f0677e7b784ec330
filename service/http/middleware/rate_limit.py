"""The rate limit: the number of requests that a client may send in a minute.

A sliding window counter: the requests of this minute, and those of the previous minute in
proportion to its part within the last 60 seconds. Decision 0011 explains why no library counts.
"""

import math
import time
from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp

from service.errors import TooManyRequests
from service.http.asgi import Receive, Scope, Send
from service.http.client_identity import Clients
from service.http.refusals import refuse
from service.observability.counters import Counters

_WINDOW_SECONDS = TooManyRequests.window_seconds
# The maximum number of clients counted in a minute, which bounds the memory.
_MAX_CLIENTS = 50_000


class RateLimit:
    """Rejects requests and WebSockets of a client that exceeds the rate limit."""

    def __init__(
        self, app: ASGIApp, clients: Clients, counters: Counters, exempt: frozenset[str]
    ) -> None:
        """`clients`: identifies and counts clients. `counters`: counts rejections.

        `exempt`: paths without a limit.
        """
        self._app = app
        self._clients = clients
        self._counters = counters
        self._exempt = exempt

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Handles one connection, or the lifespan."""
        if scope["type"] != "lifespan" and scope["path"] not in self._exempt:
            try:
                self._clients.count(self._clients.client_of(scope))
            except TooManyRequests as error:
                self._counters.refused(error)
                return refuse(error, scope, receive, send)
        return self._app(scope, receive, send)


class RateLimiter:
    """Counts the requests of each client."""

    def __init__(
        self,
        limit: int,
        clock: Callable[[], float] = time.time,
        max_clients: int = _MAX_CLIENTS,
    ) -> None:
        """`limit`: requests a minute; 0 for no limit. `clock`: returns the time in seconds."""
        self._limit = limit
        self._clock = clock
        self._max_clients = max_clients
        self._ends_at = 0.0
        self._current: dict[str, int] = {}
        self._previous: dict[str, int] = {}

    def check(self, client: str) -> None:
        """Counts a request. Raises TooManyRequests if the client exceeds the limit."""
        if not self._limit:
            return
        now = self._clock()
        if now >= self._ends_at:
            self._begin_window(now)
        current, previous = self._current.get(client, 0), self._previous.get(client, 0)
        # The part of the previous minute that lies within the last 60 seconds.
        part = (self._ends_at - now) / _WINDOW_SECONDS
        if current + previous * part > self._limit - 1:
            raise TooManyRequests(self._limit, self._retry_after(current, previous, part))
        if current or len(self._current) < self._max_clients:
            self._current[client] = current + 1

    def _begin_window(self, now: float) -> None:
        is_next = now < self._ends_at + _WINDOW_SECONDS
        self._previous, self._current = (self._current if is_next else {}), {}
        self._ends_at = (now // _WINDOW_SECONDS + 1) * _WINDOW_SECONDS

    def _retry_after(self, current: int, previous: int, part: float) -> int:
        """Returns the seconds until one more request is within the limit, rounded up."""
        room = self._limit - 1
        if current > room:
            # Not within this minute. In the next minute this one is the previous minute.
            current, previous, part = 0, current, part + 1
        minutes = part - (room - current) / previous
        return max(1, math.ceil(minutes * _WINDOW_SECONDS))
