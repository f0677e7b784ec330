"""Followers: who is told of every revision, in order, also after having been away."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from random import Random
from typing import Any

import orjson
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from bench.soak.http import Client, Request
from bench.soak.queries import graphql

_DOCUMENT = """
subscription Follow($since: Int!) { changes(since: $since) { nodes { revision { number } } } }
"""
# After so many events, at random, somebody who comes and goes goes.
_STAYS_FOR = 50

Events = AsyncIterator[int]
Follow = Callable[[int, int], AbstractAsyncContextManager[Events]]


class Follower:
    """Somebody who has heard of every revision up to `heard`."""

    def __init__(self, name: str, port: int, since: int, *, stays: bool) -> None:
        """`stays`: it is not cut off again and again."""
        self.heard = since
        self._dice = Random(name)
        self._port = port
        self._stays = stays

    async def follow(self) -> None:
        """Until it is cancelled. Raises ValueError where a revision was left out or came twice."""
        while True:
            over = self._dice.choice((over_websocket, over_event_stream))
            most = None if self._stays else self._dice.randint(1, _STAYS_FOR)
            async with over(self._port, self.heard) as events:
                await self.hear(events, most)

    async def hear(self, events: Events, most: int | None) -> None:
        """So many events at most. Raises ValueError where one is not the next."""
        async for revision in events:
            if revision != self.heard + 1:
                raise ValueError(f"After revision {self.heard} a follower was told {revision}.")
            self.heard = revision
            most = None if most is None else most - 1
            if most == 0:
                return


@asynccontextmanager
async def over_websocket(port: int, since: int) -> AsyncIterator[Events]:
    """graphql-transport-ws. The connection ends without a farewell."""
    offered = [Subprotocol("graphql-transport-ws")]
    url = f"ws://127.0.0.1:{port}/graphql"
    socket = await connect(url, subprotocols=offered, compression=None, ping_interval=None)
    try:
        await socket.send('{"type":"connection_init"}')
        payload = {"query": _DOCUMENT, "variables": {"since": since}}
        await socket.send(
            orjson.dumps({"type": "subscribe", "id": "1", "payload": payload}).decode()
        )

        async def events() -> Events:
            async for text in socket:
                message = orjson.loads(text)
                if message["type"] == "ping":
                    await socket.send('{"type":"pong"}')
                elif message["type"] == "next":
                    yield _revision(message["payload"])
                elif message["type"] != "connection_ack":
                    raise ValueError(f"A follower was told: {text!r}")
            raise ValueError(f"A follower was sent away: {socket.close_code}.")

        yield events()
    finally:
        socket.transport.abort()


@asynccontextmanager
async def over_event_stream(port: int, since: int) -> AsyncIterator[Events]:
    """Server-Sent Events. The connection ends without a farewell."""
    asked = graphql(_DOCUMENT, {"since": since})
    request = asked._replace(headers=(*asked.headers, ("Accept", "text/event-stream")))
    with Client(port) as client:
        yield _events_of_stream(client, request)


async def _events_of_stream(client: Client, request: Request) -> Events:
    reader, _ = await client.send(request)
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise ValueError(f"A follower was refused: {head!r}")
    while line := await reader.readline():
        if line.startswith(b"data: {"):
            yield _revision(orjson.loads(line[len(b"data: ") :]))
        elif line.startswith(b"event: complete"):
            raise ValueError("A follower was sent away.")
    raise asyncio.IncompleteReadError(b"", None)


def _revision(answer: Any) -> int:
    if "errors" in answer:
        raise ValueError(f"A follower was told: {answer!r}")
    numbers = {node["revision"]["number"] for node in answer["data"]["changes"]["nodes"]}
    (number,) = numbers
    return int(number)
