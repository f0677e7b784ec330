"""The counters of one process: plain numbers, since a request may take only microseconds.

They are read when a client requests `/metrics`. All access is on the thread of the event loop, so
there are no locks.
"""

import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Literal, NamedTuple

from service.errors import AllyGraphError
from service.request.context import current_context

# Upper bounds of the histogram buckets, in seconds; one more bucket has no bound.
BOUNDS = (
    *(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025),
    *(0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)
QUICK = BOUNDS[0]
# The bounds for whole requests: fewer, since each operation has its own histograms.
REQUEST_BOUNDS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

# No GraphQL name begins with a parenthesis, so these cannot collide with a client's.
ANONYMOUS, OTHER, UNKNOWN = "(anonymous)", "(other)", "(unknown)"

# Clients choose names, so their number is bounded; known documents have a separate bound.
_NAMES_MOST = 200
_EXPECTED_MOST = 1_000
_NAME_CHARACTERS = 100


class Histogram:
    """Durations, counted in buckets. `bounds`: the upper bounds of all but the last, in seconds."""

    __slots__ = ("_bounds", "_buckets", "seconds")

    def __init__(self, bounds: tuple[float, ...]) -> None:
        """An empty histogram."""
        self._bounds = bounds
        self._buckets = [0] * (len(bounds) + 1)
        self.seconds = 0.0

    @property
    def buckets(self) -> tuple[int, ...]:
        """The number of durations in each bucket, not cumulative."""
        return tuple(self._buckets)

    def add(self, seconds: float) -> None:
        """Adds a duration."""
        self._buckets[bisect_left(self._bounds, seconds)] += 1
        self.seconds += seconds


# The API of a request.
API = Literal["graphql", "rest"]


class OperationCounter:
    """Counts one operation: executed, answered from the cache, and failed by error code."""

    __slots__ = ("answered", "cached", "durations", "name", "refused")

    def __init__(self, name: str) -> None:
        """All counts are 0."""
        self.name = name
        self.answered = 0
        self.cached = 0
        # By error code.
        self.refused: defaultdict[str, int] = defaultdict(int)
        # Of whole requests, by API and the first digit of the status.
        self.durations: dict[tuple[API, int], Histogram] = {}

    def ended(self, api: API, status: int, seconds: float) -> None:
        """Counts a complete request. `seconds`: from its arrival to the last byte sent."""
        key = api, status // 100
        histogram = self.durations.get(key)
        if histogram is None:
            histogram = self.durations[key] = Histogram(REQUEST_BOUNDS)
        histogram.add(seconds)


# Counts replies that belong to no operation; not reported.
NOBODY = OperationCounter("")
# Counts requests that are rejected before they reach the application.
REJECTED = OperationCounter("(rejected)")


class Stage(Histogram):
    """The durations of one stage of a request.

    `quick` counts into the first bucket. A caller that knows a duration is short only adds 1 there.
    """

    __slots__ = ("name", "quick")

    def __init__(self, name: str) -> None:
        """An empty histogram."""
        super().__init__(BOUNDS)
        self.name = name
        self.quick = 0

    @property
    def buckets(self) -> tuple[int, ...]:
        """The number of durations in each bucket, not cumulative."""
        first, *rest = self._buckets
        return first + self.quick, *rest

    def ended(self, started: float) -> None:
        """Adds the time since `started`, also to the context of an observed request."""
        ended = time.perf_counter()
        duration = ended - started
        if duration <= QUICK:
            self.quick += 1
            self.seconds += duration
        else:
            self.add(duration)
        context = current_context()
        if context is not None:
            context.add_stage(self.name, started, ended)

    def timed(self) -> "_Timer":
        """Measures a `with` block, as `ended` does."""
        return _Timer(self)


class _Timer:
    """A class, since a generator-based context manager takes three times as long."""

    __slots__ = ("_stage", "_started")

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def __enter__(self) -> None:
        self._started = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self._stage.ended(self._started)


# How to combine the numbers of several processes.
Combination = Literal["sum", "max"]


class Gauge(NamedTuple):
    """A current value for each combination of labels. `read` may raise AllyGraphError."""

    name: str
    description: str
    labels: tuple[str, ...]
    together: Combination
    read: Callable[[], Mapping[tuple[str, ...], float]]
    prefix: str = "allygraph_"


class ServerState(NamedTuple):
    """A database server as this process sees it. `lag_seconds` is None unless it is a replica.

    `label` does not reveal the address, since metrics may be public.
    """

    label: str
    in_use: int
    opened: int
    most: int
    lag_seconds: float | None = None


class Counters:
    """All counters of one process."""

    def __init__(self) -> None:
        """All counts are 0."""
        self.parse = Stage("parse")
        self.plan = Stage("plan")
        self.sql = Stage("sql")
        self.encode = Stage("encode")
        self.write = Stage("write")
        self.stages = (self.parse, self.plan, self.sql, self.encode, self.write)
        self.gauges: list[Gauge] = []
        self._operations = {name: OperationCounter(name) for name in (ANONYMOUS, OTHER, UNKNOWN)}
        self._names_left = _NAMES_MOST

    @property
    def operations(self) -> Iterable[OperationCounter]:
        """The counters of all operations."""
        return (*self._operations.values(), REJECTED)

    def expect(self, names: Iterable[str]) -> None:
        """Reserves counters for these operations, which the operator has listed."""
        for name in sorted(names)[:_EXPECTED_MOST]:
            self.internal(name)

    def internal(self, name: str) -> OperationCounter:
        """The counter of an operation that the service names, such as a route."""
        if name not in self._operations:
            self._operations[name] = OperationCounter(name)
        return self._operations[name]

    def operation(self, name: str | None) -> OperationCounter:
        """The counter of an operation that a client names; `OTHER`'s once there are too many."""
        if name is None or name in self._operations:
            return self._operations[name or ANONYMOUS]
        if not self._names_left or len(name) > _NAME_CHARACTERS:
            return self._operations[OTHER]
        self._names_left -= 1
        return self.internal(name)

    def refused(self, error: AllyGraphError) -> OperationCounter:
        """Counts a request that failed with this error. Returns the counter of its operation."""
        counter = self._operations[error.operation or UNKNOWN]
        counter.refused[error.code] += 1
        return counter

    def watch(
        self, name: str, description: str, together: Combination, read: Callable[[], float]
    ) -> None:
        """Adds a gauge without labels."""
        self.gauges.append(Gauge(name, description, (), together, lambda: {(): read()}))

    def watch_servers(self, states: Callable[[], Iterable[ServerState]]) -> None:
        """Adds gauges for the connections to each database server and the lag of replicas."""
        connections, most, lag = (partial(read, states) for read in (_connections, _most, _lag))
        self.gauges += (
            Gauge("pool_connections", _CONNECTIONS, ("server", "state"), "sum", connections),
            Gauge("pool_connections_most", _MOST, ("server",), "sum", most),
            Gauge("replica_lag_seconds", _LAG, ("server",), "max", lag),
        )


_CONNECTIONS = "Connections to a database server, by state."
_MOST = "Maximum number of connections to a database server."
_LAG = "Lag of a replica, in seconds."


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
