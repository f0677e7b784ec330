"""Slow statements run in a thread until they have proved to be fast again."""

import asyncio
import math
from pathlib import Path

import pytest

from service.database.sqlite import executor as sqlite_executor
from service.database.sqlite.database import SQLiteDatabase
from service.database.sqlite.executor import SQLiteExecutor
from service.documents.documents import GraphQLRequest
from service.engine.engine import Engine
from service.engine.queries import Queries
from service.settings import Settings
from service.sql.binding import Prepared, Statement
from tests.stores import copy_of

pytestmark = pytest.mark.sqlite

# Counts to a number; a large one takes longer than the time limit of the event loop.
COUNT = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
    SELECT max(i), 0 FROM n
"""
SLOW, QUICK = 3_000_000, 1
# Takes longer than any test waits.
ENDLESS = 10**12
# Twice sixteen, because they have been slow once.
RUNS = 32


def count() -> Prepared:
    return Prepared([Statement(COUNT, (None,), ((0, lambda variables: variables["most"]),))])


def run_quickly(prepared: Prepared, times: int) -> None:
    for _ in range(times):
        prepared.have_run(quickly=True)


def test_many_quick_runs_in_a_row_make_them_fast() -> None:
    prepared = count()
    prepared.took_long()
    run_quickly(prepared, RUNS - 1)
    assert prepared.is_slow
    run_quickly(prepared, 1)
    assert not prepared.is_slow


def test_a_slow_run_starts_the_count_again() -> None:
    prepared = count()
    prepared.took_long()
    run_quickly(prepared, RUNS - 1)
    prepared.have_run(quickly=False)
    run_quickly(prepared, RUNS - 1)
    assert prepared.is_slow


def test_each_time_it_takes_twice_as_many() -> None:
    prepared = count()
    prepared.took_long()
    run_quickly(prepared, RUNS)
    prepared.took_long()
    run_quickly(prepared, 2 * RUNS - 1)
    assert prepared.is_slow
    run_quickly(prepared, 1)
    assert not prepared.is_slow


def test_a_long_statement_stays_slow() -> None:
    prepared = Prepared([Statement(f"SELECT 1 -- {'x' * 20_000}", (), ())])
    run_quickly(prepared, 10 * RUNS)
    assert prepared.is_slow


def test_what_reads_all_supports_is_slow_until_it_proves_fast() -> None:
    prepared = Prepared([Statement(COUNT, (1,), ())], read_all=True)
    assert prepared.is_slow
    run_quickly(prepared, RUNS // 2)
    assert not prepared.is_slow


@pytest.mark.parametrize(
    ("query", "is_slow"),
    [
        ("{network {edgeCount}}", True),
        ('{network(around: [{slug: "iran"}]) {edgeCount}}', False),
        (
            '{panel(unit: ACTOR_YEAR, datasets: "rutte-2024", from: 1, to: 2, codes: COW)'
            " {totalCount}}",
            True,
        ),
        ("{supports {totalCount}}", False),
    ],
)
def test_whole_networks_and_panels_never_stop_the_event_loop(
    seeded: Path, tmp_path: Path, runner: asyncio.Runner, query: str, is_slow: bool
) -> None:
    engine = Engine(Settings(), SQLiteDatabase(copy_of(seeded, tmp_path)))
    planned = runner.run(Queries(engine).plan(GraphQLRequest(query)))
    assert planned.prepared.is_slow is is_slow
    runner.run(engine.close())


def test_a_query_returns_to_the_event_loop(
    seeded: Path, tmp_path: Path, runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A limit that holds on a busy machine too.
    monkeypatch.setattr(sqlite_executor, "_QUICK_SECONDS", math.inf)
    executor = SQLiteExecutor(SQLiteDatabase(copy_of(seeded, tmp_path)), seconds=60)
    prepared = count()
    assert executor.run_here(prepared, {"most": SLOW}) is None
    for _ in range(RUNS):
        assert executor.run_here(prepared, {"most": QUICK}) is None
        assert runner.run(executor.run(prepared, {"most": QUICK})) == [[QUICK, 0]]
    assert not prepared.is_slow
    runner.run(executor.close())


def test_a_cancelled_query_leaves_its_thread(seeded: Path, tmp_path: Path) -> None:
    async def leave_and_close() -> None:
        executor = SQLiteExecutor(SQLiteDatabase(copy_of(seeded, tmp_path)), seconds=60)
        async with asyncio.timeout(20):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.2):
                    await executor.run(count(), {"most": ENDLESS})
            # Closing waits for the queries in threads.
            await asyncio.to_thread(lambda: asyncio.run(executor.close()))

    asyncio.run(leave_and_close())
