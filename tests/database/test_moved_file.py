"""A SQLite file that is moved, replaced or deleted under a running service."""

import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from service.database.sqlite.driver import connect
from tests.commands import Serving, run, serving

pytestmark = pytest.mark.sqlite

WRITE = 'mutation { deleteActor(id: "actor_1") { errors { code } } }'
ACTOR = {"slug": "moved", "name": "Moved", "kind": "STATE"}


class Used:
    """A running service and its file."""

    def __init__(self, server: Serving, file: Path, client: httpx.Client) -> None:
        """`client`: an editor's."""
        self.server, self.file, self.client = server, file, client

    def write(self) -> int:
        return self.client.post("/api/v1/actors", json=ACTOR).status_code

    def read(self) -> int:
        return self.client.get(f"/api/v1/actors?first={time.monotonic_ns() % 400 + 1}").status_code

    def ready(self) -> int:
        return self.client.get("/readyz").status_code


@pytest.fixture
def used(tmp_path: Path) -> Iterator[Used]:
    file = tmp_path / "used.db"
    url = {"ALLYGRAPH_DATABASE_URL": f"sqlite:///{file}"}
    assert run("migrate", **url).status == 0
    token = run("token", "create", "--name", "moved", "--role", "editor", **url).out.strip()
    headers = {"authorization": f"Bearer {token}"}
    with serving(**url) as server, httpx.Client(base_url=server.url, headers=headers) as client:
        used = Used(server, file, client)
        assert (used.read(), used.ready()) == (200, 200)
        yield used


def soon(ask: Callable[[], int], status: int) -> None:
    """Waits for the status, because readers check the file once a second."""
    ends = time.monotonic() + 10
    while ask() != status:
        assert time.monotonic() < ends
        time.sleep(0.1)


def move(file: Path) -> None:
    """Moves the database file, and leaves its log."""
    file.rename(file.with_name("elsewhere.db"))


def delete(file: Path) -> None:
    file.unlink()


def replace(file: Path) -> None:
    """Replaces the file by another database with the same tables."""
    other = file.with_name("other.db")
    assert run("migrate", ALLYGRAPH_DATABASE_URL=f"sqlite:///{other}").status == 0
    for each in file.parent.glob(f"{file.name}*"):
        each.rename(each.with_name(f"old-{each.name}"))
    other.rename(file)


@pytest.mark.parametrize("lose", [move, delete, replace])
def test_nothing_is_acknowledged_once_the_file_is_gone(
    used: Used, lose: Callable[[Path], None]
) -> None:
    lose(used.file)
    assert used.write() == 503
    assert used.ready() == 503
    soon(used.read, 503)


def test_the_service_goes_on_when_the_file_is_back(used: Used) -> None:
    move(used.file)
    assert used.write() == 503
    used.file.with_name("elsewhere.db").rename(used.file)
    assert used.write() == 201
    soon(used.read, 200)


def test_the_log_says_what_to_do_about_each_request(used: Used) -> None:
    move(used.file)
    ids = [
        used.client.post(path, json=body).headers["x-request-id"]
        for path, body in (("/api/v1/actors", ACTOR), ("/graphql", {"query": WRITE}))
    ]
    used.server.process.send_signal(signal.SIGTERM)
    lines = used.server.end().err.splitlines()
    for id in ids:
        (line,) = (line for line in lines if id in line)
        assert "put it back, or restart the service" in line


def test_the_file_that_took_the_place_is_not_damaged(used: Used) -> None:
    assert used.write() == 201
    replace(used.file)
    # A write that is only in the log of the new file so far.
    with closing(connect(used.file)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("PRAGMA wal_autocheckpoint=0")
        other.execute("CREATE TABLE only_in_the_log (id)")
        log = used.file.with_name("used.db-wal")
        assert used.write() == 503
        used.server.process.send_signal(signal.SIGTERM)
        used.server.end()
        assert log.stat().st_size > 0
        # As after a crash of another process: only the file and its log exist.
        shutil.copy(used.file, used.file.with_name("copy.db"))
        shutil.copy(log, used.file.with_name("copy.db-wal"))
    with closing(connect(used.file.with_name("copy.db"))) as copied:
        assert copied.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copied.execute("SELECT count(*) FROM only_in_the_log").fetchone() == (0,)
