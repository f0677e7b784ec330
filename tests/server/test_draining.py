"""With ALLYGRAPH_DRAIN_SECONDS a stopping service continues until proxies have noticed."""

import signal
import time
from pathlib import Path

import httpx
import pytest

from tests.commands import Serving, serving
from tests.stores import copy_of, url_of


def statuses(service: Serving) -> tuple[int, int, int]:
    with httpx.Client(base_url=service.url) as client:
        paths = ("/readyz", "/healthz", "/api/v1/actors/russia")
        ready, healthy, read = (client.get(path).status_code for path in paths)
    return ready, healthy, read


def wait_for(service: Serving, expected: tuple[int, int, int]) -> None:
    end = time.monotonic() + 30
    while statuses(service) != expected:
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_it_serves_on_and_is_not_ready(seeded: Path, tmp_path: Path, workers: str) -> None:
    settings = {
        "ALLYGRAPH_DATABASE_URL": url_of(copy_of(seeded, tmp_path)),
        "ALLYGRAPH_DRAIN_SECONDS": "3",
        "ALLYGRAPH_WORKERS": workers,
    }
    with serving(**settings) as service:
        assert statuses(service) == (200, 200, 200)
        service.process.send_signal(signal.SIGTERM)
        wait_for(service, (503, 200, 200))
        answer = httpx.get(f"{service.url}/readyz")
        assert answer.json()["code"] == "STOPPING"
        # The service stops by itself.
        ended = service.end()
    assert (ended.status, ended.err.count("STOPPING")) == (0, 0)


def test_a_second_signal_ends_it(seeded: Path, tmp_path: Path) -> None:
    settings = {
        "ALLYGRAPH_DATABASE_URL": url_of(copy_of(seeded, tmp_path)),
        "ALLYGRAPH_DRAIN_SECONDS": "60",
    }
    with serving(**settings) as service:
        assert statuses(service) == (200, 200, 200)
        service.process.send_signal(signal.SIGTERM)
        wait_for(service, (503, 200, 200))
        service.process.send_signal(signal.SIGTERM)
        # Waits for 30 seconds, and raises TimeoutExpired.
        assert service.end().status == 0
