"""Values of all types, in single queries and in batches."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from service.database.executor import Bound
from service.database.postgresql.server import Server
from service.errors import TooComplex
from service.settings import Settings
from tests.stores import database_of

pytestmark = pytest.mark.postgresql


def counting(count: int) -> Bound:
    places = ", ".join(f"${number}::text" for number in range(1, count + 1))
    return f"SELECT cardinality(ARRAY[{places}])", ["a"] * count


def test_question_with_too_many_values_is_refused(empty: Path, runner: asyncio.Runner) -> None:
    server = Server(database_of(empty), Settings())  # type: ignore[arg-type]

    async def ask(count: int) -> object:
        ((answer,),) = await server.ask([counting(count)])
        return answer

    try:
        assert runner.run(ask(1_000)) == 1_000
        with pytest.raises(TooComplex, match="more than 32,767 values"):
            runner.run(ask(32_768))
        assert runner.run(ask(1_000)) == 1_000
    finally:
        runner.run(server.close())


@pytest.mark.parametrize("batching", [True, False])
def test_those_asked_together_are_answered_as_if_each_were_asked_alone(
    empty: Path, runner: asyncio.Runner, batching: bool
) -> None:
    settings = Settings(pool_size=2, statement_batching=batching)
    server = Server(database_of(empty), settings)  # type: ignore[arg-type]
    # 0 raises an error, 1 returns no row, and any other number returns a remainder.
    divides = "SELECT 100 % $1::int FROM (SELECT 1) one WHERE $1 <> 1"

    async def ask(value: int) -> object:
        (row,) = await server.ask([(divides, [value])])
        return row and row[0]

    async def ask_all(values: list[int]) -> list[object]:
        return await asyncio.gather(*map(ask, values), return_exceptions=True)

    try:
        # So that the statement counts as fast.
        for _ in range(40):
            assert runner.run(ask(7)) == 2
        found = runner.run(ask_all([2, 3, 0, 1, 7, 2**40, 9, 0, 1, 8]))
        assert [each for each in found if not isinstance(each, Exception)] == [
            *(0, 1, None, 2, 1, None, 4),
        ]
        assert [type(found[place]) for place in (2, 5, 7)] == [
            asyncpg.DivisionByZeroError,
            asyncpg.DataError,
            asyncpg.DivisionByZeroError,
        ]
    finally:
        runner.run(server.close())
