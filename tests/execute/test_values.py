"""More values than PostgreSQL's protocol can count are too many, and not a connection lost."""

import asyncio
from pathlib import Path

import pytest

from service.errors import TooComplex
from service.execute import Bound
from service.execute.servers import Server
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
