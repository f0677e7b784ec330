"""Concurrent runs of the same statement, tested with a fake database."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from service.database.postgresql.connection_lost import ConnectionLost
from service.database.postgresql.statement_batching import StatementBatching, Values

# The waiting time that suffices on a slow machine too.
FOREVER = 3_600.0
LOOKUP, OTHER = "SELECT ... WHERE slug = $1", "SELECT ... WHERE id = $1"


pytestmark = pytest.mark.anyio


class Database:
    """A connection that returns its values, and records which values came together."""

    def __init__(self) -> None:
        self.ran: list[list[Any]] = []
        self.cancelled: list[list[Any]] = []
        # The errors to raise, by the values that trigger them.
        self.failures: dict[Any, Exception] = {}
        self.unknown: set[Any] = set()
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self._began = asyncio.Event()

    async def began(self, count: int) -> None:
        """Waits until this many batches were sent."""
        async with asyncio.timeout(20):
            while len(self.ran) < count:
                self._began.clear()
                await self._began.wait()

    async def run(self, statement: str, batch: Sequence[Values]) -> Sequence[Any]:
        self.ran.append([value for (value,) in batch])
        self._began.set()
        try:
            await self.may_answer.wait()
        except asyncio.CancelledError:
            self.cancelled.append(self.ran[-1])
            raise
        for value, failure in self.failures.items():
            if [value] in batch:
                raise failure
        return [(value, statement) for (value,) in batch if value not in self.unknown]


class Queries:
    """Runs statements in batches."""

    def __init__(self, max_wait: float = FOREVER) -> None:
        self.database = Database()
        self.batching = StatementBatching(self.database.run, max_wait)

    async def begin(self) -> None:
        """Runs each statement once, so that it counts as fast."""
        for statement in (LOOKUP, OTHER):
            await self.batching.run(statement, ["first"])
            for _ in range(50):
                self.batching.record_duration(statement, 0.000_01)
        self.database.ran.clear()

    def asked(self, *values: Any, statement: str = LOOKUP) -> list[asyncio.Task[Any]]:
        """Runs each value in a separate task, in one turn of the event loop."""
        return [asyncio.create_task(self.batching.run(statement, [value])) for value in values]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def queries() -> Queries:
    queries = Queries()
    await queries.begin()
    return queries


async def test_those_of_one_turn_go_together_and_each_has_its_own_answer(
    queries: Queries,
) -> None:
    answers = await asyncio.gather(*queries.asked("a", "b", "c"))
    assert answers == [("a", LOOKUP), ("b", LOOKUP), ("c", LOOKUP)]
    assert queries.database.ran == [["a", "b", "c"]]


async def test_statement_of_which_nothing_is_known_goes_alone() -> None:
    queries = Queries()
    await asyncio.gather(*queries.asked("a", "b"))
    assert queries.database.ran == [["a"], ["b"]]


async def test_statement_that_has_become_slow_goes_alone(queries: Queries) -> None:
    queries.batching.record_duration(LOOKUP, 0.5)
    await asyncio.gather(*queries.asked("a", "b"))
    assert queries.database.ran == [["a"], ["b"]]


async def test_different_statements_do_not_mix(queries: Queries) -> None:
    here, there = queries.asked("a", "b"), queries.asked("1", statement=OTHER)
    await asyncio.gather(*here, *there)
    assert queries.database.ran == [["a", "b"], ["1"]]


async def test_eight_go_together_at_the_most_and_the_rest_does_not_wait_for_more(
    queries: Queries,
) -> None:
    await asyncio.gather(*queries.asked(*range(19)))
    assert queries.database.ran == [[*range(8)], [*range(8, 16)], [16, 17, 18]]


async def test_those_that_come_while_others_are_answered_go_together_after_them(
    queries: Queries,
) -> None:
    queries.database.may_answer.clear()
    asked = queries.asked("a")
    await queries.database.began(1)
    for value in ("b", "c"):
        asked += queries.asked(value)
        # Without the rule this would already have been sent alone.
        await asyncio.sleep(0.01)
    queries.database.may_answer.set()
    await asyncio.gather(*asked)
    assert queries.database.ran == [["a"], ["b", "c"]]


async def test_a_full_batch_is_sent_without_waiting(queries: Queries) -> None:
    queries.database.may_answer.clear()
    asked = queries.asked("a")
    await queries.database.began(1)
    asked += queries.asked(*range(8))
    await queries.database.began(2)
    assert queries.database.ran == [["a"], [*range(8)]]
    queries.database.may_answer.set()
    await asyncio.gather(*asked)


async def test_a_run_does_not_wait_long_for_an_unusually_slow_batch() -> None:
    queries = Queries(max_wait=0.01)
    await queries.begin()
    queries.database.may_answer.clear()
    asked = queries.asked("slow")
    await queries.database.began(1)
    asked += queries.asked("quick")
    await queries.database.began(2)
    assert queries.database.ran == [["slow"], ["quick"]]
    queries.database.may_answer.set()
    await asyncio.gather(*asked)


async def test_one_that_fails_does_no_harm_to_those_it_went_with(queries: Queries) -> None:
    queries.database.failures = {"bad": ValueError("bad")}
    good, bad, better = queries.asked("good", "bad", "better")
    assert await good == ("good", LOOKUP)
    assert await better == ("better", LOOKUP)
    with pytest.raises(ValueError, match="bad"):
        await bad


async def test_those_without_a_row_are_distinguished_from_those_with_one(queries: Queries) -> None:
    queries.database.unknown = {"nobody"}

    async def ask(statement: str, batch: Sequence[Values]) -> Sequence[Any]:
        rows = await queries.database.run(statement, batch)
        # The driver reports the error if the statement runs alone.
        return rows or [None] * (len(batch) == 1)

    queries.batching = StatementBatching(ask)
    await queries.begin()
    found = await asyncio.gather(*queries.asked("nobody", "somebody"))
    assert found == [None, ("somebody", LOOKUP)]


async def test_each_run_fails_if_the_server_is_lost_and_may_use_another(
    queries: Queries,
) -> None:
    queries.database.failures = {"a": ConnectionLost(ConnectionResetError())}
    answers = await asyncio.gather(*queries.asked("a", "b"), return_exceptions=True)
    assert [type(answer) for answer in answers] == [ConnectionLost, ConnectionLost]
    assert answers[0] is not answers[1]
    assert queries.database.ran == [["a", "b"]]


async def test_a_cancelled_run_does_not_stop_the_others(queries: Queries) -> None:
    queries.database.may_answer.clear()
    gone, there = queries.asked("a", "b")
    await queries.database.began(1)
    gone.cancel()
    await asyncio.wait([gone])
    queries.database.may_answer.set()
    assert await there == ("b", LOOKUP)


async def test_a_batch_without_waiting_runs_is_cancelled(queries: Queries) -> None:
    queries.database.may_answer.clear()
    first, second = queries.asked("a", "b")
    await queries.database.began(1)
    first.cancel()
    await asyncio.sleep(0)
    assert not queries.database.cancelled
    second.cancel()
    await asyncio.wait([first, second])
    await asyncio.sleep(0)
    assert queries.database.cancelled == [["a", "b"]]


async def test_one_that_leaves_does_not_end_the_batch_of_the_others(queries: Queries) -> None:
    queries.database.may_answer.clear()
    leaving, staying = queries.asked("a", "b")
    await queries.database.began(1)
    leaving.cancel()
    await asyncio.wait([leaving])
    queries.database.may_answer.set()
    assert await staying == ("b", LOOKUP)


async def test_one_that_leaves_before_it_is_sent_is_never_sent(queries: Queries) -> None:
    queries.database.may_answer.clear()
    (active,) = queries.asked("a")
    await queries.database.began(1)
    leaving, staying = queries.asked("b", "c")
    await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.wait([leaving])
    queries.database.may_answer.set()
    assert await asyncio.gather(active, staying) == [("a", LOOKUP), ("c", LOOKUP)]
    assert queries.database.ran == [["a"], ["c"]]
