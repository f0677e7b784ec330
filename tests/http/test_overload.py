"""Beyond the capacity of a process, new clients are refused at once; the others continue."""

import asyncio
import json
import select
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import Connection

from service.auth.callers import Role
from service.auth.new_token import NewToken
from service.auth.tokens import create_token, token_transaction
from service.database import Database
from service.database.executor import Executor, Prepared, Row
from service.database.executors import open_executor
from service.plan import Variables
from service.settings import Settings
from tests.commands import serving
from tests.http.application import DOORS, Service, code_of, service
from tests.stores import copy_of, database_of, url_of
from tests.subscriptions.talking import talking


class Held:
    """An executor that returns nothing until it is released."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self.asked = asyncio.Semaphore(0)
        self.may_answer = asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._executor, name)

    def run_here(self, prepared: Prepared, variables: Variables) -> None:
        """No statement counts as fast."""

    async def run(
        self, prepared: Prepared, variables: Variables, at_least: int = 0
    ) -> Sequence[Row]:
        self.asked.release()
        await self.may_answer.wait()
        return await self._executor.run(prepared, variables, at_least)


class TestQuestions:
    """The number of queries that wait for the database."""

    MOST = 3

    @pytest.fixture
    def held(self, monkeypatch: pytest.MonkeyPatch) -> list[Held]:
        made: list[Held] = []

        def opened(database: Database, settings: Settings, **how: bool) -> Held:
            made.append(Held(open_executor(database, settings, **how)))
            return made[0]

        monkeypatch.setattr("service.engine.engine.open_executor", opened)
        return made

    @pytest.fixture
    def busy(self, held: list[Held], seeded: Path, runner: asyncio.Runner) -> Iterator[Service]:
        with service(seeded, runner, questions=self.MOST, cache_bytes=0) as running:
            yield running

    async def while_under_way(
        self, running: Service, held: Held, number: int, door: dict[str, Any]
    ) -> tuple[httpx.Response, list[httpx.Response]]:
        """Sends one more request while this many are in progress. Returns all responses."""
        under_way = [asyncio.create_task(running.asked(**door)) for _ in range(number)]
        for _ in under_way:
            await held.asked.acquire()
        one_more = asyncio.create_task(running.asked(**door))
        asked = asyncio.create_task(held.asked.acquire())
        # The request is refused, or runs too.
        await asyncio.wait({one_more, asked}, return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        held.may_answer.set()
        return await one_more, list(await asyncio.gather(*under_way))

    @pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
    def test_last_that_there_is_a_place_for_is_answered(
        self, busy: Service, held: list[Held], door: dict[str, Any]
    ) -> None:
        told = busy.runner.run(self.while_under_way(busy, held[0], self.MOST - 1, door))
        assert told[0].status_code == 200

    @pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
    def test_next_one_is_refused_at_once_and_the_others_are_answered(
        self, busy: Service, held: list[Held], door: dict[str, Any]
    ) -> None:
        refused, others = busy.runner.run(self.while_under_way(busy, held[0], self.MOST, door))
        assert (refused.status_code, code_of(refused)) == (503, "OVERLOADED")
        assert refused.headers["retry-after"] == "1"
        assert [answer.status_code for answer in others] == [200] * self.MOST
        assert busy.is_well()

    def test_health_checks_succeed_under_overload(self, busy: Service, held: list[Held]) -> None:
        door = {"method": "GET", "path": "/healthz"}

        async def ask() -> httpx.Response:
            under_way = [asyncio.create_task(busy.asked(**DOORS["REST"])) for _ in range(self.MOST)]
            for _ in under_way:
                await held[0].asked.acquire()
            answer = await busy.asked(**door)
            held[0].may_answer.set()
            await asyncio.gather(*under_way)
            return answer

        assert busy.runner.run(ask()).status_code == 200


@contextmanager
def writing(path: Path) -> Iterator[Connection]:
    """A connection of another process that holds the lock of writers until it rolls back."""
    database = database_of(path)
    engine = database.writer_engine(5)
    with engine.connect() as connection:
        connection.begin()
        database.begin_write(connection, 5)
        yield connection
    engine.dispose()


class TestWrites:
    """The writes wait for each other."""

    async def all_at_once(
        self, running: Service, secret: str, slugs: Sequence[str], other: Connection
    ) -> list[httpx.Response]:
        """Returns the responses of writes that wait for another process until one is refused."""
        shown = {"authorization": f"Bearer {secret}"}
        writes = [
            asyncio.create_task(
                running.asked(
                    "POST",
                    "/api/v1/actors",
                    json={"slug": slug, "name": slug, "kind": "STATE"},
                    headers=shown,
                )
            )
            for slug in slugs
        ]
        await asyncio.wait(writes, return_when=asyncio.FIRST_COMPLETED)
        other.rollback()
        return list(await asyncio.gather(*writes))

    def test_one_too_many_is_refused_and_nothing_of_it_is_kept(
        self, seeded: Path, tmp_path: Path, runner: asyncio.Runner
    ) -> None:
        path, slugs = copy_of(seeded, tmp_path), ("one", "two", "three")
        with token_transaction(database_of(path)) as connection:
            secret = create_token(connection, NewToken("ada", Role.EDITOR)).secret
        with service(path, runner, waiting_writes=2) as running, writing(path) as other:
            answers = runner.run(self.all_at_once(running, secret, slugs, other))
            kept = [running.send("GET", f"/api/v1/actors/{slug}").status_code for slug in slugs]
        statuses = [answer.status_code for answer in answers]
        assert sorted(statuses) == [201, 201, 503]
        assert kept == [{201: 200, 503: 404}[status] for status in statuses]
        assert code_of(answers[statuses.index(503)]) == "OVERLOADED"


ARRIVAL = {"ALLYGRAPH_ARRIVAL_SECONDS": "0.4"}
HEAD = (
    b"POST %b HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
)
ADDRESSES = {"GraphQL": b"/graphql", "REST": b"/api/v1/actors"}
LIVES = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"


@contextmanager
def connection(url: str) -> Iterator[socket.socket]:
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as connected:
        yield connected


def all_of(client: socket.socket) -> bytes:
    """Returns all bytes until the other side closes."""
    received = b""
    while piece := client.recv(65_536):
        received += piece
    return received


def is_answered(client: socket.socket) -> bool:
    """Whether a request on an open connection succeeds."""
    client.sendall(LIVES)
    answer = b""
    while not answer.endswith(b'{"status":"ok"}') and (piece := client.recv(10_000)):
        answer += piece
    return answer.startswith(b"HTTP/1.1 200 ")


def told_in(answer: bytes) -> tuple[bytes, str]:
    """Returns the status and the code of an error."""
    head, _, body = answer.partition(b"\r\n\r\n")
    content = json.loads(body)
    code: str = content["errors"][0]["extensions"]["code"] if "errors" in content else ""
    return head.split()[1], code or content["code"]


@pytest.fixture(scope="module")
def store(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of(seeded, tmp_path_factory.mktemp("slow"))


@pytest.fixture(scope="module")
def head(store: Path) -> bytes:
    """Returns the beginning of an editor's POST."""
    with token_transaction(database_of(store)) as connection:
        secret = create_token(connection, NewToken("ada", Role.EDITOR)).secret
    return HEAD.replace(b"Host: a", b"Host: a\r\nAuthorization: Bearer " + secret.encode())


