"""A value that a request contains once is bound once; long lists are limited."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from service.database import Database, database_at
from service.documents.documents import GraphQLRequest
from service.engine.engine import Engine
from service.engine.queries import Queries
from service.errors import TooComplex
from service.request.context import RequestContext
from service.settings import Settings
from tests.conftest import make_database
from tests.stores import url_of

NAMES = "{name: {in: $names}} "


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return database_at(url_of(make_database(tmp_path / "empty.db")))


class Asking(NamedTuple):
    """Queries with a limit of 100 values in lists, and the event loop that runs them."""

    queries: Queries
    engine: Engine
    runner: asyncio.Runner

    def answer(self, uses: int, names: list[str]) -> bytes:
        asked = self.queries.answer(request(uses, names), RequestContext())
        return self.runner.run(asked).body


@pytest.fixture
def asking(database: Database) -> Iterator[Asking]:
    engine = Engine(Settings(list_values=100), database)
    with asyncio.Runner() as runner:
        runner.run(engine.start())
        yield Asking(Queries(engine), engine, runner)
        runner.run(engine.close())


def request(uses: int, names: list[str]) -> GraphQLRequest:
    where = "{or: [" + NAMES * uses + "]}"
    document = f"query ($names: [String!]) {{ actors(where: {where}) {{ totalCount }} }}"
    return GraphQLRequest(document, values={"names": names})


def test_a_variable_is_bound_once_however_often_it_is_used(asking: Asking) -> None:
    query = asking.runner.run(asking.queries.plan(request(20, ["a", "b"])))
    ((_, values),) = query.prepared.bound({"names": ["a", "b"]})
    assert len(values) == 1


def test_a_list_counts_as_often_as_it_is_used(asking: Asking) -> None:
    assert asking.answer(10, ["a"] * 10) == b'{"data":{"actors":{"totalCount":0}}}'
    with pytest.raises(TooComplex, match=r"have 110 values.*the limit is 100"):
        asking.answer(11, ["a"] * 10)


def test_a_plan_that_the_database_refuses_is_not_kept(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: Any) -> Any:
        raise TooComplex("too many terms")

    for _ in range(2):
        asking.answer(1, ["a"])
    planned = asking.engine.counters.plan
    monkeypatch.setattr(asking.engine, "answers_at_once", False)
    monkeypatch.setattr(asking.engine.executor, "run", refuse)
    before = sum(planned.buckets)
    for _ in range(2):
        with pytest.raises(TooComplex):
            asking.answer(1, ["a"])
    assert sum(planned.buckets) == before + 1
