"""Short work on the event loop takes turns with what else the loop has to do."""

import asyncio
import time

import pytest

from service.engine.turns import Turns
from service.errors import TimedOut


def busy(seconds: float) -> float:
    """Works for so long; returns when it was done."""
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        pass
    return ends


def test_what_arrives_at_once_does_not_keep_others_waiting() -> None:
    async def scene() -> tuple[list[str], list[float]]:
        turns, seen = Turns(60), list[str]()

        async def work() -> float:
            done = await turns.run(busy, 0.006)
            seen.append("work")
            return done

        async def others() -> None:
            while seen.count("work") < 20:
                seen.append("others")
                await asyncio.sleep(0)

        *done, _ = await asyncio.gather(*(work() for _ in range(20)), others())
        return seen, [each for each in done if each]

    seen, done = asyncio.run(scene())
    # Between two pieces of work the loop has served the others.
    between = "".join("w" if each == "work" else "o" for each in seen)
    assert "ww" not in between
    assert done == sorted(done)


def test_quick_work_shares_a_turn() -> None:
    async def scene() -> int:
        turns, iterations = Turns(60), 0
        works = [asyncio.create_task(turns.run(busy, 0.0)) for _ in range(50)]
        while not all(work.done() for work in works):
            iterations += 1
            await asyncio.sleep(0)
        return iterations

    assert asyncio.run(scene()) < 10


def test_works_of_one_task_share_a_turn_however_long_they_take() -> None:
    async def scene() -> list[str]:
        turns, seen = Turns(60), list[str]()

        async def request() -> None:
            for _ in range(3):
                await turns.run(busy, 0.006)
                seen.append("work")

        async def other() -> None:
            seen.append("other")

        await asyncio.gather(request(), other())
        return seen

    assert asyncio.run(scene()) == ["work"] * 3 + ["other"]


def test_work_whose_client_has_left_does_not_stop_the_rest() -> None:
    async def scene() -> list[object]:
        turns = Turns(60)
        works = [asyncio.create_task(turns.run(busy, 0.006)) for _ in range(10)]
        await asyncio.sleep(0)
        for work in works[1::2]:
            work.cancel()
        return await asyncio.gather(*works, return_exceptions=True)

    ended = asyncio.run(asyncio.wait_for(scene(), 20))
    assert all(isinstance(each, float) for each in ended[::2])
    assert all(isinstance(each, asyncio.CancelledError) for each in ended[1::2])


def test_an_error_of_the_work_ends_its_turn() -> None:
    def fail() -> None:
        busy(0.006)
        raise ValueError("wrong")

    async def scene() -> list[object]:
        turns = Turns(60)
        return await asyncio.gather(*(turns.run(fail) for _ in range(3)), return_exceptions=True)

    assert [str(each) for each in asyncio.run(asyncio.wait_for(scene(), 20))] == ["wrong"] * 3


def test_work_waits_no_longer_than_a_request_may_take() -> None:
    async def scene() -> None:
        turns = Turns(0.01)
        await asyncio.gather(*(turns.run(busy, 0.05) for _ in range(10)))

    with pytest.raises(TimedOut, match=r"longer than 0\.01 seconds for others"):
        asyncio.run(scene())
