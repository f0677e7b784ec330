"""How often a client asks: so many requests in a minute, and then it has to wait.

The library `limits` counts over a window that moves. It takes 4 microseconds a request, and sweeps
through all that it knows again and again; so a client's first tenth is counted here, and it hears
only of those who ask for more. There are never many of them.
"""

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from service.errors import TooManyRequests

MINUTE = 60
# One of so many requests is counted here.
_QUIET_PART = 10
# Who comes after so many clients within a minute is not counted until the next one begins: memory
# is bounded, and such a crowd is no matter of each one's rate.
_CLIENTS_MOST = 50_000


class Rates:
    """What each client has asked for of late: `most` a minute at first, nine tenths for good."""

    def __init__(self, most: int) -> None:
        """Nobody has asked yet. Where `most` is 0 nothing is counted."""
        self._most = most
        self._quiet_most = max(1, most // _QUIET_PART)
        self._ends = 0.0
        self._now: dict[str, int] = {}
        self._before: dict[str, int] = {}
        if most:
            self._rest = RateLimitItemPerMinute(most - self._quiet_most)
            self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def check(self, client: str) -> None:
        """Counts a request. Raises TooManyRequests for one too many."""
        if not self._most:
            return
        if time.time() >= self._ends:
            self._begin_minute()
        count = self._now.get(client, 0)
        # Of this minute and the one before, so that no sixty seconds have more of them.
        if count + self._before.get(client, 0) < self._quiet_most:
            if count or len(self._now) < _CLIENTS_MOST:
                self._now[client] = count + 1
        elif not self._limiter.hit(self._rest, client):
            raise TooManyRequests(self._most, self._seconds_left(client))

    def _begin_minute(self) -> None:
        now = time.time()
        is_next = now < self._ends + MINUTE
        self._before, self._now = (self._now if is_next else {}), {}
        self._ends = (now // MINUTE + 1) * MINUTE

    def _seconds_left(self, client: str) -> int:
        """Until there is room for one more."""
        stats = self._limiter.get_window_stats(self._rest, client)
        # At the time that is told the window begins to move; then room for one has to come in.
        moved = MINUTE / max(1, self._rest.amount)
        return max(1, math.ceil(stats.reset_time + moved - time.time()))
