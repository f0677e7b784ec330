"""`/metrics` agrees with counts made by hand."""

import asyncio
import os
import platform
import shutil
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from schema.migrations import head
from service import __version__
from service.auth.callers import Role
from service.observability.counters import REJECTED, Counters
from tests import stores
from tests.http.editing import Editor
from tests.http.metrics import requests, told
from tests.stores import copy_of

NAMED = 'query Named { actor(by: {slug: "russia"}) { name } }'
PAGED = "query Paged($after: String) { actors(first: 2, after: $after) { nodes { name } } }"


@pytest.fixture(autouse=True)
def nobody_was_refused_at_the_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """Resets a counter of the process, to which other tests have added."""
    monkeypatch.setattr(REJECTED, "refused", defaultdict(int))


def scraped(editor: Editor, **headers: str) -> str:
    answer = editor.send_as(headers, "GET", "/metrics")
    assert answer.status_code == 200
    return answer.text


def ask(editor: Editor, document: str, **variables: object) -> None:
    editor.send_as({}, "POST", "/graphql", json={"query": document, "variables": variables})


@pytest.fixture
def uncached(seeded: Path, tmp_path: Path, runner: asyncio.Runner) -> Iterator[Editor]:
    editor = Editor(copy_of(seeded, tmp_path), runner, cache_bytes=0)
    yield editor
    editor.close()


def test_graphql_is_counted_by_operation_and_outcome(editor: Editor) -> None:
    for _ in range(3):
        ask(editor, NAMED)
    ask(editor, "{ __typename }")
    ask(editor, PAGED, after="garbage")
    ask(editor, PAGED, after="garbage")
    ask(editor, "query Named { no such")
    assert requests(scraped(editor)) == {
        ("Named", "OK"): 3,
        ("(anonymous)", "OK"): 1,
        ("Paged", "BAD_CURSOR"): 2,
        ("(unknown)", "GRAPHQL_PARSE_FAILED"): 1,
    }


def test_what_is_refused_on_the_shortest_path_is_counted_by_its_operation(
    uncached: Editor,
) -> None:
    ask(uncached, PAGED)
    ask(uncached, PAGED)
    ask(uncached, PAGED, after="garbage")
    found = requests(scraped(uncached))
    assert found == {("Paged", "OK"): 2, ("Paged", "BAD_CURSOR"): 1}


def test_rest_is_counted_by_route_and_outcome(editor: Editor) -> None:
    for path in ("actors/russia", "actors/iran", "actors/nobody", "actors?no=1", "nothing"):
        editor.send_as({}, "GET", f"/api/v1/{path}")
    editor.send_as({}, "PUT", "/api/v1/actors")
    assert requests(scraped(editor)) == {
        ("GET /api/v1/actors/{key}", "OK"): 2,
        ("GET /api/v1/actors/{key}", "NOT_FOUND"): 1,
        ("GET /api/v1/actors", "BAD_USER_INPUT"): 1,
        ("(unknown)", "NOT_FOUND"): 1,
        ("PUT /api/v1/actors", "METHOD_NOT_ALLOWED"): 1,
    }


def test_both_doors_count_what_the_cache_answers(editor: Editor) -> None:
    for _ in range(4):
        ask(editor, NAMED)
        editor.send_as({}, "GET", "/api/v1/actors/russia")
    text = scraped(editor)
    hits = told(text, "allygraph_cache_hits_total")
    assert hits == {("Named",): 3, ("GET /api/v1/actors/{key}",): 3}
    assert set(requests(text).values()) == {4}


def test_an_answer_that_is_not_modified_is_an_answer(editor: Editor) -> None:
    first = editor.send_as({}, "GET", "/graphql", params={"query": NAMED})
    tag = {"if-none-match": first.headers["etag"]}
    again = editor.send_as(tag, "GET", "/graphql", params={"query": NAMED})
    assert again.status_code == 304
    assert requests(scraped(editor)) == {("Named", "OK"): 2}


