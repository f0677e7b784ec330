"""The comparisons of the bench measure what they say."""

from contextlib import ExitStack
from itertools import count
from pathlib import Path

import orjson
import pytest

from bench import agreement, servers, workloads
from bench.comparisons import bulk, questions, reads
from bench.databases import sqlite
from bench.databases.sqlite import SQLiteDatabase
from bench.figures import Figures
from bench.generated import copies, parquet
from bench.generated.rows import Sizes
from bench.rounds import Rounds
from bench.session import Session
from bench.subscriber_process import subscribed

SMALL = Sizes(actors=20, sources=10, supports=100, statements=50)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> SQLiteDatabase:
    """A small generated database."""
    return sqlite.build(tmp_path_factory.mktemp("bench") / "small.db", SMALL)


@pytest.mark.parametrize("comparison", [reads.PAGE, reads.LOOKUP])
def test_peers_without_a_cache_are_compared_with_an_allygraph_without_one(
    comparison: reads.PeerComparison,
) -> None:
    """A cached response does not show how fast a response is computed."""
    environment = servers.environment(SQLiteDatabase(Path("x.db")), comparison.allygraph)
    assert environment["ALLYGRAPH_CACHE_BYTES"] == "0"


def test_default_settings_ignore_the_environment_of_the_bench(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Settings in the environment of the bench do not reach the measured servers."""
    monkeypatch.setenv("ALLYGRAPH_CACHE_BYTES", "5")
    environment = servers.environment(SQLiteDatabase(Path("/x.db")))
    ours = {name: value for name, value in environment.items() if name.startswith("ALLYGRAPH_")}
    # Except the rate limit: a single client sends every request.
    assert ours.pop("ALLYGRAPH_REQUESTS_PER_MINUTE") == "0"
    assert ours == {"ALLYGRAPH_DATABASE_URL": "sqlite:////x.db"}


def test_what_is_found_each_round_is_kept_by_its_name() -> None:
    """The figures are in the order of the rounds, because ratios are computed round by round."""
    numbers, said = count(1), list[str]()
    of = Rounds(2, 1, said.append).run("workload", lambda: {"a": next(numbers), "b": next(numbers)})
    assert of == {"a": Figures((1, 3)), "b": Figures((2, 4))}
    assert said == [
        "workload, round 1 of 2: a 1.00, b 2.00",
        "workload, round 2 of 2: a 3.00, b 4.00",
    ]


def test_a_bulk_request_is_compared_with_the_same_rows(
    database: SQLiteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "LINES", 30)
    with ExitStack() as stack:
        rates, findings = bulk.compare(Session(database, Rounds(1, 1, lambda _: None), stack))
    assert rates == []
    assert all(finding.figures.median > 0 for finding in findings)
    assert [str(finding.target) for finding in findings] == [
        "at least 0.3",
        "at most 5 s",
        "at most 150 MiB",
    ]


def test_duckdb_answers_from_the_supports_as_parquet(
    database: SQLiteDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "FOLDER", tmp_path)
    workload = questions.DUCKDB_TOTALS.workload(database)
    with ExitStack() as stack:
        services = (servers.UNCACHED, servers.DUCKDB)
        running = [stack.enter_context(servers.running(each, database)) for each in services]
        asked = {server.name: server.send for server in running}
        agreement.check(workload, servers.UNCACHED.name, asked)


def test_a_copy_is_written_to_and_the_data_is_not(database: SQLiteDatabase) -> None:
    """Each copy has the original data, and is removed at the end."""
    before = database.path.read_bytes()
    body = workloads.writes(database).bodies[0]
    with (
        copies.copied(database) as copy,
        servers.running(servers.ALLYGRAPH, copy.database) as server,
    ):
        first = copy.newest_revision()
        server.send(body, copy.token)
        assert copy.newest_revision() == first + 1
    assert not Path(copy.database.address).exists()
    assert database.path.read_bytes() == before


def test_the_last_of_the_subscribers_gets_each_event(database: SQLiteDatabase) -> None:
    """The subscribers are a separate process, which reports when each has received the event."""
    with (
        copies.copied(database) as copy,
        servers.running(servers.ALLYGRAPH, copy.database) as server,
        subscribed(server, 3) as subscribers,
    ):
        times = []
        for body in workloads.writes(database).bodies[:2]:
            _, answered = server.send(body, copy.token)
            written = orjson.loads(answered)["data"]["createSupport"]["revision"]["number"]
            times.append(subscribers.received_by_all_at(written))
    assert times == sorted(times)
