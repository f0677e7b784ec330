"""Liveness and readiness are separate checks."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.app import create_app
from service.settings import Settings
from tests.stores import copy_of, url_of

Send = Callable[..., httpx.Response]


@pytest.fixture
def database(seeded: Path, tmp_path: Path) -> Path:
    """A copy that a test may break."""
    return copy_of(seeded, tmp_path)


@pytest.fixture
def get(database: Path, runner: asyncio.Runner) -> Iterator[Callable[[str], httpx.Response]]:
    """Sends requests to an application on that copy."""
    app = create_app(Settings(database_url=url_of(database)))
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://a.test")
    yield lambda path: runner.run(client.get(path))
    runner.run(client.aclose())
    runner.run(app.close())


Get = Callable[[str], httpx.Response]


def test_process_lives(send: Send) -> None:
    assert send("GET", "/healthz").json() == {"status": "ok"}


def test_service_is_ready_and_reports_its_revision(send: Send) -> None:
    assert send("GET", "/readyz").json() == {"status": "ok", "revision": 1}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probe_may_ask_by_head(send: Send, path: str) -> None:
    assert send("HEAD", path).status_code == 200


def remove(path: Path) -> None:
    path.unlink()


def replace_by_garbage(path: Path) -> None:
    garbage = path.with_suffix(".garbage")
    garbage.write_bytes(b"garbage " * 1000)
    garbage.replace(path)


def overwrite_by_garbage(path: Path) -> None:
    path.write_bytes(b"garbage " * 1000)


def empty(path: Path) -> None:
    path.write_bytes(b"")


SPOILED: dict[str, Callable[[Path], Any]] = {
    "removed": remove,
    "replaced": replace_by_garbage,
    "overwritten": overwrite_by_garbage,
    "emptied": empty,
}


@pytest.mark.sqlite
@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_service_is_not_ready_without_its_database(
    get: Get, database: Path, spoil: Callable[[Path], Any]
) -> None:
    assert get("/readyz").status_code == 200
    spoil(database)
    answer = get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "DATABASE_UNAVAILABLE"
    # The log contains its address, but no response does.
    assert database.name not in answer.text
    assert get("/healthz").status_code == 200


@pytest.mark.sqlite
@pytest.mark.parametrize("spoil", [overwrite_by_garbage, empty])
def test_service_is_ready_again_with_its_database(
    get: Get, database: Path, spoil: Callable[[Path], Any]
) -> None:
    whole = database.read_bytes()
    spoil(database)
    get("/readyz")
    database.write_bytes(whole)
    assert get("/readyz").json() == {"status": "ok", "revision": 1}
    assert get("/api/v1/actors/russia?fields=name").json() == {"name": "Russia"}


@pytest.mark.sqlite
def test_looking_for_a_database_that_is_gone_makes_none(get: Get, database: Path) -> None:
    database.unlink()
    get("/readyz")
    assert not database.exists()
