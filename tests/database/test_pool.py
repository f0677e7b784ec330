"""The pool of PostgreSQL connections, tested with fake connections."""

import asyncio

import pytest

from service.database.postgresql.pool import ConnectionPool, PoolTimeout


class Connection:
    """The part of a connection that the pool uses."""

    def __init__(self) -> None:
        self.closed = False
        self.in_transaction = False

    def is_closed(self) -> bool:
        return self.closed

    def is_in_transaction(self) -> bool:
        return self.in_transaction

    def terminate(self) -> None:
        self.closed = True

    async def close(self) -> None:
        self.closed = True


async def connect() -> Connection:
    await asyncio.sleep(0)
    return Connection()


async def refuse() -> Connection:
    raise ConnectionRefusedError


async def waiting_for_one(connections: ConnectionPool) -> asyncio.Task[Connection]:
    """Returns a task that waits in the queue."""
    task = asyncio.create_task(connections.take())
    await asyncio.sleep(0)
    return task


def test_one_that_was_given_back_is_given_again() -> None:
    async def run() -> None:
        connections = ConnectionPool(connect, 2, 5)
        first = await connections.take()
        connections.give_back(first)
        assert connections.free() is first
        assert (connections.in_use, connections.opened) == (1, 1)

    asyncio.run(run())


def test_no_more_are_made_than_there_may_be() -> None:
    async def run() -> None:
        connections = ConnectionPool(connect, 2, 5)
        taken = [await connections.take(), await connections.take()]
        third = await waiting_for_one(connections)
        assert (connections.opened, third.done()) == (2, False)
        connections.give_back(taken[0])
        assert await third is taken[0]

    asyncio.run(run())


def test_connections_are_given_in_the_order_of_waiting() -> None:
    async def run() -> None:
        connections = ConnectionPool(connect, 1, 5)
        only = await connections.take()
        first, second = [await waiting_for_one(connections) for _ in range(2)]
        connections.give_back(only)
        assert connections.free() is None
        assert await first is only
        assert not second.done()
        connections.give_back(only)
        assert await second is only

    asyncio.run(run())


@pytest.mark.parametrize("state", ["closed", "in_transaction"])
def test_one_that_is_of_no_more_use_makes_place_for_another(state: str) -> None:
    async def run() -> None:
        connections = ConnectionPool(connect, 1, 5)
        useless = await connections.take()
        waiting = await waiting_for_one(connections)
        setattr(useless, state, True)
        connections.give_back(useless)
        assert await waiting is not useless
        assert (useless.closed, connections.opened) == (True, 1)

    asyncio.run(run())


def test_one_that_was_lost_while_it_was_free_is_not_given() -> None:
    async def run() -> None:
        connections = ConnectionPool(connect, 1, 5)
        lost = await connections.take()
        connections.give_back(lost)
        lost.closed = True
        assert await connections.take() is not lost
        assert connections.opened == 1

    asyncio.run(run())


def test_the_connection_of_a_cancelled_task_is_given_to_the_next() -> None:
    async def run() -> None:
        connections = ConnectionPool(connect, 1, 5)
        only = await connections.take()
        first, second = [await waiting_for_one(connections) for _ in range(2)]
        connections.give_back(only)
        # The connection belongs to the first task already, which has not run yet.
        first.cancel()
        assert await second is only
        with pytest.raises(asyncio.CancelledError):
            await first

    asyncio.run(run())


def test_a_task_cancelled_before_is_skipped() -> None:
    async def run() -> None:
        connections = ConnectionPool(connect, 1, 5)
        only = await connections.take()
        first, second = [await waiting_for_one(connections) for _ in range(2)]
        first.cancel()
        await asyncio.sleep(0)
        connections.give_back(only)
        assert await second is only

    asyncio.run(run())


def test_a_wait_that_is_too_long_fails_and_no_place_is_lost() -> None:
    async def run() -> None:
        connections = ConnectionPool(connect, 1, 0.01)
        only = await connections.take()
        for _ in range(2):
            with pytest.raises(PoolTimeout):
                await connections.take()
        connections.give_back(only)
        assert await connections.take() is only

    asyncio.run(run())


def test_each_wait_fails_if_none_can_be_opened_and_no_place_is_lost() -> None:
    async def run() -> None:
        connections = ConnectionPool(refuse, 1, 5)
        for _ in range(3):
            with pytest.raises(ConnectionRefusedError):
                await connections.take()
        assert connections.opened == 0

    asyncio.run(run())


def test_closing_waits_for_connections_in_use_and_then_gives_none() -> None:
    async def run() -> None:
        connections = ConnectionPool(connect, 2, 5)
        used, free = await connections.take(), await connections.take()
        connections.give_back(free)
        closing = asyncio.create_task(connections.close(5))
        await asyncio.sleep(0)
        assert (free.closed, used.closed, closing.done()) == (True, False, False)
        connections.give_back(used)
        await closing
        assert (used.closed, connections.opened) == (True, 0)
        with pytest.raises(ConnectionError):
            await connections.take()

    asyncio.run(run())


def test_one_that_is_used_for_too_long_is_ended_when_it_comes_back() -> None:
    async def run() -> None:
        connections = ConnectionPool(connect, 1, 5)
        used = await connections.take()
        await connections.close(0)
        connections.give_back(used)
        assert (used.closed, connections.opened) == (True, 0)

    asyncio.run(run())
