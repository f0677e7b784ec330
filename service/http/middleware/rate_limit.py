"""The rate limit: how many requests a client may send in a minute.

A sliding window counter: the requests of this minute, and those of the one before in proportion to
how much of it lies within the last 60 seconds. Decision 0011 says why no library counts.
"""

import math
import time
from collections.abc import Callable

from service.errors import TooManyRequests

WINDOW_SECONDS = 60
# Further clients are not counted until the next minute begins, so that memory is bounded.
_MAX_CLIENTS = 50_000


class RateLimiter:
    """Counts the requests of each client."""

    def __init__(
        self,
        limit: int,
        clock: Callable[[], float] = time.time,
        max_clients: int = _MAX_CLIENTS,
    ) -> None:
        """`limit`: requests a minute; 0 for no limit. `clock` returns the time in seconds."""
        self._limit = limit
        self._clock = clock
        self._max_clients = max_clients
        self._ends_at = 0.0
        self._current: dict[str, int] = {}
        self._previous: dict[str, int] = {}

    def check(self, client: str) -> None:
        """Counts a request. Raises TooManyRequests if it exceeds the limit."""
        if not self._limit:
            return
        now = self._clock()
        if now >= self._ends_at:
            self._begin_window(now)
        current, previous = self._current.get(client, 0), self._previous.get(client, 0)
        # The part of the previous minute that lies within the last 60 seconds.
        part = (self._ends_at - now) / WINDOW_SECONDS
        if current + previous * part > self._limit - 1:
            raise TooManyRequests(self._limit, self._retry_after(current, previous, part))
        if current or len(self._current) < self._max_clients:
            self._current[client] = current + 1

    def _begin_window(self, now: float) -> None:
        is_next = now < self._ends_at + WINDOW_SECONDS
        self._previous, self._current = (self._current if is_next else {}), {}
        self._ends_at = (now // WINDOW_SECONDS + 1) * WINDOW_SECONDS

    def _retry_after(self, current: int, previous: int, part: float) -> int:
        """In how many seconds there is room for one more request, rounded up."""
        room = self._limit - 1
        if current > room:
            # Not in this minute: in the next one, this one is the previous.
            current, previous, part = 0, current, part + 1
        minutes = part - (room - current) / previous
        return max(1, math.ceil(minutes * WINDOW_SECONDS))
