"""All waiting subscribers are notified of the next revision, whichever process writes it."""

import asyncio
from contextlib import aclosing

import pytest

from service.engine.live import Revisions, follow
from service.errors import DatabaseUnavailable


class Written:
    """A database whose newest revision is read by a query."""

    def __init__(self) -> None:
        self.revision = 3
        self.fails = False
        self.asked = 0

    def __call__(self) -> int:
        self.asked += 1
        if self.fails:
            raise DatabaseUnavailable("The disk is gone.")
        return self.revision


def test_waiting_for_a_past_revision_returns_at_once(runner: asyncio.Runner) -> None:
    assert runner.run(Revisions(Written()).wait_beyond(2)) == 3


def test_one_write_wakes_a_thousand_waiters(runner: asyncio.Runner) -> None:
    async def scene() -> list[int]:
        written = Written()
        revisions = Revisions(written)
        waiting = [asyncio.create_task(revisions.wait_beyond(3)) for _ in range(1_000)]
        await asyncio.sleep(0)
        written.revision = 4
        revisions.wake()
        return await asyncio.gather(*waiting)

    assert runner.run(scene()) == [4] * 1_000


def test_a_write_without_a_notification_is_found(runner: asyncio.Runner) -> None:
    async def scene() -> int:
        written = Written()
        waiting = asyncio.create_task(Revisions(written).wait_beyond(3))
        await asyncio.sleep(0)
        written.revision = 7
        return await waiting

    assert runner.run(scene()) == 7


def test_database_that_fails_for_a_while_is_asked_again(
    runner: asyncio.Runner, capsys: pytest.CaptureFixture[str]
) -> None:
    async def scene() -> int:
        written = Written()
        written.fails = True
        waiting = asyncio.create_task(Revisions(written).wait_beyond(3))
        while not written.asked:
            await asyncio.sleep(0)
        written.fails, written.revision = False, 4
        return await waiting

    assert runner.run(scene()) == 4


def test_without_waiters_the_database_is_not_queried() -> None:
    async def scene() -> tuple[int, int]:
        written = Written()
        waiting = asyncio.create_task(Revisions(written).wait_beyond(3))
        await asyncio.sleep(0)
        waiting.cancel()
        (watch,) = asyncio.all_tasks() - {waiting, asyncio.current_task()}
        await watch
        return written.asked, len(asyncio.all_tasks())

    assert asyncio.run(scene()) == (1, 1)


class Even:
    """A subscription to revisions with even numbers."""

    revision = 3

    def __init__(self, written: Written) -> None:
        self._written = written

    async def answer_after(self, revision: int) -> tuple[int, bytes | None]:
        for number in range(revision + 1, self._written.revision + 1):
            if number % 2 == 0:
                return number, b"%d" % number
        return self._written.revision, None


def test_each_event_is_sent_once_and_in_order(runner: asyncio.Runner) -> None:
    async def scene() -> list[bytes]:
        written = Written()
        told = []
        async with aclosing(follow(Even(written), Revisions(written))) as events:
            for newest in (5, 6, 12):
                written.revision = newest
                told.append(await anext(events))
            told += [await anext(events), await anext(events)]
        return told

    assert runner.run(scene()) == [b"4", b"6", b"8", b"10", b"12"]


def test_a_subscriber_with_many_past_events_does_not_block_others(runner: asyncio.Runner) -> None:
    async def scene() -> int:
        written = Written()
        written.revision = 1_000
        turns = 0

        async def other() -> None:
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0)

        beside = asyncio.create_task(other())
        async with aclosing(follow(Even(written), Revisions(written))) as events:
            for _ in range(100):
                await anext(events)
        beside.cancel()
        return turns

    assert runner.run(scene()) >= 99
