"""Limits on concurrent work: work beyond a limit is refused at once, without waiting."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from service.errors import AllyGraphError, Overloaded

Refuse = Callable[[], AllyGraphError]


class ConcurrencyLimit:
    """A number of slots, of which one client may take only some."""

    def __init__(
        self,
        most: int,
        refuse: Refuse,
        most_each: int | None = None,
        refuse_each: Refuse | None = None,
    ) -> None:
        """`refuse` returns the error when all slots are taken.

        `refuse_each` returns the error for a client that has taken `most_each` already.
        """
        self.taken = 0
        self._most = most
        self._refuse = refuse
        self._most_each = most if most_each is None else most_each
        self._refuse_each = refuse_each or refuse
        self._taken_by: Counter[str] = Counter()

    def enter(self) -> None:
        """Takes a slot until `leave`, for no particular client. Raises the error of `refuse`."""
        if self.taken >= self._most:
            raise self._refuse()
        self.taken += 1

    def leave(self) -> None:
        """Releases a slot that `enter` took."""
        self.taken -= 1

    @contextmanager
    def take(self, client: str = "") -> Iterator[None]:
        """Takes a slot during the block. Raises the error of `refuse` or `refuse_each`."""
        self.enter()
        if self._taken_by[client] >= self._most_each:
            self.leave()
            raise self._refuse_each()
        self._taken_by[client] += 1
        try:
            yield
        finally:
            self._leave(client)

    def _leave(self, client: str) -> None:
        self.leave()
        self._taken_by[client] -= 1
        if not self._taken_by[client]:
            # Otherwise the counter would grow with every client.
            del self._taken_by[client]


def query_limit(most: int) -> ConcurrencyLimit:
    """The limit on queries that wait for the database."""
    message = f"{most} queries are in progress, the maximum; send it again."
    return ConcurrencyLimit(most, lambda: Overloaded(message))


def write_limit(most: int) -> ConcurrencyLimit:
    """The limit on writes, which wait for each other."""
    message = f"{most} writes are waiting, the maximum; nothing was written, send it again."
    return ConcurrencyLimit(most, lambda: Overloaded(message))
