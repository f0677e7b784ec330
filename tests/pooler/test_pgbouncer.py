"""The service behind PgBouncer in both of its modes, with the documented settings.

`.ci/run` installs Debian's package `pgbouncer`.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from service.database.postgresql.database import PostgreSQLDatabase
from service.database.postgresql.server import Server
from service.errors import TimedOut
from service.settings import Settings
from tests.commands import Serving, run, serving
from tests.failover.pair import Node, primary_alone
from tests.failover.service import prepared
from tests.subscriptions.services import wait_until

from .bouncer import bouncer

ACTOR = '{ actor(by: {slug: "%s"}) { name supportsGiven { totalCount nodes { kind } } } }'
MODES = ("session", "transaction")
# More concurrent requests than PgBouncer has connections to the server.
REQUESTS, AT_ONCE, POOL = 240, 24, 12


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with primary_alone() as node:
        yield node


@pytest.fixture(scope="module")
def token(node: Node) -> str:
    secret = prepared(node)
    assert run("seed", ALLYGRAPH_DATABASE_URL=node.url).status == 0
    return secret


def settings_for(url: str, mode: str, node: Node) -> dict[str, str]:
    """Returns the settings of `docs/operations.md`."""
    settings = {"ALLYGRAPH_DATABASE_URL": f"{url}?pooler={mode}"}
    if mode == "transaction":
        settings["ALLYGRAPH_LISTEN_URL"] = node.url
    return settings


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url(node: Node, token: str, mode: str) -> Iterator[str]:
    with bouncer(node, mode, size=POOL if mode == "transaction" else 60) as url:
        yield url


def ask(service: Serving, token: str, number: int) -> int:
    """Sends one of several kinds of requests, with or without values."""
    headers = {"authorization": f"Bearer {token}"}
    slug = ("russia", "iran", "china", "belarus")[number % 4]
    with httpx.Client(base_url=service.url, timeout=60, headers=headers) as client:
        match number % 6:
            case 0:
                content = {"slug": f"new-{number}", "name": f"New {number}", "kind": "STATE"}
                status = client.post("/api/v1/actors", json=content).status_code
                return 200 if status == 201 else status
            case 1:
                return client.get(f"/api/v1/supports?recipient.slug={slug}").status_code
            case 2:
                return client.get(f"/api/v1/actors/{slug}?asOf=1").status_code
            case 3:
                # Two statements, in one transaction.
                fields = f"{{ {ACTOR[1:-1] % slug} supports {{ totalCount }} }}"
                answer = client.post("/graphql", json={"query": fields})
                return 500 if "errors" in answer.json() else answer.status_code
            case _:
                answer = client.post("/graphql", json={"query": ACTOR % slug})
                return 500 if "errors" in answer.json() else answer.status_code


def test_reads_and_writes_are_answered(node: Node, url: str, mode: str, token: str) -> None:
    before = node.ask("SELECT count(*) FROM actor")[0][0]
    with (
        serving(**settings_for(url, mode, node), ALLYGRAPH_CACHE_BYTES="0") as service,
        ThreadPoolExecutor(AT_ONCE) as threads,
    ):
        numbers = range(REQUESTS)
        statuses = Counter(threads.map(lambda number: ask(service, token, number), numbers))
        assert httpx.get(f"{service.url}/readyz").status_code == 200
        service.process.terminate()
        said = service.end()
    assert (statuses, said.err.count("fault")) == ({200: REQUESTS}, 0)
    written = REQUESTS // 6
    assert node.ask("SELECT count(*) FROM actor")[0][0] == int(str(before)) + written
    node.ask("DELETE FROM actor WHERE slug LIKE 'new-%'")


def test_commands_work_through_it_and_the_doctor_is_content(
    node: Node, url: str, mode: str
) -> None:
    settings = settings_for(url, mode, node)
    assert run("migrate", "--check", **settings).status == 0
    assert "unchanged" in run("seed", **settings).out
    doctor = run("doctor", **settings)
    bad = [line for line in doctor.err.splitlines() if line.startswith("bad")]
    # A test server does not survive power loss.
    assert [line for line in bad if "fsync is off" not in line] == []
    assert f"a pooler of {mode}s is in front" in doctor.out


def test_a_write_of_another_process_is_noticed(node: Node, url: str, mode: str, token: str) -> None:
    settings = settings_for(url, mode, node)
    with serving(**settings) as one, serving(**settings) as other:
        assert ask_name(other, "iran") != "Persia"
        headers = {"authorization": f"Bearer {token}"}
        changed = httpx.patch(
            f"{one.url}/api/v1/actors/iran", json={"name": "Persia"}, headers=headers
        )
        assert changed.status_code == 200
        # A cached response may be sent until the notification arrives.
        wait_until(lambda: ask_name(other, "iran") == "Persia")
        httpx.patch(f"{one.url}/api/v1/actors/iran", json={"name": "Iran"}, headers=headers)


def ask_name(service: Serving, slug: str) -> object:
    return httpx.get(f"{service.url}/api/v1/actors/{slug}?fields=name").json()["name"]


def test_limits_of_a_query_hold(url: str, mode: str, node: Node) -> None:
    async def look() -> tuple[bytes, ...]:
        server = Server(PostgreSQLDatabase(f"{url}?pooler={mode}"), Settings(seconds=1.5))
        shown = "SELECT current_setting('{}')"
        names = ("statement_timeout", "transaction_read_only", "jit")
        try:
            rows = [await server.ask([(shown.format(name), ())]) for name in names]
            both = await server.ask([(shown.format(name), ()) for name in names])
            assert [row for (row,) in rows] == both
            with pytest.raises(TimedOut):
                await server.ask([("SELECT pg_sleep(30)", ())])
            return tuple(row[0] for row in both)
        finally:
            await server.close()

    assert asyncio.run(look()) == (b"1500ms", b"on", b"off")


# --- missing settings are reported at the start
# ----------------------------------------------------


def refused(command: str = "serve", **settings: str) -> str:
    ended = run(command, **settings)
    assert ended.status == 1
    return " ".join((ended.err + ended.out).split())


@pytest.mark.parametrize("command", ["serve", "migrate", "doctor"])
def test_a_pooler_that_the_url_does_not_name_is_found(url: str, command: str) -> None:
    said = refused(command, ALLYGRAPH_DATABASE_URL=url)
    assert "refuses the settings of a session: add pooler=session or pooler=transaction" in said


def test_a_pooler_that_drops_settings_is_found(node: Node, token: str) -> None:
    ignored = "ignore_startup_parameters = options,statement_timeout,jit"
    with bouncer(node, "session", ignored) as url:
        said = refused(ALLYGRAPH_DATABASE_URL=url)
    assert "drops the settings of a session" in said


def test_the_wrong_mode_is_found(node: Node, token: str) -> None:
    with bouncer(node, "transaction") as url:
        said = refused(ALLYGRAPH_DATABASE_URL=f"{url}?pooler=session")
    assert "pools transactions, and not sessions: add pooler=transaction" in said


def test_a_missing_listen_url_is_found(node: Node, token: str) -> None:
    with bouncer(node, "transaction") as url:
        settings = {"ALLYGRAPH_DATABASE_URL": f"{url}?pooler=transaction"}
        assert "set ALLYGRAPH_LISTEN_URL" in refused(**settings)
        assert "set ALLYGRAPH_LISTEN_URL" in refused("doctor", **settings)
        for listen in (f"{url}?pooler=session", f"{url}?pooler=transaction"):
            said = refused(**settings, ALLYGRAPH_LISTEN_URL=listen)
            assert "no notification would arrive" in said


def test_a_mode_that_there_is_not_is_refused() -> None:
    said = refused(ALLYGRAPH_DATABASE_URL="postgresql://a@db.example.org/x?pooler=statement")
    assert "write pooler=session or pooler=transaction" in said


def test_backups_name_the_server_itself(node: Node, token: str) -> None:
    with bouncer(node, "transaction") as url:
        settings = settings_for(url, "transaction", node)
        ended = run("backup", "/tmp/never-written", **settings)
    assert ended.status == 1
    assert "do not work through a pooler of transactions" in " ".join(ended.err.split())
