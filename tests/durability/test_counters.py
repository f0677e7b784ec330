"""Many clients increment counters through two workers: no update is lost, and none fails.

A client reads a counter, and writes the next number unless the counter has changed since.
"""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from tests.commands import serving
from tests.conftest import make_database
from tests.durability.store import Store
from tests.durability.tokens import editor_token
from tests.stores import url_of

CLIENTS = 16
COUNTS_EACH = 10
COUNTERS = ("wheat", "steel", "fuel")
WORKERS = 2

READ = "query($slug: String!) { actor(by: {slug: $slug}) { id description } }"
WRITE = """mutation($id: ID!, $input: UpdateActorInput!, $seen: Int!) {
  updateActor(id: $id, input: $input, ifRevision: $seen) { revision { number } errors { code } }
}"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return make_database(tmp_path / "allygraph.db")


@pytest.fixture
def urls(database: Path) -> Iterator[list[str]]:
    """The addresses of servers that share the database."""
    with ExitStack() as stack:
        url = url_of(database)
        servers = [stack.enter_context(serving("--database-url", url)) for _ in range(WORKERS)]
        yield [server.url for server in servers]


class Client:
    """Increments counters, each time through a random server and API."""

    def __init__(self, name: str, token: str, urls: list[str]) -> None:
        self._http = httpx.Client(headers={"authorization": f"Bearer {token}"}, timeout=60)
        self._urls = urls
        self._dice = Random(name)

    def count(self) -> list[tuple[str, int]]:
        """Returns the counters that it has incremented, with the revisions of these writes."""
        with closing(self._http):
            slugs = [self._dice.choice(COUNTERS) for _ in range(COUNTS_EACH)]
            return [(slug, self._count_up(slug)) for slug in slugs]

    def _count_up(self, slug: str) -> int:
        revision = None
        while revision is None:
            door = self._dice.choice((self._by_graphql, self._by_rest))
            revision = door(slug)
        return revision

    def _by_graphql(self, slug: str) -> int | None:
        """Returns the revision; None if another client was faster."""
        read = self.ask("POST", "/graphql", json={"query": READ, "variables": {"slug": slug}})
        actor, seen = read.json()["data"]["actor"], int(read.headers["allygraph-revision"])
        given = {"description": str(int(actor["description"]) + 1)}
        variables = {"id": actor["id"], "input": given, "seen": seen}
        answer = self.ask("POST", "/graphql", json={"query": WRITE, "variables": variables})
        payload = answer.json()["data"]["updateActor"]
        assert payload["errors"] in ([], [{"code": "CONFLICT"}])
        return payload["revision"] and int(payload["revision"]["number"])

    def _by_rest(self, slug: str) -> int | None:
        path = f"/api/v1/actors/{slug}"
        read = self.ask("GET", path)
        given = {"description": str(int(read.json()["description"]) + 1)}
        answer = self.ask("PATCH", path, json=given, headers={"if-match": read.headers["etag"]})
        assert answer.status_code in (200, 412)
        return int(answer.headers["allygraph-revision"]) if answer.is_success else None

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        answer = self._http.request(method, self._dice.choice(self._urls) + path, **options)
        assert answer.status_code < 500, answer.text
        assert "locked" not in answer.text
        return answer


def test_no_update_is_lost_among_many_clients_and_two_workers(
    database: Path, urls: list[str]
) -> None:
    names = [f"client-{number}" for number in range(CLIENTS)]
    clients = [Client(name, editor_token(database, name), urls) for name in names]
    for slug in COUNTERS:
        given = {"slug": slug, "name": slug, "kind": "ORGANISATION", "description": "0"}
        assert clients[0].ask("POST", "/api/v1/actors", json=given).status_code == 201
    with ThreadPoolExecutor(CLIENTS) as threads:
        counted = [each for one in threads.map(Client.count, clients) for each in one]
    with Store(database).snapshot() as snapshot:
        rows, revisions = snapshot.rows(), snapshot.revisions(since=0)
    ups = Counter(slug for slug, _ in counted)
    assert {name.key: int(row["description"]) for name, row in rows.items()} == ups
    assert sorted(revision for _, revision in counted) == [
        number for number, *_ in revisions[len(COUNTERS) :]
    ]
    assert [number for number, *_ in revisions] == list(range(1, len(revisions) + 1))
