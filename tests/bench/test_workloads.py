"""The peers of the bench return the same results, without which no comparison is fair."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from bench import agreement, workloads
from bench.comparisons import questions
from bench.comparisons.reads import PeerComparison
from bench.databases import Database, sqlite
from bench.databases.sqlite import SQLiteDatabase
from bench.errors import BenchError
from bench.generated import changes, copies, data
from bench.generated.rows import Sizes
from bench.peers import handwritten, stock, writing
from bench.peers import questions as questions_peer
from bench.workloads import Workload
from service.app import create_app
from service.database.sqlite.driver import connect
from service.settings import read_settings

SMALL = Sizes(actors=20, sources=10, supports=2_000, statements=400)
QUESTIONS = (
    *(questions.TOTALS, questions.NETWORK, questions.PANEL),
    *(questions.PATHS, questions.SEARCH),
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> SQLiteDatabase:
    """A small generated database."""
    return sqlite.build(tmp_path_factory.mktemp("bench") / "small.db", SMALL)


def asking(app: Any, token: str | None = None) -> agreement.Send:
    """Returns a function that sends a request to an application without a server."""

    async def post(body: bytes) -> tuple[int, bytes]:
        transport = httpx.ASGITransport(app=app)
        headers = {"Content-Type": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        async with httpx.AsyncClient(transport=transport, base_url="http://bench") as client:
            response = await client.post("/graphql", content=body, headers=headers)
            return response.status_code, response.content

    return lambda body: asyncio.run(post(body))


@contextmanager
def allygraph(database: Database, token: str | None = None) -> Iterator[agreement.Send]:
    """Yields a function that sends a request to AllyGraph without a server."""
    app = create_app(read_settings(database_url=database.url))
    yield asking(app, token)
    asyncio.run(app.close())


@pytest.mark.parametrize("workload_of", [workloads.page, workloads.lookup])
def test_the_peers_answer_alike(
    database: SQLiteDatabase, workload_of: Callable[[Database], Workload]
) -> None:
    """All peers return the same results with their keys in the same order."""
    with allygraph(database) as ask:
        asked = {
            "AllyGraph": ask,
            "hand-written": asking(handwritten.create_app(database.address)),
            "stock": asking(stock.create_app(database.address)),
        }
        agreement.check(workload_of(database), "AllyGraph", asked)


@pytest.mark.parametrize("question", QUESTIONS)
def test_hand_written_questions_are_answered_alike(
    database: SQLiteDatabase, question: PeerComparison
) -> None:
    with allygraph(database) as ask:
        theirs = asking(questions_peer.create_app(database.address))
        asked = {"AllyGraph": ask, "hand-written": theirs}
        agreement.check(question.workload(database), "AllyGraph", asked)


def test_both_writers_answer_alike_and_leave_the_same_rows(database: SQLiteDatabase) -> None:
    """All tables are compared, including history and SQLite's counters, but not the times."""
    workload = workloads.writes(database)
    with copies.copied(database) as ours, copies.copied(database) as theirs:
        peer = asking(writing.create_app(theirs.database.address), theirs.token)
        with allygraph(ours.database, ours.token) as ask:
            agreement.check(workload, "AllyGraph", {"AllyGraph": ask, "hand-written": peer})
        assert rows_of(ours.database) == rows_of(theirs.database)
        written = ours.newest_revision() - changes.LAST
    assert written == agreement.MAX_REQUESTS


def test_the_peer_writes_only_with_the_token_of_an_editor(database: SQLiteDatabase) -> None:
    """The peer has no error for it, because the bench does not measure refusals."""
    body = workloads.writes(database).bodies[0]
    with copies.copied(database) as copy:
        ask = asking(writing.create_app(copy.database.address), "allygraph_unknown")
        with pytest.raises(PermissionError):
            ask(body)
        assert copy.newest_revision() == changes.LAST


def test_no_write_is_like_another(database: SQLiteDatabase) -> None:
    """So no service can reuse the result of an earlier write."""
    bodies = workloads.writes(database).bodies
    assert len(set(bodies)) == len(bodies)


