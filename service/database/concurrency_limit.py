"""Places for what may be under way at a time: whoever finds none is told so at once."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from service.errors import AllyGraphError, Overloaded

Refuse = Callable[[], AllyGraphError]


class ConcurrencyLimit:
    """So many places, of which one client may be given a part only."""

    def __init__(
        self,
        most: int,
        refuse: Refuse,
        most_each: int | None = None,
        refuse_each: Refuse | None = None,
    ) -> None:
        """`refuse` makes the error for whoever finds none.

        `refuse_each` makes that for a client who has `most_each` already.
        """
        self.taken = 0
        self._most = most
        self._refuse = refuse
        self._most_each = most if most_each is None else most_each
        self._refuse_each = refuse_each or refuse
        self._taken_by: Counter[str] = Counter()

    def enter(self) -> None:
        """Takes a place for nobody in particular, until `leave`. Raises what `refuse` makes."""
        if self.taken >= self._most:
            raise self._refuse()
        self.taken += 1

    def leave(self) -> None:
        """Gives up a place that `enter` took."""
        self.taken -= 1

    @contextmanager
    def take(self, client: str = "") -> Iterator[None]:
        """A place for as long as the block takes. Raises what `refuse` makes."""
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
            # Else every client that ever came would be remembered.
            del self._taken_by[client]


def query_limit(most: int) -> ConcurrencyLimit:
    """Places for what asks the database and has to wait for it."""
    told = f"{most} questions are under way, and no more are taken on; try again."
    return ConcurrencyLimit(most, lambda: Overloaded(told))


def write_limit(most: int) -> ConcurrencyLimit:
    """Places for writes, which wait for each other."""
    told = f"{most} writes are waiting, and no more are taken on; nothing was written, try again."
    return ConcurrencyLimit(most, lambda: Overloaded(told))