@pytest.fixture(scope="module")
def slow_url(store: Path) -> Iterator[str]:
    with serving("--database-url", url_of(store), **ARRIVAL) as server:
        yield server.url
        assert httpx.get(f"{server.url}/healthz").json() == {"status": "ok"}


class TestSlowClients:
    """Each slow client gets an error or is disconnected, and delays no other."""

    @pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
    def test_half_a_body_is_waited_for_so_long(
        self, slow_url: str, head: bytes, address: bytes
    ) -> None:
        with connection(slow_url) as client:
            client.sendall(head % (address, 100) + b'{"query": "')
            assert told_in(all_of(client)) == (b"408", "REQUEST_TIMEOUT")

    def test_half_a_head_is_waited_for_so_long(self, slow_url: str) -> None:
        with connection(slow_url) as client:
            client.sendall(b"GET /graphql HTTP/1.1\r\nHost: ")
            assert told_in(all_of(client)) == (b"408", "REQUEST_TIMEOUT")

    def test_a_silent_client_is_disconnected_without_a_response(self, slow_url: str) -> None:
        with connection(slow_url) as client:
            assert all_of(client) == b""

    def test_a_client_that_sends_single_bytes_has_no_more_time(self, slow_url: str) -> None:
        with connection(slow_url) as client:
            client.settimeout(0.05)
            answer = b""
            for _ in range(400):
                try:
                    client.sendall(b"G" if not answer else b"")
                    answer = client.recv(10_000)
                    break
                except TimeoutError:
                    continue
            assert answer.startswith((b"HTTP/1.1 408 ", b"HTTP/1.1 400 "))

    def test_subscriptions_have_all_the_time_there_is(self, slow_url: str) -> None:
        with talking(slow_url) as quiet, connection(slow_url) as client:
            quiet.begin()
            # By the time the other client is disconnected, the socket would have been too.
            all_of(client)
            quiet.say("ping")
            assert quiet.hear() == {"type": "pong"}


