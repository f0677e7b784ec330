"""Each document of this folder beside its SQL and its answer from the bundled data.

NAME.graphql       the document; NAME.variables.json its variables, if it has any
NAME.sqlite.sql    its statements, one a root field; NAME.postgresql.sql the same on PostgreSQL
NAME.json          its answer, whichever database gives it

`pytest tests/queries --renew` writes SQL and answers again: read the difference before you commit.
"""

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from schema.records.revision import next_revision
from service.documents.documents import GraphQLRequest
from service.engine.engine import Engine
from service.engine.queries import PreparedQuery, Queries
from service.errors import BadInput
from service.request.context import RequestContext
from service.settings import Settings
from service.sql.dialect import Dialect
from service.sql.postgresql import PostgreSQL
from service.sql.sqlite import SQLite
from tests.conftest import make_database
from tests.stores import database_of
from tests.tracing import traced_statements

HERE = Path(__file__).parent
DOCUMENTS = sorted(path.stem for path in HERE.glob("*.graphql"))
DIALECTS: Mapping[str, Dialect] = {"sqlite": SQLite(), "postgresql": PostgreSQL()}


class Asked:
    """Questions to one database, and the statements that reached it."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.statements = traced_statements(monkeypatch)
        self._engine = Engine(Settings(seconds=60), database_of(path))
        self.queries = Queries(self._engine)

    def answer(self, runner: asyncio.Runner, name: str) -> Any:
        self.statements.clear()
        return json.loads(runner.run(self.queries.answer(question(name), RequestContext())).body)

    def close(self, runner: asyncio.Runner) -> None:
        runner.run(self._engine.close())


@pytest.fixture(scope="module")
def without_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a revision to ask about, but nothing in it."""
    path = make_database(tmp_path_factory.mktemp("without") / "allygraph.db")
    engine = database_of(path).engine()
    with engine.begin() as connection:
        next_revision(connection, "test", None)
    engine.dispose()
    return path


@pytest.fixture
def asked(seeded: Path, monkeypatch: pytest.MonkeyPatch, runner: asyncio.Runner) -> Iterator[Asked]:
    asked = Asked(seeded, monkeypatch)
    yield asked
    asked.close(runner)


def question(name: str) -> GraphQLRequest:
    variables = HERE / f"{name}.variables.json"
    given = json.loads(variables.read_text()) if variables.exists() else {}
    return GraphQLRequest((HERE / f"{name}.graphql").read_text(), values=given)


def planned(asked: Asked, name: str) -> PreparedQuery:
    return asyncio.run(asked.queries.plan(question(name)))


def sql_of(query: PreparedQuery) -> str:
    """Each statement with the values that stand fixed in it; null where a request gives one."""
    return "\n".join(
        f"{statement.sql}\n-- {json.dumps(statement.values)}\n"
        for statement in query.prepared.statements
    )


@pytest.mark.parametrize("database", DIALECTS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_compiles_to_its_sql(
    asked: Asked, name: str, database: str, pytestconfig: pytest.Config
) -> None:
    query = PreparedQuery(DIALECTS[database], planned(asked, name).plan)
    found, kept = sql_of(query), HERE / f"{name}.{database}.sql"
    if pytestconfig.getoption("--renew"):
        kept.write_text(found)
    assert found == kept.read_text()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_has_its_answer(
    asked: Asked, name: str, pytestconfig: pytest.Config, runner: asyncio.Runner
) -> None:
    found, kept = asked.answer(runner, name), HERE / f"{name}.json"
    if pytestconfig.getoption("--renew"):
        kept.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    # As texts, for the order of the keys counts.
    assert json.dumps(found) == json.dumps(json.loads(kept.read_text()))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_root_field_is_one_statement_whatever_the_number_of_rows(
    asked: Asked,
    name: str,
    runner: asyncio.Runner,
    without_records: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    roots = len(planned(asked, name).prepared.statements)
    asked.answer(runner, name)
    assert len(asked.statements) == roots
    without_rows = Asked(without_records, monkeypatch)
    # A panel names data sets, which are missing here: its statement says so itself.
    with suppress(BadInput):
        without_rows.answer(runner, name)
    assert len(without_rows.statements) == roots
    without_rows.close(runner)