def test_stages_are_timed_each_time_they_are_gone_through(uncached: Editor) -> None:
    """A document and its plan are cached when they occur the second time."""
    for _ in range(5):
        ask(uncached, NAMED)
    text = scraped(uncached)
    counts = told(text, "allygraph_stage_seconds_count")
    buckets = told(text, "allygraph_stage_seconds_bucket")
    assert (counts["parse",], counts["plan",], counts["sql",]) == (2, 2, 5)
    assert {stage: buckets["+Inf", stage] for stage in ("parse", "plan", "sql")} == {
        "parse": 2,
        "plan": 2,
        "sql": 5,
    }
    assert 0 < told(text, "allygraph_stage_seconds_sum")["sql",] < 5


def test_a_write_is_timed_and_moves_the_revision(editor: Editor) -> None:
    before = told(scraped(editor), "allygraph_revision")[()]
    editor.rest("PATCH", "actors/iran", {"name": "Persia"})
    text = scraped(editor)
    assert told(text, "allygraph_revision") == {(): before + 1} == {(): editor.revision()}
    assert told(text, "allygraph_stage_seconds_count")["write",] == 1


def durations(text: str) -> dict[tuple[str, ...], float]:
    """Returns the number of timed requests, by API, operation and class of status."""
    counts = told(text, "allygraph_request_seconds_count")
    return {labels: number for labels, number in counts.items() if "GET /metrics" not in labels}


def test_whole_requests_are_timed_by_api_operation_and_class_of_status(editor: Editor) -> None:
    for _ in range(3):
        ask(editor, NAMED)
    ask(editor, PAGED, after="garbage")
    accept = {"accept": "application/graphql-response+json"}
    editor.send_as(accept, "POST", "/graphql", json={"query": "query Named { no such"})
    editor.send_as({}, "PUT", "/graphql")
    first = editor.send_as({}, "GET", "/graphql", params={"query": NAMED})
    tag = {"if-none-match": first.headers["etag"]}
    editor.send_as(tag, "GET", "/graphql", params={"query": NAMED})
    for path in ("actors/russia", "actors/russia", "actors/nobody"):
        editor.send_as({}, "GET", f"/api/v1/{path}")
    text = scraped(editor)
    assert durations(text) == {
        # As plain JSON, an error of a document has the status 200.
        ("graphql", "Named", "2xx"): 4,
        ("graphql", "Named", "3xx"): 1,
        ("graphql", "Paged", "2xx"): 1,
        ("graphql", "(unknown)", "4xx"): 2,
        ("rest", "GET /api/v1/actors/{key}", "2xx"): 2,
        ("rest", "GET /api/v1/actors/{key}", "4xx"): 1,
    }
    buckets = told(text, "allygraph_request_seconds_bucket")
    assert buckets["graphql", "+Inf", "Named", "2xx"] == 4
    assert 0 < told(text, "allygraph_request_seconds_sum")["graphql", "Named", "2xx"] < 5


def test_a_request_that_waits_is_timed_with_its_wait(editor: Editor) -> None:
    begun = time.perf_counter()
    with stores.writing_elsewhere(editor.path) as stop:
        threading.Timer(0.3, stop).start()
        editor.rest("PATCH", "actors/iran", {"name": "Persia"})
    took = time.perf_counter() - begun
    name = ("rest", "PATCH /api/v1/actors/{key}", "2xx")
    assert 0.3 <= told(scraped(editor), "allygraph_request_seconds_sum")[name] <= took


def test_the_process_and_the_build_are_reported(editor: Editor) -> None:
    text = scraped(editor)
    (labels,) = told(text, "allygraph_build_info")
    assert {__version__, head(), platform.python_version()} < set(labels)
    status = Path("/proc/self/status").read_text()
    resident = int(status.split("VmRSS:")[1].split()[0]) * 1024
    assert told(text, "process_resident_memory_bytes")[()] == pytest.approx(resident, rel=0.1)
    started = told(text, "process_start_time_seconds")[()]
    assert started == pytest.approx(time.time() - time.clock_gettime(time.CLOCK_MONOTONIC), abs=1e7)
    assert told(text, "process_open_fds")[()] == pytest.approx(
        len(os.listdir("/proc/self/fd")), abs=10
    )
    assert 0 < told(text, "process_cpu_seconds_total")[()] <= time.process_time() + 1


