"""The operating system's figures for this process, by the usual names `process_*`.

prometheus_client reads them. Several workers are reported as one service: the sum of their memory,
files and CPU time, and the latest of their start times, which shows a restart. Only Linux has these
figures.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from prometheus_client import ProcessCollector

from service.observability.counters import Combination, Gauge

PROCESS_CPU = "process_cpu_seconds"
_COMBINED: Mapping[str, Combination] = {
    "process_virtual_memory_bytes": "sum",
    "process_resident_memory_bytes": "sum",
    "process_open_fds": "sum",
    "process_max_fds": "sum",
    "process_start_time_seconds": "max",
}
_collector = ProcessCollector(registry=None)


def process_cpu_seconds() -> Iterator[tuple[tuple[str, ...], float]]:
    """The CPU time, as a count that a restarted worker continues."""
    for value in _values(PROCESS_CPU):
        yield (PROCESS_CPU,), value


def process_gauges() -> Iterator[Gauge]:
    """The other figures, as gauges; none on a system that does not have them."""
    for metric in _collector.collect():
        if together := _COMBINED.get(metric.name):
            read = partial(_without_labels, metric.name)
            yield Gauge(metric.name, metric.documentation, (), together, read, prefix="")


def _without_labels(name: str) -> dict[tuple[str, ...], float]:
    return {(): sum(_values(name))}


def _values(name: str) -> list[float]:
    return [each.samples[0].value for each in _collector.collect() if each.name == name]
