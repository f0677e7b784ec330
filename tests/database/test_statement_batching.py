"""Questions that are asked by the same statement at the same time, with a database of our own."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from service.database.postgresql.connection_lost import Lost
from service.database.postgresql.statement_batching import StatementBatching, Values

LOOKUP, OTHER = "SELECT ... WHERE slug = $1", "SELECT ... WHERE id = $1"


pytestmark = pytest.mark.anyio


class Database:
    """Answers with what it was asked; writes down what came together."""

    def __init__(self) -> None:
        self.ran: list[list[Any]] = []
        # What to do, but answer, where a value is among those asked.
        self.failures: dict[Any, Exception] = {}
        self.unknown: set[Any] = set()
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def run(self, statement: str, batch: Sequence[Values]) -> Sequence[Any]:
        self.ran.append([value for (value,) in batch])
        await self.may_answer.wait()
        for value, failure in self.failures.items():
            if [value] in batch:
                raise failure
        return [(value, statement) for (value,) in batch if value not in self.unknown]


class Questions:
    """What is asked of it, through batches."""

    def __init__(self) -> None:
        self.database = Database()
        self.batches = StatementBatching(self.database.run)

    async def begin(self) -> None:
        """Asks each statement once, and lets it be known for a quick one."""
        for statement in (LOOKUP, OTHER):
            await self.batches.ask(statement, ["first"])
            for _ in range(50):
                self.batches.took(statement, 0.000_01)
        self.database.ran.clear()

    def asked(self, *values: Any, statement: str = LOOKUP) -> list[asyncio.Task[Any]]:
        """Each by somebody else, in one turn."""
        return [asyncio.create_task(self.batches.ask(statement, [value])) for value in values]


async def turns(count: int = 5) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def questions() -> Questions:
    questions = Questions()
    await questions.begin()
    return questions


async def test_those_of_one_turn_go_together_and_each_has_its_own_answer(
    questions: Questions,
) -> None:
    answers = await asyncio.gather(*questions.asked("a", "b", "c"))
    assert answers == [("a", LOOKUP), ("b", LOOKUP), ("c", LOOKUP)]
    assert questions.database.ran == [["a", "b", "c"]]


async def test_statement_of_which_nothing_is_known_goes_alone() -> None:
    questions = Questions()
    await asyncio.gather(*questions.asked("a", "b"))
    assert questions.database.ran == [["a"], ["b"]]


async def test_statement_that_has_become_slow_goes_alone(questions: Questions) -> None:
    questions.batches.took(LOOKUP, 0.5)
    await asyncio.gather(*questions.asked("a", "b"))
    assert questions.database.ran == [["a"], ["b"]]


async def test_different_statements_do_not_mix(questions: Questions) -> None:
    here, there = questions.asked("a", "b"), questions.asked("1", statement=OTHER)
    await asyncio.gather(*here, *there)
    assert questions.database.ran == [["a", "b"], ["1"]]


async def test_eight_go_together_at_the_most_and_the_rest_does_not_wait_for_more(
    questions: Questions,
) -> None:
    await asyncio.gather(*questions.asked(*range(19)))
    assert questions.database.ran == [[*range(8)], [*range(8, 16)], [16, 17, 18]]


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow this machine is, those who wait for others do."""
    monkeypatch.setattr("service.database.postgresql.statement_batching._LONGEST", 60.0)


@pytest.mark.usefixtures("patience")
async def test_those_that_come_while_others_are_answered_go_together_after_them(
    questions: Questions,
) -> None:
    questions.database.may_answer.clear()
    asked = questions.asked("a")
    await turns()
    asked += questions.asked("b")
    await turns()
    asked += questions.asked("c")
    await turns()
    questions.database.may_answer.set()
    await asyncio.gather(*asked)
    assert questions.database.ran == [["a"], ["b", "c"]]


@pytest.mark.usefixtures("patience")
async def test_as_many_as_may_go_together_wait_for_nobody(questions: Questions) -> None:
    questions.database.may_answer.clear()
    asked = questions.asked("a")
    await turns()
    for each in range(8):
        asked += questions.asked(each)
        await turns()
    assert questions.database.ran == [["a"], [*range(8)]]
    questions.database.may_answer.set()
    await asyncio.gather(*asked)


async def test_nobody_waits_long_for_one_that_takes_longer_than_such_ones_do(
    questions: Questions,
) -> None:
    questions.database.may_answer.clear()
    asked = questions.asked("slow")
    await turns()
    asked += questions.asked("quick")
    async with asyncio.timeout(20):
        while len(questions.database.ran) < 2:
            await asyncio.sleep(0.001)
    assert questions.database.ran == [["slow"], ["quick"]]
    questions.database.may_answer.set()
    await asyncio.gather(*asked)


async def test_one_that_fails_does_no_harm_to_those_it_went_with(questions: Questions) -> None:
    questions.database.failures = {"bad": ValueError("bad")}
    good, bad, better = questions.asked("good", "bad", "better")
    assert await good == ("good", LOOKUP)
    assert await better == ("better", LOOKUP)
    with pytest.raises(ValueError, match="bad"):
        await bad


async def test_those_without_a_row_are_told_apart_from_those_with_one(questions: Questions) -> None:
    questions.database.unknown = {"nobody"}

    async def ask(statement: str, batch: Sequence[Values]) -> Sequence[Any]:
        rows = await questions.database.run(statement, batch)
        # Asked alone, the driver says so.
        return rows or [None] * (len(batch) == 1)

    questions.batches = StatementBatching(ask)
    await questions.begin()
    found = await asyncio.gather(*questions.asked("nobody", "somebody"))
    assert found == [None, ("somebody", LOOKUP)]


async def test_where_the_server_is_lost_each_is_told_and_may_ask_another(
    questions: Questions,
) -> None:
    questions.database.failures = {"a": Lost(ConnectionResetError())}
    answers = await asyncio.gather(*questions.asked("a", "b"), return_exceptions=True)
    assert [type(answer) for answer in answers] == [Lost, Lost]
    assert answers[0] is not answers[1]
    assert questions.database.ran == [["a", "b"]]


async def test_somebody_who_gave_up_keeps_nobody_from_an_answer(questions: Questions) -> None:
    questions.database.may_answer.clear()
    gone, there = questions.asked("a", "b")
    await turns()
    gone.cancel()
    await turns()
    questions.database.may_answer.set()
    assert await there == ("b", LOOKUP)
