"""Clients that close the connection while their query runs: the query ends with it."""

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from service.app import create_app
from service.database.executor import Prepared, Row
from service.database.postgresql.executor import PostgreSQLExecutor
from service.database.sqlite.executor import SQLiteExecutor
from service.plan import Variables
from service.settings import Settings
from tests.commands import serving
from tests.server.uvicorn_server import running
from tests.stores import copy_of, known_to_be_whole, rows, url_of

BODY = json.dumps({"query": '{ actor(by: {slug: "iran"}) { name } }'}).encode()
REQUESTS = {
    "GraphQL": b"POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
    b"content-length: %d\r\n\r\n" % len(BODY) + BODY,
    "REST": b"GET /api/v1/actors/iran HTTP/1.1\r\nhost: localhost\r\n\r\n",
}
WAITS_SECONDS = 20
WAITING_FOR_LOCKS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""

by_api = pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class EndlessQuery:
    """A query that does not end by itself."""

    def __init__(self) -> None:
        self.begun, self.cancelled = asyncio.Event(), asyncio.Event()

    async def run(self, prepared: Prepared, variables: Variables, at_least: int = 0) -> list[Row]:
        self.begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled.set()
            raise
        return []


@asynccontextmanager
async def asking(path: Path, request: bytes) -> AsyncIterator[asyncio.StreamWriter]:
    """A client that has sent a request over a connection of its own."""
    settings = Settings(database_url=url_of(path))
    with known_to_be_whole():
        app = create_app(settings)
    async with running(app.edge, settings) as server:
        _, client = await asyncio.open_connection(*server.address)
        client.write(request)
        yield client
        client.close()
    await app.close()


@pytest.mark.anyio
@by_api
async def test_the_query_of_a_client_that_leaves_is_cancelled(
    seeded: Path, request_: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = EndlessQuery()
    for executor in (SQLiteExecutor, PostgreSQLExecutor):
        monkeypatch.setattr(executor, "answers_at_once", False)
        monkeypatch.setattr(executor, "run", query.run)
    async with asyncio.timeout(WAITS_SECONDS), asking(seeded, request_) as client:
        await query.begun.wait()
        client.close()
        await query.cancelled.wait()


def wait_for(path: Path, waiting: int) -> None:
    end = time.monotonic() + WAITS_SECONDS
    while rows(path, WAITING_FOR_LOCKS) != [(waiting,)]:
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.postgresql
@by_api
def test_the_server_works_no_longer_for_a_client_that_has_left(
    seeded: Path, tmp_path: Path, request_: bytes
) -> None:
    path = copy_of(seeded, tmp_path)
    settings = {"ALLYGRAPH_DATABASE_URL": url_of(path), "ALLYGRAPH_SECONDS": "600"}
    with serving(**settings) as service, psycopg.connect(url_of(path)) as owner:
        address = urlsplit(service.url)
        with socket.create_connection((address.hostname, address.port)) as client:
            owner.execute("LOCK TABLE actor IN ACCESS EXCLUSIVE MODE")
            client.sendall(request_)
            wait_for(path, 1)
        wait_for(path, 0)
        owner.rollback()
