"""Several workers report common counters."""

import os
import time
from pathlib import Path

from service.errors import DatabaseUnavailable
from service.observability.counters import Counters, Gauge
from service.observability.metrics import families, state_of
from service.observability.worker_counters import WorkerCounters, WorkerSlot


def counting(folder: Path, number: int, revision: int) -> tuple[Counters, WorkerCounters]:
    """A worker that knows this revision and has one subscriber."""
    measures = Counters()
    measures.watch("revision", "", "max", lambda: revision)
    measures.watch("subscribers", "", "sum", lambda: 1)
    return measures, WorkerCounters(measures, WorkerSlot(folder, number))


def test_counts_are_added_and_the_newest_revision_is_reported(tmp_path: Path) -> None:
    first, first_counts = counting(tmp_path, 1, revision=7)
    second, second_counts = counting(tmp_path, 2, revision=9)
    first.operation("A").answered += 2
    second.operation("A").answered += 3
    second.operation("A").refused["TIMEOUT"] += 1
    second.sql.add(0.25)
    second_counts.write()
    state = first_counts.state()
    assert state.counts["requests", "A", "OK"] == 5
    assert state.counts["requests", "A", "TIMEOUT"] == 1
    assert state.counts["stage seconds", "sql"] == 0.25
    assert state.gauges == {("revision",): 9, ("subscribers",): 2}


def test_durations_of_requests_and_figures_of_processes_are_added_up(tmp_path: Path) -> None:
    workers = [counting(tmp_path, number, revision=7) for number in (1, 2)]
    for number, (counters, counts) in enumerate(workers, 1):
        counters.operation("A").ended("graphql", 200, 0.002)
        counters.operation("A").ended("graphql", 503, 40)
        for name, together in (("process_open_fds", "sum"), ("process_start_time_seconds", "max")):
            read = {(): 10 * number}.copy
            counters.gauges.append(Gauge(name, "", (), together, read, prefix=""))
        counts.write()
    counters, counts = workers[0]
    text = [sample for family in families(counters, counts.state()) for sample in family.samples]
    found = {(each.name, *each.labels.values()): each.value for each in text}
    of_a = ("graphql", "A")
    assert found["allygraph_request_seconds_bucket", *of_a, "2xx", "0.001"] == 0
    assert found["allygraph_request_seconds_bucket", *of_a, "2xx", "0.005"] == 2
    assert found["allygraph_request_seconds_bucket", *of_a, "5xx", "30.0"] == 0
    assert found["allygraph_request_seconds_count", *of_a, "5xx"] == 2
    assert found["allygraph_request_seconds_sum", *of_a, "5xx"] == 80
    assert (found["process_open_fds",], found["process_start_time_seconds",]) == (30, 20)
    assert found["process_cpu_seconds_total",] > 0


def test_a_replacement_worker_continues_its_counts(tmp_path: Path) -> None:
    died, died_counts = counting(tmp_path, 1, revision=1)
    died.operation("A").answered += 2
    died_counts.write()
    measures, counts = counting(tmp_path, 1, revision=1)
    measures.operation("A").answered += 1
    for _ in range(3):
        counts.write()
        assert counts.state().counts["requests", "A", "OK"] == 3


def test_a_worker_that_has_gone_silent_has_no_subscribers_and_keeps_its_counts(
    tmp_path: Path,
) -> None:
    silent, silent_counts = counting(tmp_path, 2, revision=1)
    silent.operation("A").answered += 2
    silent_counts.write()
    long_ago = time.time() - 60
    os.utime(tmp_path / "2.json", (long_ago, long_ago))
    state = counting(tmp_path, 1, revision=1)[1].state()
    assert state.counts["requests", "A", "OK"] == 2
    assert state.gauges["subscribers",] == 1


def test_a_folder_that_is_gone_costs_no_more_than_the_counts_of_others(tmp_path: Path) -> None:
    measures, counts = counting(tmp_path / "gone", 1, revision=1)
    measures.operation("A").answered += 1
    counts.write()
    assert counts.state().counts["requests", "A", "OK"] == 1


def test_what_the_database_would_tell_is_left_out_where_it_does_not_answer() -> None:
    measures = Counters()

    def unavailable() -> float:
        raise DatabaseUnavailable("It does not answer.")

    measures.watch("revision", "", "max", unavailable)
    measures.watch("workers", "", "sum", lambda: 1)
    assert state_of(measures).gauges == {("workers",): 1}
