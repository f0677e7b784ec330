"""Several processes serve one port, and start and stop together."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.commands import Serving, run, serving
from tests.http.metrics import requests, told
from tests.stores import copy_of, url_of

QUESTION = {"query": "query Counted { __typename }"}
# The maximum seconds of an expected event.
PATIENCE = 60


@contextmanager
def workers(number: int, path: Path, folder: Path) -> Iterator[Serving]:
    """A service with this many workers, all of which respond."""
    shared = {"ALLYGRAPH_WORKERS": str(number), "TMPDIR": str(folder)}
    with serving("--database-url", url_of(path), ALLYGRAPH_LOG_FORMAT="json", **shared) as server:
        until(lambda: living(server) == number)
        yield server


def until(holds: Callable[[], bool]) -> None:
    """Waits until the condition holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def scraped(server: Serving) -> str:
    """Sends a request over a new connection, so that any worker may respond."""
    with suppress(httpx.TransportError):
        return httpx.get(f"{server.url}/metrics", timeout=PATIENCE).text
    return ""


def living(server: Serving) -> int:
    return int(told(scraped(server), "allygraph_workers").get((), 0))


def ask(server: Serving, times: int) -> None:
    for _ in range(times):
        assert httpx.post(f"{server.url}/graphql", json=QUESTION, timeout=PATIENCE).json() == {
            "data": {"__typename": "Query"}
        }


def children(process: int) -> set[int]:
    """Returns the running children of a process, except Python's helper."""
    found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return {int(each) for each in found if b"resource_tracker" not in command(int(each))}


def command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def listens(server: Serving) -> bool:
    address = urlsplit(server.url)
    with suppress(httpx.TransportError):
        httpx.get(f"http://{address.hostname}:{address.port}/healthz", timeout=5)
        return True
    return False


def test_metrics_tell_of_all_workers_and_go_on_when_one_is_started_again(
    seeded: Path, tmp_path: Path
) -> None:
    with workers(2, copy_of(seeded, tmp_path), tmp_path) as server:
        ask(server, 40)
        until(lambda: requests(scraped(server)).get(("Counted", "OK")) == 40)

        before = children(server.process.pid)
        victim = min(before)
        os.kill(victim, signal.SIGKILL)
        until(lambda: len(children(server.process.pid) - {victim}) == 2)
        until(lambda: living(server) == 2)
        ask(server, 10)
        # The counts of the killed worker remain: no counter decreases.
        until(lambda: requests(scraped(server)).get(("Counted", "OK")) == 50)

        server.process.terminate()
        ended = server.end()
    assert ended.status == 0
    assert '"event": "worker died"' in ended.err
    assert '"status": -9' in ended.err
    assert ended.out.count('"event": "listening"') == 1
    assert not list(tmp_path.glob("allygraph-*"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_all_end_with_their_farewell(seeded: Path, tmp_path: Path, number: signal.Signals) -> None:
    with workers(2, seeded, tmp_path) as server:
        processes = children(server.process.pid)
        server.process.send_signal(number)
        ended = server.end()
    assert ended.status == 0
    assert ended.err.count('"event": "stopped"') == 2
    assert not any(map(command, processes))


def test_workers_do_not_outlive_their_supervisor(seeded: Path, tmp_path: Path) -> None:
    with workers(2, seeded, tmp_path) as server:
        processes = children(server.process.pid)
        server.process.kill()
        until(lambda: not any(b"spawn_main" in command(each) for each in processes))
        assert not listens(server)


def test_a_worker_that_is_stopped_is_replaced(seeded: Path, tmp_path: Path) -> None:
    with workers(2, seeded, tmp_path) as server:
        victim = min(children(server.process.pid))
        os.kill(victim, signal.SIGTERM)
        until(lambda: len(children(server.process.pid) - {victim}) == 2)


def test_what_can_not_be_served_is_reported_once(tmp_path: Path) -> None:
    ended = run(
        "serve", "--workers", "3", "--port", "0", "--database-url", f"sqlite:///{tmp_path}/no.db"
    )
    assert (ended.status, ended.out) == (1, "")
    assert len(ended.err.splitlines()) == 1
    assert "There is no database at" in ended.err


def test_the_database_is_prepared_once_before_any_worker(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    with serving("--prepare", "--workers", "2", "--database-url", url) as server:
        until(lambda: living(server) == 2)
        server.process.terminate()
        ended = server.end()
    assert ended.status == 0
    assert ended.out.count("Migrating") == 1
    assert ended.out.count("Loaded rutte-2024") == 1