def test_the_newest_whole_backup_is_reported(
    seeded: Path, tmp_path: Path, runner: asyncio.Runner
) -> None:
    folder = tmp_path / "backups"
    editor = Editor(copy_of(seeded, tmp_path), runner, backup_folder=str(folder))
    name = "allygraph_last_backup_timestamp_seconds"
    nothing = told(scraped(editor), name)
    folder.mkdir()
    # A backup without a digest is incomplete; a digest without its backup is of a removed one.
    for file, at in (("a", 100), ("b", 200), ("c", 300), ("d.sha256", 400)):
        (folder / file).write_text("")
        os.utime(folder / file, (at, at))
    for file in ("a", "b"):
        (folder / f"{file}.sha256").write_text("")
    newest = told(scraped(editor), name)
    editor.close()
    assert (nothing, newest) == ({(): 0}, {(): 200})


@pytest.mark.sqlite
def test_the_space_for_the_file_is_reported(editor: Editor) -> None:
    free = shutil.disk_usage(editor.path.parent).free
    assert told(scraped(editor), "allygraph_disk_free_bytes")[()] == pytest.approx(free, rel=0.1)


def test_a_subscription_counts_as_a_subscriber_while_it_lasts(editor: Editor) -> None:
    with editor.app.live.operation(), editor.app.live.operation():
        assert told(scraped(editor), "allygraph_subscribers") == {(): 2}
    assert told(scraped(editor), "allygraph_subscribers") == {(): 0}


def test_the_pool_is_reported_without_the_address_of_the_database(
    editor: Editor, tmp_path: Path
) -> None:
    text = scraped(editor)
    assert set(told(text, "allygraph_pool_connections")) == {
        ("primary", "idle"),
        ("primary", "in use"),
    }
    assert told(text, "allygraph_pool_connections_most")["primary",] > 0
    assert tmp_path.name not in text


def test_clients_can_not_make_names_without_end() -> None:
    measures = Counters()
    measures.expect(["Ours"])
    for number in range(10_000):
        measures.operation(f"Theirs{number}").answered += 1
    measures.operation("Ours").answered += 1
    measures.operation("x" * 5_000).answered += 1
    counted = {tally.name: tally.answered for tally in measures.operations if tally.answered}
    assert len(counted) == 202
    assert (counted["Ours"], counted["Theirs0"], counted["(other)"]) == (1, 1, 10_000 - 200 + 1)


def test_documents_of_the_operator_keep_their_names(
    seeded: Path, tmp_path: Path, runner: asyncio.Runner
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "named.graphql").write_text(NAMED)
    editor = Editor(copy_of(seeded, tmp_path), runner, documents_folder=str(folder))
    for number in range(250):
        ask(editor, f"query Theirs{number} {{ __typename }}")
    ask(editor, NAMED)
    found = requests(scraped(editor))
    editor.close()
    assert (found["Named", "OK"], found["(other)", "OK"]) == (1, 50)


def test_metrics_need_the_permission_to_read(
    seeded: Path, tmp_path: Path, runner: asyncio.Runner
) -> None:
    editor = Editor(copy_of(seeded, tmp_path), runner, read="token")
    bearer = f"Bearer {editor.token('prometheus', Role.READER)}"
    refused = editor.send_as({}, "GET", "/metrics")
    text = scraped(editor, authorization=bearer)
    editor.close()
    assert refused.status_code == 401
    assert requests(text) == {("GET /metrics", "UNAUTHENTICATED"): 1}


def test_openmetrics_is_sent_to_clients_that_accept_it(editor: Editor) -> None:
    accept = {"accept": "application/openmetrics-text; version=1.0.0"}
    answer = editor.send_as(accept, "GET", "/metrics")
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert answer.text.endswith("# EOF\n")
