"""The peers on PostgreSQL return the same results, without which no comparison is fair."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bench import agreement, servers, workloads
from bench.comparisons import questions
from bench.comparisons.reads import PeerComparison
from bench.databases import Database, postgresql, sqlite
from bench.databases.postgresql import PostgreSQLDatabase
from bench.databases.postgresql_server import Server
from bench.generated import changes, copies
from bench.generated.rows import Sizes
from bench.servers import (
    HANDWRITTEN_POSTGRESQL,
    MERCURIUS,
    POSTGRAPHILE,
    QUESTIONS_POSTGRESQL,
    UNCACHED,
    Service,
)
from bench.workloads import Workload
from schema.vocabulary import SUPPORT_KINDS
from tests.postgresql import server_url

pytestmark = pytest.mark.postgresql

SMALL = Sizes(actors=20, sources=10, supports=2_000, statements=400)
QUESTIONS = (
    *(questions.TOTALS, questions.NETWORK, questions.PANEL),
    *(questions.PATHS, questions.SEARCH),
)


@pytest.fixture(scope="module")
def database() -> Iterator[PostgreSQLDatabase]:
    """A small generated database, to which no connection stays open."""
    name = "bench_small"
    server = Server(server_url())
    server.drop(name)
    yield postgresql.build(server, name, SMALL)
    server.drop(name)


@pytest.mark.parametrize("workload_of", [workloads.page, workloads.lookup])
@pytest.mark.parametrize("peer", [HANDWRITTEN_POSTGRESQL, MERCURIUS, POSTGRAPHILE])
def test_the_peers_answer_alike(
    database: PostgreSQLDatabase, peer: Service, workload_of: Callable[[Database], Workload]
) -> None:
    with database.copied() as copy, ExitStack() as stack:
        asked = {}
        for service in (UNCACHED, peer):
            server = stack.enter_context(servers.running(service, copy))
            asked[service.name] = service.adapter.wrap(server.send)
        agreement.check(workload_of(copy), UNCACHED.name, asked)


@pytest.mark.parametrize("question", QUESTIONS)
def test_hand_written_questions_are_answered_alike(
    database: PostgreSQLDatabase, question: PeerComparison
) -> None:
    with database.copied() as copy, ExitStack() as stack:
        asked = {}
        for service in (UNCACHED, QUESTIONS_POSTGRESQL):
            server = stack.enter_context(servers.running(service, copy))
            asked[service.name] = server.send
        agreement.check(question.workload(copy), UNCACHED.name, asked)


def test_a_page_is_full_and_each_kind_is_asked_for(database: PostgreSQLDatabase) -> None:
    kinds = [body["kind"] for body in workloads.page(database).variables]
    assert sorted(kinds) == sorted(SUPPORT_KINDS.codes)
    assert database.column("SELECT count(*) FROM support WHERE kind = 'FUNDING'")[0] > 50


def test_both_writers_answer_alike_and_leave_the_same_rows(database: PostgreSQLDatabase) -> None:
    workload = workloads.writes(database)
    with ExitStack() as stack:
        asked, rows = {}, []
        for service in (servers.ALLYGRAPH, servers.WRITING_POSTGRESQL):
            copy = stack.enter_context(copies.copied(database))
            server = stack.enter_context(servers.running(service, copy.database))
            asked[service.name] = asking(server, copy.token)
            rows.append(copy)
        agreement.check(workload, servers.ALLYGRAPH.name, asked)
        ours, theirs = (rows_of(copy.database) for copy in rows)
        assert ours == theirs
        assert rows[0].newest_revision() == changes.LAST + agreement.MAX_REQUESTS


def asking(server: servers.Server, token: str) -> agreement.Send:
    return lambda body: server.send(body, token)


def test_the_data_is_the_same_as_in_sqlite(database: PostgreSQLDatabase, tmp_path: Path) -> None:
    other = sqlite.build(tmp_path / "small.db", SMALL)
    for statement in (
        "SELECT slug FROM actor ORDER BY id",
        "SELECT kind || phase || coalesce(place, '-') FROM support ORDER BY id",
        "SELECT text || credibility FROM statement ORDER BY id",
        "SELECT count(*) FROM support_history",
        "SELECT count(*) FROM evidence_history",
    ):
        assert database.column(statement) == other.column(statement)


def test_the_next_row_has_an_id_of_its_own(database: PostgreSQLDatabase) -> None:
    with database.copied() as copy, psycopg.connect(copy.url) as connection:
        (newest,) = connection.execute("SELECT max(id) FROM support").fetchone() or (0,)
        (next_id,) = connection.execute("SELECT nextval('support_id_seq')").fetchone() or (0,)
    assert next_id == newest + 1


def rows_of(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Returns every row by table, without columns that depend on the time or on chance.

    The search index and the counts of supports are left out, because the hand-written peers have
    neither.
    """
    kept = "tablename LIKE 'search%' OR tablename = 'support_count'"
    tables = f"SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND NOT ({kept})"
    with psycopg.connect(database.url) as connection:
        found = {
            name: sorted(connection.execute(f"SELECT * FROM {name}".encode()).fetchall(), key=repr)
            for name in database.column(tables)
        }
        revisions = "SELECT number, author, message FROM revision ORDER BY number"
        return {**found, "token": [], "revision": connection.execute(revisions).fetchall()}
