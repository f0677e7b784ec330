"""A query that exceeds its time limit is cancelled in the database too."""

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from service.database.executor import Bound
from service.database.postgresql.server import Server
from service.errors import TimedOut
from service.settings import Settings
from tests.http.editing import Editor
from tests.stores import copy_of, database_of, rows, url_of

pytestmark = pytest.mark.postgresql

ACTORS = "{ actors { nodes { name } } }"
# A writer that waits for another's lock works for a client.
WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""

NAPPING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event = 'PgSleep'
"""


@pytest.fixture
def path(seeded: Path, tmp_path: Path) -> Path:
    return copy_of(seeded, tmp_path)


@pytest.fixture
def editor(path: Path, runner: asyncio.Runner) -> Iterator[Editor]:
    editor = Editor(path, runner, seconds=1, cache_bytes=0)
    yield editor
    editor.close()


@contextmanager
def actors_locked(path: Path) -> Iterator[None]:
    """Locks the actors, so that reading them takes as long as a query of hours."""
    with psycopg.connect(url_of(path)) as connection:
        connection.execute("LOCK TABLE actor IN ACCESS EXCLUSIVE MODE")
        yield
        connection.rollback()


def test_question_that_takes_too_long_is_refused_and_no_longer_worked_on(
    editor: Editor, path: Path
) -> None:
    with actors_locked(path):
        for method, address, asked in (
            ("POST", "/graphql", {"json": {"query": ACTORS}}),
            ("GET", "/api/v1/actors", {}),
        ):
            answer = editor.send(method, address, **asked)
            assert answer.status_code == 504
            assert "TIMEOUT" in answer.text
            assert rows(path, WAITING) == [(0,)]


def test_question_is_answered_once_nothing_is_in_its_way(editor: Editor, path: Path) -> None:
    with actors_locked(path):
        editor.ask(ACTORS)
    assert len(editor.ask(ACTORS)["data"]["actors"]["nodes"]) > 1


def test_question_within_a_write_ends_in_time_and_nothing_is_written(
    editor: Editor, path: Path
) -> None:
    before = editor.revision()
    with psycopg.connect(url_of(path)) as connection:
        connection.execute("LOCK TABLE membership IN ACCESS EXCLUSIVE MODE")
        answer = editor.ask(
            'mutation { updateActor(id: "actor_1", input: {name: "New"})'
            " { actor { memberOf { totalCount } } } }"
        )
        connection.rollback()
    assert answer["errors"][0]["extensions"]["code"] == "TIMEOUT"
    assert editor.revision() == before


def test_limit_is_one_for_all_that_a_request_asks(path: Path, runner: asyncio.Runner) -> None:
    server = Server(database_of(path), Settings(seconds=1))  # type: ignore[arg-type]
    nap: Bound = ("SELECT pg_sleep(0.4)", [])
    try:
        assert len(runner.run(server.ask([nap]))) == 1
        with pytest.raises(TimedOut):
            runner.run(server.ask([nap] * 20))
        assert rows(path, NAPPING) == [(0,)]
        assert len(runner.run(server.ask([nap]))) == 1
    finally:
        runner.run(server.close())


def test_question_that_an_administrator_cancels_may_be_asked_again(
    path: Path, runner: asyncio.Runner
) -> None:
    editor = Editor(path, runner, seconds=30, cache_bytes=0)
    with actors_locked(path), ThreadPoolExecutor(1) as administrator:
        cancelled = administrator.submit(_cancel_who_waits, url_of(path))
        answer = editor.send("POST", "/graphql", json={"query": ACTORS})
        assert cancelled.result()
    editor.close()
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert "An administrator of the database cancelled the query" in answer.text


def _cancel_who_waits(url: str) -> bool:
    """Cancels a session that waits for a lock, as an administrator may. Returns whether one did."""
    ends = time.monotonic() + 20
    with psycopg.connect(url, autocommit=True) as connection:
        while time.monotonic() < ends:
            found = connection.execute(
                "SELECT pg_cancel_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND wait_event_type = 'Lock'"
            ).fetchall()
            if found:
                return True
            time.sleep(0.05)
    return False
