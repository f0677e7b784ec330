"""Concurrent writes: each change is applied to the result of the previous one."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from schema.concepts import CONCEPTS
from service.request.context import RequestContext
from service.writing.operations import update
from service.writing.transaction import Transaction
from service.writing.writer import WriteResult
from tests.writing.world import ALICE, World, creating

WRITES = 8
WRITERS = 16


def count_up(tx: Transaction) -> WriteResult:
    """Reads a number and writes the next one."""
    query = "SELECT coalesce(description, '0') FROM actor WHERE id = 1"
    number = int(tx.connection.exec_driver_sql(query).scalar_one()) + 1
    update(tx, CONCEPTS["Actor"], 1, {"description": str(number)}, None)
    creating("Source", title=f"Number {number}")(tx)
    return WriteResult(200, str(number).encode())


def in_tasks(worlds: list[World]) -> list[WriteResult]:
    async def write_often(world: World) -> list[WriteResult]:
        return [await world.writer.write(RequestContext(ALICE), count_up) for _ in range(WRITES)]

    async def write_all() -> list[list[WriteResult]]:
        return await asyncio.gather(*(write_often(worlds[n % len(worlds)]) for n in range(WRITERS)))

    return [answer for answers in asyncio.run(write_all()) for answer in answers]


def in_threads(worlds: list[World]) -> list[WriteResult]:
    def write_often(world: World) -> list[WriteResult]:
        return [world.write(count_up) for _ in range(WRITES)]

    with ThreadPoolExecutor(WRITERS) as threads:
        done = threads.map(write_often, [worlds[n % len(worlds)] for n in range(WRITERS)])
        return [answer for answers in done for answer in answers]


@pytest.mark.parametrize("at_once", [in_tasks, in_threads])
@pytest.mark.parametrize("writers", [1, 2])
def test_no_update_is_lost_and_no_revision_missing(
    world: World, writers: int, at_once: Callable[[list[World]], list[WriteResult]]
) -> None:
    others = [World(world.path) for _ in range(writers - 1)]
    answers = at_once([world, *others])
    for other in others:
        other.close()
    total = WRITES * WRITERS
    assert sorted(int(answer.body) for answer in answers) == list(range(1, total + 1))
    assert sorted(answer.revision or 0 for answer in answers) == list(range(8, total + 8))
    assert world.value("SELECT description FROM actor WHERE id = 1") == str(total)
    assert world.rows("SELECT number FROM revision ORDER BY 1") == [(n,) for n in range(total + 8)]
    # Each revision has written the number in its response.
    told = {(answer.revision, answer.body.decode()) for answer in answers}
    assert told == set(
        world.rows("SELECT from_revision, description FROM actor_history WHERE description > ''")
    )


def test_readers_do_not_wait_for_a_writer(world: World) -> None:
    seen: list[int] = []

    def work(tx: Transaction) -> WriteResult:
        creating("Source", title="T")(tx)
        seen.append(world.value("SELECT count(*) FROM source"))
        return WriteResult(200, b"")

    world.write(work)
    assert [*seen, world.value("SELECT count(*) FROM source")] == [1, 2]
