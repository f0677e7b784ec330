"""Many different subscriptions on a few sockets keep no other client waiting.

Each has to be read when it begins, and an event of its own to be found after each write.
"""

import asyncio
import json
import time
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.databases import EACH_SORT, new_database
from tests.hostile.attack import Attack, attacking
from tests.hostile.test_hostile import WAIT_MS

# So few that a busy machine reads them within the time of a request.
SOCKETS, OF_EACH = 3, 10
# Less than the length from which another thread reads a document.
_FOLLOW = "totalCount nodes { id action recordId revision { number } }"
_OFFERED = [Subprotocol("graphql-transport-ws")]


@pytest.mark.parametrize("sort", EACH_SORT)
def test_many_different_subscriptions_let_others_in(sort: str, tmp_path: Path) -> None:
    with new_database(sort, tmp_path) as url, attacking(url) as attack:
        longest = asyncio.run(_follow_and_write(attack))
    assert longest * 1e3 < WAIT_MS


async def _follow_and_write(attack: Attack) -> float:
    """The longest wait of the innocent client, in seconds."""
    begun = time.monotonic()
    sockets = [await _follow(attack, place) for place in range(SOCKETS)]
    async with httpx.AsyncClient(base_url=attack.url, headers=attack.authorization) as editor:
        actor = {"slug": "new-actor", "name": "N", "kind": "STATE"}
        (await editor.post("/api/v1/actors", json=actor)).raise_for_status()
    for socket in sockets:
        events = [json.loads(await _heard(socket)) for _ in range(OF_EACH)]
        assert [event for event in events if event["type"] != "next"] == []
        assert len({event["id"] for event in events}) == OF_EACH
        await socket.close()
    return attack.longest_wait(begun)


async def _follow(attack: Attack, place: int) -> ClientConnection:
    """A socket whose subscriptions are all different, once they are open."""
    address = attack.url.replace("http:", "ws:") + "/graphql"
    socket = await connect(address, subprotocols=_OFFERED, compression=None)
    await socket.send('{"type":"connection_init"}')
    await _heard(socket)
    for number in range(OF_EACH):
        query = f"subscription s{place}x{number} {{ changes(since: 1) {{ {_FOLLOW} }} }}"
        await socket.send(
            json.dumps({"type": "subscribe", "id": str(number), "payload": {"query": query}})
        )
    return socket


async def _heard(socket: ClientConnection) -> str | bytes:
    """The next message that is not a heartbeat."""
    async with asyncio.timeout(60):
        while True:
            message = await socket.recv()
            if message != '{"type":"ping"}':
                return message
