"""A value that a request gives once is bound once; long lists are limited."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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


@pytest.fixture
def queries(database: Database) -> Iterator[Queries]:
    engine = Engine(Settings(list_values=100), database)
    with asyncio.Runner() as runner:
        runner.run(engine.start())
        yield Queries(engine)
        runner.run(engine.close())


def request(uses: int, names: list[str]) -> GraphQLRequest:
    where = "{or: [" + NAMES * uses + "]}"
    document = f"query ($names: [String!]) {{ actors(where: {where}) {{ totalCount }} }}"
    return GraphQLRequest(document, values={"names": names})


def test_a_variable_is_bound_once_however_often_it_is_used(queries: Queries) -> None:
    query = asyncio.run(queries.plan(request(20, ["a", "b"])))
    ((_, values),) = query.prepared.bound({"names": ["a", "b"]})
    assert len(values) == 1


def test_a_list_counts_as_often_as_it_is_used(queries: Queries) -> None:
    async def answer(uses: int) -> Any:
        return await queries.answer(request(uses, ["a"] * 10), RequestContext())

    assert asyncio.run(answer(10)).body == b'{"data":{"actors":{"totalCount":0}}}'
    with pytest.raises(TooComplex, match=r"have 110 values.*the limit is 100"):
        asyncio.run(answer(11))


def test_a_plan_that_the_database_refuses_is_not_kept(
    queries: Queries, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = queries._engine

    async def refuse(*_: Any) -> Any:
        raise TooComplex("too many terms")

    async def ask() -> None:
        await queries.answer(request(1, ["a"]), RequestContext())

    planned = engine.counters.plan
    for _ in range(2):
        asyncio.run(ask())
    monkeypatch.setattr(engine, "answers_at_once", False)
    monkeypatch.setattr(engine.executor, "run", refuse)
    before = sum(planned.buckets)
    with pytest.raises(TooComplex):
        asyncio.run(ask())
    with pytest.raises(TooComplex):
        asyncio.run(ask())
    assert sum(planned.buckets) == before + 1
