"""A very short soak, so that a long one works when it is wanted."""

import asyncio

import pytest

from bench import databases, servers
from bench.databases import Kind, newest_revision
from bench.generated.rows import Sizes
from bench.servers import ALLYGRAPH
from bench.soak.__main__ import known
from bench.soak.data import token
from bench.soak.followers import Follower
from bench.soak.load import Load

SIZES = Sizes(actors=50, sources=10, supports=400, statements=400)


def test_readers_writers_and_followers_find_no_failures() -> None:
    with (
        databases.new(Kind.SQLITE, SIZES, "soak") as data,
        servers.running(ALLYGRAPH, data) as server,
    ):
        before = newest_revision(data)
        load = Load(server, known(data), {"ada": token(data, "ada")})
        asyncio.run(load.run(seconds=3))
        kept = newest_revision(data) - before
    assert load.failures == []
    assert kept == load.ledger.writes > 0
    assert set(load.received) == {before + kept}
    assert {"lookup", "page", "REST page", "refused"} <= load.sampler.kinds.keys()


def test_a_write_that_was_lost_is_reported() -> None:
    with (
        databases.new(Kind.SQLITE, SIZES, "soak") as data,
        servers.running(ALLYGRAPH, data) as server,
    ):
        load = Load(server, known(data), {})
        load.ledger.record("actor_1000000", "Nobody", newest_revision(data))
        asyncio.run(load.run(seconds=1))
    assert load.failures == ["actor_1000000 is None, and was acknowledged as 'Nobody'"]


@pytest.mark.parametrize("told", [[1, 2, 4], [1, 2, 2], [2]], ids=["left out", "twice", "first"])
def test_a_follower_reports_a_revision_that_is_not_the_next(told: list[int]) -> None:
    async def events() -> None:
        async def tell() -> object:
            for revision in told:
                yield revision

        await Follower("ada", port=0, since=0, stays=True).receive(tell(), None)

    with pytest.raises(ValueError, match="a follower received"):
        asyncio.run(events())
