"""What the operating system says of this process, by the usual names `process_*`.

prometheus_client reads it. Several workers are reported as one service: their memory, files and CPU
time are added up, and of the times at which they started the latest is reported, so that a restart
shows. Only Linux has these figures.
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
    """The CPU time as a count, which a worker that takes the place of another continues."""
    for value in _values(PROCESS_CPU):
        yield (PROCESS_CPU,), value


def process_gauges() -> Iterator[Gauge]:
    """All others. There are none where the system does not say."""
    for metric in _collector.collect():
        if together := _COMBINED.get(metric.name):
            read = partial(_without_labels, metric.name)
            yield Gauge(metric.name, metric.documentation, (), together, read, prefix="")


def _without_labels(name: str) -> dict[tuple[str, ...], float]:
    return {(): sum(_values(name))}


def _values(name: str) -> list[float]:
    return [each.samples[0].value for each in _collector.collect() if each.name == name]
