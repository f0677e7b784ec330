"""What `/metrics` tells: the counts of this process, and of the others that share its socket.

prometheus_client has counters of its own, which take some 20 times as long as a number of ours. So
only its texts are used, and the numbers are brought to it when it asks.
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
from service.observability.counters import BOUNDS, Counters, Gauge

PREFIX = "allygraph_"
_ANSWERED = "OK"

# What is counted, and the values of its labels. Such keys can be added up whatever they are.
Key = tuple[str, ...]


class State(NamedTuple):
    """All numbers of one process, or of several together."""

    counts: Mapping[Key, float]
    gauges: Mapping[Key, float]


def state_of(measures: Counters) -> State:
    """The numbers as they are now."""
    return State(dict(_counts(measures)), dict(_gauges(measures)))


def _counts(measures: Counters) -> Iterator[tuple[Key, float]]:
    for tally in measures.tallies:
        if answered := tally.answered + tally.cached:
            yield ("requests", tally.name, _ANSWERED), answered
            yield ("cache_hits", tally.name), tally.cached
        for code, number in tally.refused.items():
            yield ("requests", tally.name, code), number
    for stage in measures.stages:
        yield ("seconds", stage.name), stage.seconds
        for place, number in enumerate(stage.buckets):
            yield ("buckets", stage.name, str(place)), number


def _gauges(measures: Counters) -> Iterator[tuple[Key, float]]:
    for gauge in measures.gauges:
        try:
            read = gauge.read()
        except AllyGraphError:
            # The database does not answer: what it would tell is left out, and the rest is told.
            continue
        for labels, number in read.items():
            yield (gauge.name, *labels), number


def together(states: Iterable[State], gauges: Iterable[Gauge]) -> State:
    """The numbers of several processes as one."""
    counts: defaultdict[Key, float] = defaultdict(int)
    standing: dict[Key, float] = {}
    ways = {gauge.name: max if gauge.together == "max" else _sum for gauge in gauges}
    for state in states:
        for key, number in state.counts.items():
            counts[key] += number
        for key, number in state.gauges.items():
            known = standing.get(key)
            standing[key] = number if known is None else ways[key[0]](known, number)
    return State(counts, standing)


def _sum(one: float, other: float) -> float:
    return one + other


def families(measures: Counters, state: State) -> Iterator[Metric]:
    """The numbers as Prometheus has them."""
    requests = CounterMetricFamily(
        f"{PREFIX}requests",
        "Requests by operation, and by OK or the code of the error.",
        labels=("operation", "outcome"),
    )
    hits = CounterMetricFamily(
        f"{PREFIX}cache_hits", "Requests answered from the cache.", labels=("operation",)
    )
    for (what, *labels), number in sorted(state.counts.items()):
        if what in ("requests", "cache_hits"):
            (requests if what == "requests" else hits).add_metric(labels, number)
    yield from (requests, hits, _stages(measures, state))
    for gauge in measures.gauges:
        family = GaugeMetricFamily(f"{PREFIX}{gauge.name}", gauge.description, labels=gauge.labels)
        for (name, *labels), number in sorted(state.gauges.items()):
            if name == gauge.name:
                family.add_metric(labels, number)
        if family.samples:
            yield family


def _stages(measures: Counters, state: State) -> Metric:
    family = HistogramMetricFamily(
        f"{PREFIX}stage_seconds", "How long each stage of an answer took.", labels=("stage",)
    )
    ends = [*map(floatToGoString, BOUNDS), "+Inf"]
    for stage in measures.stages:
        until, buckets = 0, []
        for place, end in enumerate(ends):
            until += int(state.counts["buckets", stage.name, str(place)])
            buckets.append((end, until))
        family.add_metric([stage.name], buckets, state.counts["seconds", stage.name])
    return family
