"""The metrics at `/metrics`: the numbers of this process and of the other workers.

The counters of prometheus_client take about 20 times as long as a plain number. So only its text
format is used, and the numbers are read when a client requests `/metrics`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from prometheus_client import Metric
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
)
from prometheus_client.utils import floatToGoString

from service.errors import AllyGraphError
from service.observability.counters import BOUNDS, REQUEST_BOUNDS, Counters, Gauge, Histogram
from service.observability.process_metrics import PROCESS_CPU, process_cpu_seconds

PREFIX = "allygraph_"
_OK = "OK"

# The name of a metric and the values of its labels.
Key = tuple[str, ...]


class State(NamedTuple):
    """All numbers of one process, or the totals of several."""

    counts: Mapping[Key, float]
    gauges: Mapping[Key, float]


def state_of(counters: Counters) -> State:
    """The current numbers of a process."""
    return State(dict(_counts(counters)), dict(_gauges(counters)))


def _counts(counters: Counters) -> Iterator[tuple[Key, float]]:
    for operation in counters.operations:
        if answered := operation.answered + operation.cached:
            yield ("requests", operation.name, _OK), answered
            yield ("cache_hits", operation.name), operation.cached
        for code, number in operation.refused.items():
            yield ("requests", operation.name, code), number
        for (api, status), histogram in operation.durations.items():
            yield from _histogram("request", histogram, api, operation.name, f"{status}xx")
    for stage in counters.stages:
        yield from _histogram("stage", stage, stage.name)
    yield from process_cpu_seconds()


def _histogram(what: str, histogram: Histogram, *labels: str) -> Iterator[tuple[Key, float]]:
    """Yields the sum of the durations, then the count of each bucket, by its index."""
    yield (f"{what} seconds", *labels), histogram.seconds
    for index, number in enumerate(histogram.buckets):
        yield (f"{what} buckets", *labels, str(index)), number


def _gauges(counters: Counters) -> Iterator[tuple[Key, float]]:
    for gauge in counters.gauges:
        try:
            read = gauge.read()
        except AllyGraphError:
            # The database does not respond: omit its numbers, and report the others.
            continue
        for labels, number in read.items():
            yield (gauge.name, *labels), number


def total(states: Iterable[State], gauges: Iterable[Gauge]) -> State:
    """The totals of several processes."""
    counts: defaultdict[Key, float] = defaultdict(int)
    gauge_values: dict[Key, float] = {}
    combine = {gauge.name: max if gauge.together == "max" else _sum for gauge in gauges}
    for state in states:
        for key, number in state.counts.items():
            counts[key] += number
        for key, number in state.gauges.items():
            known = gauge_values.get(key)
            gauge_values[key] = number if known is None else combine[key[0]](known, number)
    return State(counts, gauge_values)


def _sum(one: float, other: float) -> float:
    return one + other


def families(counters: Counters, state: State) -> Iterator[Metric]:
    """The numbers as metrics of prometheus_client."""
    requests = CounterMetricFamily(
        f"{PREFIX}requests",
        "Requests by operation and outcome: OK or an error code.",
        labels=("operation", "outcome"),
    )
    hits = CounterMetricFamily(
        f"{PREFIX}cache_hits", "Requests answered from the response cache.", labels=("operation",)
    )
    for (what, *labels), number in sorted(state.counts.items()):
        if what in ("requests", "cache_hits"):
            (requests if what == "requests" else hits).add_metric(labels, number)
    yield from (requests, hits)
    yield _histograms(state, "request", _REQUEST, ("api", "operation", "status"), REQUEST_BOUNDS)
    yield _histograms(state, "stage", _STAGE, ("stage",), BOUNDS)
    cpu = CounterMetricFamily(PROCESS_CPU, "User and system CPU time, in seconds.")
    if (PROCESS_CPU,) in state.counts:
        cpu.add_metric((), state.counts[(PROCESS_CPU,)])
        yield cpu
    for gauge in counters.gauges:
        name = f"{gauge.prefix}{gauge.name}"
        family = GaugeMetricFamily(name, gauge.description, labels=gauge.labels)
        for (name, *labels), number in sorted(state.gauges.items()):
            if name == gauge.name:
                family.add_metric(labels, number)
        if family.samples:
            yield family


_REQUEST = "Duration of each request, from its arrival until its response is written."
_STAGE = "Duration of each stage of a request."


def _histograms(
    state: State, what: str, description: str, names: tuple[str, ...], bounds: tuple[float, ...]
) -> Metric:
    """One histogram for each combination of labels, from the numbers that `_histogram` yielded."""
    family = HistogramMetricFamily(f"{PREFIX}{what}_seconds", description, labels=names)
    ends = [*map(floatToGoString, bounds), "+Inf"]
    for (kind, *labels), seconds in sorted(state.counts.items()):
        if kind != f"{what} seconds":
            continue
        cumulative, buckets = 0, []
        for index, end in enumerate(ends):
            cumulative += int(state.counts.get((f"{what} buckets", *labels, str(index)), 0))
            buckets.append((end, cumulative))
        family.add_metric(labels, buckets, seconds)
    return family
