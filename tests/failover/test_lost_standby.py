"""A synchronous standby is lost: every write gets a response, and none that it lacks succeeds."""

import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import httpx
import pytest

from service.auth.callers import Role
from service.auth.new_token import NewToken
from service.auth.tokens import create_token, token_transaction
from service.database import database_at
from service.errors import UnconfirmedWrite
from tests.commands import Serving, run, serving

from .pair import Node, primary_alone
from .service import prepared


@pytest.fixture(scope="module")
def primary() -> Iterator[Node]:
    with primary_alone() as node:
        yield node


@pytest.fixture(scope="module")
def token(primary: Node) -> str:
    return prepared(primary)


@pytest.fixture(autouse=True)
def standby_is_back_afterwards(primary: Node) -> Iterator[None]:
    yield
    bring_back(primary)


def lose_standby(primary: Node) -> None:
    primary.ask("ALTER SYSTEM SET synchronous_standby_names = 'lost'")
    reload(primary)


def bring_back(primary: Node) -> None:
    """Lets waiting commits continue, as when the standby has them."""
    primary.ask("ALTER SYSTEM RESET synchronous_standby_names")
    reload(primary)
    end = time.monotonic() + 30
    while waiting(primary) and time.monotonic() < end:
        time.sleep(0.01)


def reload(primary: Node) -> None:
    """Waits until the server reports the setting, which new sessions then have."""
    expected = primary.ask(
        "SELECT setting FROM pg_file_settings WHERE name = 'synchronous_standby_names'"
    )
    primary.ask("SELECT pg_reload_conf()")
    wanted = expected[-1][0] if expected else ""
    while primary.ask("SELECT current_setting('synchronous_standby_names')") != [(wanted,)]:
        time.sleep(0.01)


def waiting(primary: Node) -> int:
    ((number,),) = primary.ask("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
    return int(str(number))


def create(service: Serving, token: str, slug: str, **headers: str) -> httpx.Response:
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    content = {"slug": slug, "name": slug, "kind": "STATE"}
    headers["authorization"] = f"Bearer {token}"
    return httpx.post(f"{service.url}/api/v1/actors", json=content, headers=headers, timeout=60)


def test_writes_are_answered_and_none_is_lost_or_doubled(primary: Node, token: str) -> None:
    short = {"ALLYGRAPH_SECONDS": "1", "ALLYGRAPH_WRITE_SECONDS": "3"}
    with (
        serving(ALLYGRAPH_DATABASE_URL=primary.url, **short) as service,
        serving(ALLYGRAPH_DATABASE_URL=primary.url, **short) as other,
        ThreadPoolExecutor(8) as threads,
    ):
        assert create(service, token, "before").status_code == 201
        lose_standby(primary)
        first = create(service, token, "first", idempotency_key="one")
        assert (first.status_code, first.json()["code"]) == (504, "WRITE_UNCONFIRMED")
        assert "may have been kept" in first.json()["detail"]
        assert "same Idempotency-Key" in first.json()["detail"]
        assert first.headers["retry-after"] == "5"
        # One write of this process, and one of another, which waits for the lock of the database.
        behind: list[Future[httpx.Response]] = [
            threads.submit(create, where, token, f"behind-{number}", idempotency_key=f"{number}")
            for number, where in enumerate([service, service, service, other, other])
        ]
        answers = [each.result() for each in behind]
        assert {answer.status_code for answer in answers} == {503}
        assert all("nothing was written" in answer.json()["detail"] for answer in answers)
        # A write that no standby has is not visible.
        assert httpx.get(f"{service.url}/api/v1/actors/first").status_code == 404
        doctor = run("doctor", ALLYGRAPH_DATABASE_URL=primary.url)
        said = " ".join(doctor.err.split())
        assert "0 of 1 synchronous standbys are connected, and 1 commits wait" in said
        assert "remove it from synchronous_standby_names" in said
        bring_back(primary)
        again = create(service, token, "first", idempotency_key="one")
        assert (again.status_code, again.json()["slug"]) == (201, "first")
        assert create(service, token, "after").status_code == 201
        kept = primary.ask("SELECT slug FROM actor ORDER BY id")
        assert kept == [("before",), ("first",), ("after",)]


def test_metrics_show_that_a_standby_is_required_and_lost(primary: Node, token: str) -> None:
    lose_standby(primary)
    with serving(ALLYGRAPH_DATABASE_URL=primary.url) as service:
        end = time.monotonic() + 30
        text = ""
        while "standbys_required" not in text and time.monotonic() < end:
            text = httpx.get(f"{service.url}/metrics").text
    assert "\nallygraph_standbys_required 1.0" in text
    assert "\nallygraph_standbys_connected 0.0" in text


def test_a_service_whose_commit_waits_stops_on_a_signal(primary: Node, token: str) -> None:
    """By default, requests have 15 seconds, and then the writer has 5."""
    with serving(ALLYGRAPH_DATABASE_URL=primary.url, ALLYGRAPH_SECONDS="600") as service:
        lose_standby(primary)
        answers: list[int] = []

        def ask() -> None:
            try:
                answers.append(create(service, token, "stopped").status_code)
            except httpx.TransportError:
                answers.append(0)

        client = threading.Thread(target=ask)
        client.start()
        while not waiting(primary):
            time.sleep(0.01)
        service.process.send_signal(signal.SIGTERM)
        # Waits for 30 seconds, and raises TimeoutExpired.
        assert service.end().status == 0
        client.join()
    assert answers in ([0], [504], [500], [503])


def test_a_token_is_not_waited_for_without_end(primary: Node) -> None:
    lose_standby(primary)
    with (
        pytest.raises(UnconfirmedWrite),
        token_transaction(database_at(primary.url)) as table,
    ):
        create_token(table, NewToken("late", Role.READER))


@pytest.mark.parametrize(
    ("command", "again"),
    [("migrate", ""), ("seed", "rutte-2024: unchanged since the last load.")],
)
def test_a_command_is_not_waited_for_without_end(
    primary: Node, token: str, command: str, again: str
) -> None:
    settings = {"ALLYGRAPH_DATABASE_URL": primary.url, "ALLYGRAPH_SECONDS": "1"}
    # Leaves a migration to run.
    primary.ask("DROP TRIGGER IF EXISTS history_of_actor_insert ON actor")
    if command == "seed":
        run("migrate", **settings)
    lose_standby(primary)
    late = run(command, **settings)
    assert late.status == 1
    assert "did not confirm the commit within ALLYGRAPH_SECONDS=1, so it may" in late.err
    bring_back(primary)
    # The write was stored.
    done = run(command, **settings)
    assert (done.status, done.out.strip()) == (0, again)
