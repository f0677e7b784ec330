"""What one process counts: plain numbers, since a question is answered in microseconds.

They are read when somebody asks for `/metrics`, and not before. All of it happens on the thread of
the event loop, so nothing has to be locked.
"""

import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Literal, NamedTuple

from service.errors import AllyGraphError
from service.observability.request_context import observed_context

# Up to how many seconds each bucket of a stage's times reaches; one more takes the rest.
BOUNDS = (
    *(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025),
    *(0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)
QUICK = BOUNDS[0]

# No name in GraphQL begins with a bracket, so these are nobody's.
ANONYMOUS, OTHER, UNKNOWN = "(anonymous)", "(other)", "(unknown)"

# Names come from clients: so many are told apart, beside those that the operator knows.
_NAMES_MOST = 200
_EXPECTED_MOST = 1_000
_NAME_CHARACTERS = 100


class OperationCounter:
    """How often one operation was answered anew, answered from the cache, and refused."""

    __slots__ = ("answered", "cached", "name", "refused")

    def __init__(self, name: str) -> None:
        """Never, so far."""
        self.name = name
        self.answered = 0
        self.cached = 0
        # By the code of the error.
        self.refused: defaultdict[str, int] = defaultdict(int)


# Counts what nobody is told: replies that belong to no operation.
NOBODY = OperationCounter("")
# What is refused before the application is reached, in this process.
AT_THE_DOOR = OperationCounter("(at the door)")


class Stage:
    """How long one stage of an answer took, each time: a histogram.

    `quick` belongs to the first bucket: whoever knows that a time is short adds one, and no more.
    """

    __slots__ = ("_buckets", "name", "quick", "seconds")

    def __init__(self, name: str) -> None:
        """Never, so far."""
        self.name = name
        self._buckets = [0] * (len(BOUNDS) + 1)
        self.quick = 0
        self.seconds = 0.0

    @property
    def buckets(self) -> tuple[int, ...]:
        """How often it took as long as each bucket reaches, and longer than the one before."""
        first, *rest = self._buckets
        return first + self.quick, *rest

    def add(self, seconds: float) -> None:
        """It has happened once more."""
        self._buckets[bisect_left(BOUNDS, seconds)] += 1
        self.seconds += seconds

    def ended(self, begun: float) -> None:
        """What began then has just ended: told to whoever observes the request as well."""
        ended = time.perf_counter()
        took = ended - begun
        if took <= QUICK:
            self.quick += 1
            self.seconds += took
        else:
            self.add(took)
        exchange = observed_context()
        if exchange is not None:
            exchange.add(self.name, begun, ended)

    def timed(self) -> "_Timed":
        """Measures a `with` block, for the histogram and for whoever observes the request."""
        return _Timed(self)


class _Timed:
    """A class, since a generator would take three times as long to begin and end."""

    __slots__ = ("_begun", "_stage")

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def __enter__(self) -> None:
        self._begun = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self._stage.ended(self._begun)


# How the numbers of several processes make one.
Together = Literal["sum", "max"]


class Gauge(NamedTuple):
    """What stands somewhere now, by the values of its labels. `read` may raise AllyGraphError."""

    name: str
    description: str
    labels: tuple[str, ...]
    together: Together
    read: Callable[[], Mapping[tuple[str, ...], float]]


class ServerState(NamedTuple):
    """A database server as this process sees it; `lag_seconds` where it is a replica.

    `label` says which one it is, and nothing of where: the metrics may be read by many.
    """

    label: str
    in_use: int
    opened: int
    most: int
    lag_seconds: float | None = None


class Counters:
    """Everything that one process counts."""

    def __init__(self) -> None:
        """Nothing has happened yet."""
        self.parse = Stage("parse")
        self.plan = Stage("plan")
        self.sql = Stage("sql")
        self.encode = Stage("encode")
        self.write = Stage("write")
        self.stages = (self.parse, self.plan, self.sql, self.encode, self.write)
        self.gauges: list[Gauge] = []
        self._tallies = {name: OperationCounter(name) for name in (ANONYMOUS, OTHER, UNKNOWN)}
        self._places = _NAMES_MOST

    @property
    def tallies(self) -> Iterable[OperationCounter]:
        """One for each operation that there has been."""
        return (*self._tallies.values(), AT_THE_DOOR)

    def expect(self, names: Iterable[str]) -> None:
        """These operations are the operator's own, and have their places whoever comes first."""
        for name in sorted(names)[:_EXPECTED_MOST]:
            self.ours(name)

    def ours(self, name: str) -> OperationCounter:
        """The tally of an operation that we name ourselves, such as a route."""
        if name not in self._tallies:
            self._tallies[name] = OperationCounter(name)
        return self._tallies[name]

    def operation(self, name: str | None) -> OperationCounter:
        """The tally of an operation that a client has named; after many names, that of others."""
        if name is None or name in self._tallies:
            return self._tallies[name or ANONYMOUS]
        if not self._places or len(name) > _NAME_CHARACTERS:
            return self._tallies[OTHER]
        self._places -= 1
        return self.ours(name)

    def refused(self, error: AllyGraphError) -> None:
        """A question was refused, or could not be answered."""
        self._tallies[error.operation or UNKNOWN].refused[error.code] += 1

    def watch(
        self, name: str, description: str, together: Together, read: Callable[[], float]
    ) -> None:
        """One number is to be told beside the counts."""
        self.gauges.append(Gauge(name, description, (), together, lambda: {(): read()}))

    def watch_servers(self, states: Callable[[], Iterable[ServerState]]) -> None:
        """The connections to each server are to be told, and how far a replica is behind."""
        connections, most, lag = (partial(read, states) for read in (_connections, _most, _lag))
        self.gauges += (
            Gauge("pool_connections", _CONNECTIONS, ("server", "state"), "sum", connections),
            Gauge("pool_connections_most", _MOST, ("server",), "sum", most),
            Gauge("replica_lag_seconds", _LAG, ("server",), "max", lag),
        )


_CONNECTIONS = "Connections to a database server that are in use, or idle."
_MOST = "How many connections to a database server there may be."
_LAG = "For how long a replica has been behind."


def _connections(states: Callable[[], Iterable[ServerState]]) -> dict[tuple[str, ...], float]:
    return {
        (each.label, state): number
        for each in states()
        for state, number in (("in use", each.in_use), ("idle", each.opened - each.in_use))
    }


def _most(states: Callable[[], Iterable[ServerState]]) -> dict[tuple[str, ...], float]:
    return {(each.label,): each.most for each in states()}


def _lag(states: Callable[[], Iterable[ServerState]]) -> dict[tuple[str, ...], float]:
    return {(each.label,): each.lag_seconds for each in states() if each.lag_seconds is not None}