@pytest.fixture(scope="module")
def greedy_database(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of(seeded, tmp_path_factory.mktemp("greedy"))


@pytest.fixture(scope="module")
def greedy_url(greedy_database: Path) -> Iterator[str]:
    settings = {"ALLYGRAPH_CONNECTIONS": "4", "ALLYGRAPH_ARRIVING_BYTES": "500000"}
    with serving("--database-url", url_of(greedy_database), **settings) as server:
        yield server.url
        assert httpx.get(f"{server.url}/healthz").json() == {"status": "ok"}


class TestGreedyClients:
    """The memory of one process is limited, independent of the clients and their bodies."""

    def test_connection_beyond_the_limit_gets_an_error(self, greedy_url: str) -> None:
        with (
            connection(greedy_url) as a,
            connection(greedy_url) as b,
            connection(greedy_url) as c,
            connection(greedy_url) as d,
        ):
            for client in (a, b, c, d):
                assert is_answered(client)
            with connection(greedy_url) as one_more:
                one_more.sendall(LIVES)
                answer = all_of(one_more)
            assert told_in(answer) == (b"503", "OVERLOADED")
            assert b"\r\nretry-after: 1\r\n" in answer
            assert is_answered(a)

    def test_bodies_that_are_not_whole_are_held_up_to_so_many_bytes(self, greedy_url: str) -> None:
        with connection(greedy_url) as first, connection(greedy_url) as second:
            # A client that got `100 Continue` has been counted.
            for client in (first, second):
                client.sendall(HEAD % (b"/graphql", 900_000) + b" " * 200_000)
            second.sendall(b" " * 200_000)
            assert told_in(_first_of(first, second)) == (b"503", "OVERLOADED")
            small = httpx.post(f"{greedy_url}/graphql", json={"query": "{ __typename }"})
            assert small.json() == {"data": {"__typename": "Query"}}

    def test_body_of_a_bulk_request_is_held_in_a_file(
        self, greedy_url: str, greedy_database: Path
    ) -> None:
        with token_transaction(database_of(greedy_database)) as writing:
            token = create_token(writing, NewToken("many", Role.EDITOR)).secret
        line = b'{"update": "actor", "by": "iran", "name": "Iran"' + b" " * 9_950 + b"}\n"

        def lines() -> Iterator[bytes]:
            yield from [line] * 300

        answer = httpx.post(
            f"{greedy_url}/api/v1/bulk?dryRun=true",
            content=lines(),
            headers={"authorization": f"Bearer {token}", "content-type": "application/x-ndjson"},
            timeout=60,
        )
        assert answer.status_code == 200, answer.text
        assert len(answer.text.splitlines()) == 301

    def test_head_without_an_end_is_refused(self, greedy_url: str) -> None:
        with connection(greedy_url) as client:
            try:
                for _ in range(200):
                    client.sendall(b"GET / HTTP/1.1\r\nA: " + b"a" * 65_536)
            except OSError:
                pass
            try:
                answer = all_of(client)
            except ConnectionResetError:
                return
            assert told_in(answer) == (b"431", "HEADERS_TOO_LARGE")

    def test_long_head_is_read_below_the_limit(self, greedy_url: str) -> None:
        answer = httpx.get(f"{greedy_url}/healthz", headers={"a": "a" * 60_000})
        assert answer.status_code == 200

    @pytest.mark.parametrize(("number", "answered"), [(101, True), (2_000, False)])
    def test_requests_sent_at_once_are_answered_up_to_a_number(
        self, greedy_url: str, number: int, answered: bool
    ) -> None:
        with connection(greedy_url) as client:
            client.sendall(
                LIVES * (number - 1) + LIVES.replace(b"Host", b"Connection: close\r\nHost")
            )
            try:
                answers = all_of(client).count(b"HTTP/1.1 200 ")
            except ConnectionResetError:
                answers = 0
        assert (answers == number) is answered


def _first_of(*clients: socket.socket) -> bytes:
    """Returns the first response to one of them."""
    ready, _, _ = select.select(clients, [], [], 20)
    answer: bytes = ready[0].recv(10_000)
    return answer