def test_the_page_as_of_the_newest_revision_is_that_of_today(database: SQLiteDatabase) -> None:
    """The page as of the middle differs, so the comparison does not read the same data twice."""
    of_newest = workloads.PAGE_AS_OF.replace(
        f"revision: {changes.MIDDLE}", f"revision: {changes.LAST}"
    )
    funding = {"kind": "FUNDING"}
    with allygraph(database) as ask:
        today, newest = answer(ask, workloads.PAGE, funding), answer(ask, of_newest, funding)
        middle = answer(ask, workloads.PAGE_AS_OF, funding)
    assert newest == today != middle


def test_history_has_several_versions_of_a_tenth_of_the_supports(database: SQLiteDatabase) -> None:
    """Half of the changes are later than the middle."""
    with closing(connect(database.path)) as connection:
        past = "SELECT until_revision FROM support_history WHERE until_revision <= ?"
        versions = connection.execute(past, (changes.LAST,)).fetchall()
    before_middle = [until for (until,) in versions if until <= changes.MIDDLE]
    assert len(versions) == pytest.approx(SMALL.supports * changes.SHARE, rel=0.2)
    assert len(before_middle) == pytest.approx(len(versions) / 2, rel=0.2)


def test_a_page_is_full_and_has_no_more_than_three_statements_a_support(
    database: SQLiteDatabase,
) -> None:
    """The most common kind fills its page; three of six statements are shown."""
    ask = asking(handwritten.create_app(database.address))
    page = answer(ask, workloads.PAGE, {"kind": "FUNDING"})["supports"]
    shown = [len(edge["node"]["evidence"]["nodes"]) for edge in page["edges"]]
    assert len(page["edges"]) == 50
    assert page["pageInfo"] == {"hasNextPage": True, "endCursor": page["edges"][-1]["cursor"]}
    assert set(shown) == {0, 1, 2, 3}


@pytest.mark.parametrize("peer", [handwritten, stock])
def test_what_is_not_there_is_answered_too(tmp_path: Path, peer: Any) -> None:
    """An empty page has no cursor; an unknown slug is null."""
    empty_sizes = Sizes(actors=2, sources=1, supports=0, statements=0)
    ask = asking(peer.create_app(sqlite.build(tmp_path / "empty.db", empty_sizes).address))
    empty = {"edges": [], "pageInfo": {"hasNextPage": False, "endCursor": None}}
    assert answer(ask, workloads.PAGE, {"kind": "UNKNOWN"}) == {"supports": empty}
    assert answer(ask, workloads.LOOKUP, {"slug": "nobody"}) == {"actor": None}


def test_a_difference_is_named() -> None:
    """The error names the service that differs, the place and both values."""
    workload = Workload("lookup", workloads.LOOKUP, [{"slug": "x"}])
    asked: dict[str, agreement.Send] = {
        "one": lambda body: (200, b'{"data": {"actor": {"name": "A", "kind": "STATE"}}}'),
        "other": lambda body: (200, b'{"data": {"actor": {"name": "B", "kind": "STATE"}}}'),
    }
    with pytest.raises(
        BenchError, match=r"other differs from one at data\.actor\.name: 'B', not 'A'"
    ):
        agreement.check(workload, "one", asked)


def test_the_data_is_the_same_each_time() -> None:
    """Two runs of the generator create the same rows and the same changes."""
    assert all_rows() == all_rows()


def all_rows() -> list[list[object]]:
    """Every row of every table, and every later revision."""
    dataset = data.dataset(SMALL)
    filled: list[list[object]] = [list(table_rows.rows) for table_rows in dataset.tables]
    return [*filled, list(dataset.revisions)]


def rows_of(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Returns every row by table, without columns that depend on the time or on chance.

    The search index and the counts of supports are left out, because the hand-written peers have
    neither.
    """
    with closing(connect(database.address)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%' "
            "AND name <> 'support_count'"
        )
        found = {
            name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for (name,) in tables
        }
        revisions = "SELECT number, author, message FROM revision ORDER BY number"
        counters = [each for each in found["sqlite_sequence"] if each[0] != "search_entry"]
        return {
            **found,
            "token": [],
            "revision": connection.execute(revisions).fetchall(),
            "sqlite_sequence": counters,
        }


def answer(ask: agreement.Send, document: str, variables: dict[str, str]) -> Any:
    """Returns the data of a response, which must have no errors."""
    status, answered = ask(workloads.body(document, variables))
    parsed = orjson.loads(answered)
    assert (status, parsed.get("errors")) == (200, None)
    return parsed["data"]
