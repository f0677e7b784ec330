"""The peers of the bench are only worth comparing with if they answer alike."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import httpx
import orjson
import pytest

from bench import agreement, data, works
from bench.errors import BenchError
from bench.peers import handwritten, stock
from bench.rows import ROWS, Sizes
from bench.works import Work
from service.app import create_app
from service.settings import read_settings

SMALL = Sizes(actors=20, sources=10, supports=2_000, statements=400)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small one of the generated databases."""
    path = tmp_path_factory.mktemp("bench") / "small.db"
    data.build(path, SMALL)
    return path


def asking(app: Any) -> agreement.Ask:
    """Asks an application without a server."""

    async def post(body: bytes) -> tuple[int, bytes]:
        transport = httpx.ASGITransport(app=app)
        headers = {"Content-Type": "application/json"}
        async with httpx.AsyncClient(transport=transport, base_url="http://bench") as client:
            response = await client.post("/graphql", content=body, headers=headers)
            return response.status_code, response.content

    return lambda body: asyncio.run(post(body))


@pytest.mark.parametrize("work_of", [works.page, works.lookup])
def test_the_peers_answer_alike(database: Path, work_of: Callable[[Path], Work]) -> None:
    """Everybody gives the same answers with their keys in the same order."""
    allygraph = create_app(read_settings(database_url=f"sqlite:///{database}"))
    asked = {
        "AllyGraph": asking(allygraph),
        "hand-written": asking(handwritten.create_app(database)),
        "stock": asking(stock.create_app(database)),
    }
    agreement.check(work_of(database), "AllyGraph", asked)
    allygraph.close()


def test_a_page_is_full_and_has_no_more_than_three_statements_a_support(database: Path) -> None:
    """The commonest kind fills its page; of six statements three are shown."""
    ask = asking(handwritten.create_app(database))
    page = answer(ask, works.PAGE, {"kind": "FUNDING"})["supports"]
    shown = [len(edge["node"]["evidence"]["nodes"]) for edge in page["edges"]]
    assert len(page["edges"]) == 50
    assert page["pageInfo"] == {"hasNextPage": True, "endCursor": page["edges"][-1]["cursor"]}
    assert set(shown) == {0, 1, 2, 3}


@pytest.mark.parametrize("peer", [handwritten, stock])
def test_what_is_not_there_is_answered_too(tmp_path: Path, peer: Any) -> None:
    """An empty page has no cursor; an unknown slug is null."""
    data.build(tmp_path / "empty.db", Sizes(actors=2, sources=1, supports=0, statements=0))
    ask = asking(peer.create_app(tmp_path / "empty.db"))
    empty = {"edges": [], "pageInfo": {"hasNextPage": False, "endCursor": None}}
    assert answer(ask, works.PAGE, {"kind": "UNKNOWN"}) == {"supports": empty}
    assert answer(ask, works.LOOKUP, {"slug": "nobody"}) == {"actor": None}


def test_a_difference_is_named() -> None:
    """Whoever answers otherwise is named, with the place and both values."""
    work = Work("lookup", works.LOOKUP, [{"slug": "x"}])
    asked: dict[str, agreement.Ask] = {
        "one": lambda body: (200, b'{"data": {"actor": {"name": "A", "kind": "STATE"}}}'),
        "other": lambda body: (200, b'{"data": {"actor": {"name": "B", "kind": "STATE"}}}'),
    }
    with pytest.raises(BenchError, match=r"other .* than one at data\.actor\.name: 'B', not 'A'"):
        agreement.check(work, "one", asked)


def test_the_data_is_the_same_each_time() -> None:
    """Two runs of the generator make the same rows."""
    assert all_rows() == all_rows()


def all_rows() -> list[list[tuple[object, ...]]]:
    """Every row of every table."""
    random = Random(data.SEED)
    return [list(rows(SMALL, random)) for rows in ROWS.values()]


def answer(ask: agreement.Ask, document: str, variables: dict[str, str]) -> Any:
    """The data of an answer that has no errors."""
    status, answered = ask(works.body(document, variables))
    parsed = orjson.loads(answered)
    assert (status, parsed.get("errors")) == (200, None)
    return parsed["data"]
