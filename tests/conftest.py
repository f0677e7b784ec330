"""Shared fixtures: a loaded database, both APIs of it, and a running server."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import httpx
import hypothesis
import pytest

from schema.migrations import upgrade
from seeds import bundled
from seeds.loader import load
from service.app import create_app
from service.documents.documents import GraphQLRequest
from service.documents.lifting import lift
from service.engine.engine import Engine
from service.engine.queries import Queries
from service.errors import AllyGraphError
from service.http.graphql.errors import error_response
from service.request.context import RequestContext
from service.settings import Settings
from tests import stores
from tests.runner.parts import is_in_part
from tests.stores import ON_POSTGRESQL, database_of, forget_below, keep_for_copies, url_of

ROOT = Path(__file__).parent.parent

# The machine may be busy, so examples have no deadline.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")

# The fixtures through which tests get a database.
_DATABASES = {"beginning", "dated", "empty", "library", "seeded", "stage"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselects tests of the other database, and on PostgreSQL tests that use no database."""
    other = "sqlite" if ON_POSTGRESQL else "postgresql"
    left_out = {
        item
        for item in items
        if item.get_closest_marker(other)
        or (ON_POSTGRESQL and not _has_database(item))
        or not is_in_part(item)
    }
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


def _has_database(item: pytest.Item) -> bool:
    """Whether a test is marked for a database, or it or its module creates one."""
    if item.get_closest_marker("postgresql") or _DATABASES & set(getattr(item, "fixturenames", ())):
        return True
    known = vars(getattr(item, "module", None) or object).values()
    return any(
        each is make_database or getattr(each, "__module__", "") == stores.__name__
        for each in known
    )


@pytest.fixture(autouse=True)
def databases_of_the_test_go(request: pytest.FixtureRequest) -> Iterator[None]:
    """Removes the databases in the test's folder, because a server has not room for all."""
    yield
    # None if the run was interrupted.
    folder = (request.node.funcargs or {}).get("tmp_path")
    if folder:
        forget_below(folder)


class Ask(Protocol):
    """Runs a GraphQL query on a database. `exit` is "text" or "tree"."""

    def __call__(
        self,
        path: Path,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
        exit: str = "text",
    ) -> Any: ...


def in_order(answer: bytes) -> Any:
    """Parses JSON into dicts that keep the order of keys. Fails on a repeated key."""
    return json.loads(answer, object_pairs_hook=_object)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    assert len(found) == len(pairs), f"A key comes twice among {[key for key, _ in pairs]}."
    return found


def make_database(path: Path) -> Path:
    """An empty database, migrated."""
    engine = database_of(path).engine()
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    """The event loop of all requests within this process."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="session")
def ask(runner: asyncio.Runner) -> Iterator[Ask]:
    """Runs queries in this process. An error is returned as the response that a client gets."""
    engines: list[Engine] = []

    @cache
    def queries_of(path: Path) -> Queries:
        # Random documents may be large: the limits are tested elsewhere.
        limits = Settings(
            node_budget=10**9,
            complexity=10**6,
            aliases=10**6,
            fields=10**6,
            depth=100,
            seconds=600,
        )
        engines.append(Engine(limits, database_of(path)))
        return Queries(engines[-1])

    def answer(
        path: Path,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
        exit: str = "text",
    ) -> Any:
        queries = queries_of(path)
        by = {"text": queries.answer, "tree": queries.answer_by_tree}[exit]
        try:
            request = GraphQLRequest(document, operation_name, variables or {})
            found = runner.run(by(request, RequestContext()))
            # The second request may use the cached statements, with the same result.
            assert exit == "tree" or queries.answer_at_once(request) in (None, found)
            if exit == "text":
                _check_lifted(queries, request, found.body)
            return in_order(found.body)
        except AllyGraphError as error:
            return in_order(error_response(error))

    def _check_lifted(queries: Queries, request: GraphQLRequest, body: bytes) -> None:
        """Checks that more texts of the template, with lifted literals, have the same result."""
        lifted = lift(request.document)
        if lifted and lifted.literals:
            for space in (" ", "\n"):
                other = request._replace(document=request.document + space)
                assert runner.run(queries.answer(other, RequestContext())).body == body

    yield answer
    for engine in engines:
        runner.run(engine.close())


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without data."""
    path = make_database(tmp_path_factory.mktemp("empty") / "allygraph.db")
    keep_for_copies(path)
    return path


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the bundled data sets."""
    path = make_database(tmp_path_factory.mktemp("seeded") / "allygraph.db")
    engine = database_of(path).engine()
    for folder in bundled():
        load(engine, folder)
    engine.dispose()
    keep_for_copies(path)
    return path


Get = Callable[..., httpx.Response]


@pytest.fixture(scope="session")
def send(seeded: Path, runner: asyncio.Runner) -> Iterator[Get]:
    """Sends a request to the whole application in this process: `send("GET", "/api/v1/actors")`."""
    app = create_app(Settings(database_url=url_of(seeded)))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    client = httpx.AsyncClient(transport=transport, base_url="http://allygraph.test")

    def request(method: str, path: str, **options: Any) -> httpx.Response:
        return runner.run(client.request(method, path, **options))

    yield request
    runner.run(client.aclose())
    runner.run(app.close())


@pytest.fixture(scope="session")
def server_url(seeded: Path) -> Iterator[str]:
    """The URL of a server in a separate process, which is stopped at the end."""
    command = [sys.executable, "-m", "service.cli", "serve", "--port", "0"]
    environment = os.environ | {"ALLYGRAPH_DATABASE_URL": url_of(seeded)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        found = re.search(r"http://\S+", process.stdout.readline())
        try:
            assert found, "The server did not say where it is."
            _wait_until_ready(found[0])
            yield found[0]
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_until_ready(url: str) -> None:
    transport = httpx.HTTPTransport(retries=20)
    with httpx.Client(transport=transport, base_url=url, timeout=30) as client:
        client.get("/readyz").raise_for_status()
