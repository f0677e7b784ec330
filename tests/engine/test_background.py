"""Work in the background does not block the event loop."""

import asyncio
import threading

import pytest

from service.engine.background import Background, takes_long
from service.errors import Overloaded, TimedOut


def test_the_event_loop_goes_on_while_work_is_under_way() -> None:
    may_end = threading.Event()

    async def ask() -> bool:
        background = Background(60)
        work = asyncio.ensure_future(background.run(may_end.wait, 60))
        # If the loop waited for the work, the work would time out after a minute and return False.
        await asyncio.sleep(0)
        may_end.set()
        ended_in_time = await work
        background.close()
        return ended_in_time

    assert asyncio.run(ask())


def test_an_error_of_the_work_is_raised() -> None:
    def fail() -> None:
        raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"):
        asyncio.run(Background(60).run(fail))


def test_work_that_takes_too_long_is_given_up() -> None:
    may_end = threading.Event()
    with pytest.raises(TimedOut, match=r"longer than 0\.05 seconds"):
        asyncio.run(Background(0.05).run(may_end.wait, 60))
    may_end.set()


def test_no_more_than_a_hundred_pieces_of_work_wait() -> None:
    may_end = threading.Event()

    async def ask() -> list[bool | BaseException]:
        background = Background(60)
        work = [asyncio.ensure_future(background.run(may_end.wait, 60)) for _ in range(101)]
        # Each starts; only the last is refused.
        await asyncio.sleep(0)
        may_end.set()
        ended = await asyncio.gather(*work, return_exceptions=True)
        background.close()
        return ended

    *accepted, refused = asyncio.run(ask())
    assert accepted == [True] * 100
    assert isinstance(refused, Overloaded)


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("{ actors { totalCount } }", {}, False),
        ("{ actors { totalCount } }" + " " * 1_000, {}, True),
        ("query ($in: [ID!]) { nodes(ids: $in) { id } }", {"in": ["actor_1"] * 1_000}, True),
        ("query ($or: [ActorFilter!]) { ... }", {"or": [{"slug": {"eq": "a"}}] * 60}, True),
        ("query ($first: Int, $name: String) { ... }", {"first": 1, "name": "n" * 5_000}, False),
    ],
    ids=["short", "long document", "long list", "many conditions", "long text"],
)
def test_what_is_long_is_understood_in_the_background(
    text: str, values: dict[str, object], expected: bool
) -> None:
    assert takes_long(text, values) is expected


def test_requests_for_the_same_work_share_it() -> None:
    calls = []

    async def ask() -> list[int]:
        background = Background(60)
        together = (background.run_once("key", calls.append, 1) for _ in range(1_000))
        await asyncio.gather(*together)
        background.close()
        return calls

    assert asyncio.run(ask()) == [1]


def test_requests_for_the_same_work_share_its_error() -> None:
    def fail() -> None:
        raise ValueError("wrong")

    async def ask() -> list[BaseException | None]:
        background = Background(60)
        together = (background.run_once("key", fail) for _ in range(3))
        return await asyncio.gather(*together, return_exceptions=True)

    assert [str(error) for error in asyncio.run(ask())] == ["wrong"] * 3
