"""SQLite and PostgreSQL return the same values, cursors and keys, in the same order.

Each is compared with the oracle elsewhere. Here they are compared with each other, on random
queries and on those of `tests/queries`. `ALLYGRAPH_ORACLE_EXAMPLES` is as in `test_oracle.py`.
"""

import asyncio
import json
import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from schema.migrations import upgrade
from seeds import bundled
from seeds.loader import load
from service.database import Database, database_at
from service.documents.documents import GraphQLRequest as Asked
from service.engine.engine import Engine
from service.engine.queries import Queries
from service.errors import AllyGraphError
from service.http.graphql.errors import error_response
from service.request.context import RequestContext
from service.settings import Settings
from tests.conftest import in_order
from tests.oracle.agreement import as_text
from tests.oracle.data_sets.storage import store
from tests.oracle.data_sets.worlds import invented
from tests.oracle.generator.documents import Question, questions
from tests.postgresql import create_database, drop_database
from tests.runner.parts import examples

pytestmark = pytest.mark.postgresql

EXAMPLES = os.environ.get("ALLYGRAPH_ORACLE_EXAMPLES")
WORLDS = range(6)
CASES = st.sampled_from(WORLDS).flatmap(lambda seed: st.tuples(st.just(seed), questions(seed)))
QUERIES = Path(__file__).parents[1] / "queries"
# Other tests cover the limits on the size of queries.
LIMITS = Settings(node_budget=10**9, aliases=10**6, fields=10**6, depth=100, seconds=60)


class Pair:
    """The same data in a database of each kind."""

    def __init__(self, urls: tuple[str, str], runner: asyncio.Runner) -> None:
        self.databases: tuple[Database, ...] = tuple(database_at(url) for url in urls)
        self._runner = runner
        self._engines: list[Engine] = []

    @cached_property
    def _askers(self) -> list[Queries]:
        self._engines = [Engine(LIMITS, each) for each in self.databases]
        return [Queries(engine) for engine in self._engines]

    def answers(self, question: Asked) -> list[str]:
        """Returns the results of SQLite and PostgreSQL. An error is the response of a client."""
        return [as_text(in_order(self._answer(asker, question))) for asker in self._askers]

    def _answer(self, queries: Queries, question: Asked) -> bytes:
        try:
            return self._runner.run(queries.answer(question, RequestContext())).body
        except AllyGraphError as error:
            return error_response(error)

    def close(self) -> None:
        for engine in self._engines:
            self._runner.run(engine.close())


class Pairs:
    """The databases of the data sets, each written on first use."""

    def __init__(self, folder: Path, runner: asyncio.Runner) -> None:
        self._folder = folder
        self._runner = runner
        self._pairs: dict[object, Pair] = {}
        self._urls: list[str] = []

    def world(self, seed: int) -> Pair:
        """A generated data set with its history."""
        if seed not in self._pairs:
            for database in self._begin(seed).databases:
                engine = database.engine()
                store(invented(seed), engine)
                engine.dispose()
        return self._pairs[seed]

    def bundled(self) -> Pair:
        """The bundled data sets."""
        for database in self._begin("bundled").databases:
            engine = database.engine()
            upgrade(engine)
            for folder in bundled():
                load(engine, folder)
            engine.dispose()
        return self._pairs["bundled"]

    def _begin(self, name: object) -> Pair:
        self._urls.append(create_database())
        urls = f"sqlite:///{self._folder / f'{name}.db'}", self._urls[-1]
        self._pairs[name] = Pair(urls, self._runner)
        return self._pairs[name]

    def close(self) -> None:
        for pair in self._pairs.values():
            pair.close()
        for url in self._urls:
            drop_database(url)


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory, runner: asyncio.Runner) -> Iterator[Pairs]:
    pairs = Pairs(tmp_path_factory.mktemp("pairs"), runner)
    yield pairs
    pairs.close()


@pytest.fixture(scope="module")
def bundled_pair(pairs: Pairs) -> Pair:
    return pairs.bundled()


@pytest.mark.sampled
@given(case=CASES)
@settings(
    max_examples=int(EXAMPLES or examples(30, 100)),
    derandomize=EXAMPLES is None,
    database=None,
    print_blob=True,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
def test_both_answer_random_questions_alike(pairs: Pairs, case: tuple[int, Question]) -> None:
    seed, question = case
    for variables in question.variables:
        note(f"world {seed}, operation {question.operation_name}, variables {variables}")
        note(question.document)
        asked = Asked(question.document, question.operation_name, variables)
        on_sqlite, on_postgresql = pairs.world(seed).answers(asked)
        assert on_postgresql == on_sqlite


@pytest.mark.parametrize("name", sorted(path.stem for path in QUERIES.glob("*.graphql")))
def test_both_answer_the_documents_alike(bundled_pair: Pair, name: str) -> None:
    variables = QUERIES / f"{name}.variables.json"
    given: dict[str, Any] = json.loads(variables.read_text()) if variables.exists() else {}
    document = (QUERIES / f"{name}.graphql").read_text()
    on_sqlite, on_postgresql = bundled_pair.answers(Asked(document, values=given))
    assert on_postgresql == on_sqlite
