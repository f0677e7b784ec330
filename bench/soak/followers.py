"""Followers: subscribers that check for every revision, in order, also after a reconnect."""

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
# Some followers reconnect after a random number of events, up to this one.
_MAX_EVENTS = 50

Events = AsyncIterator[int]
Follow = Callable[[int, int], AbstractAsyncContextManager[Events]]


class Follower:
    """A subscriber that has received every revision up to `newest`."""

    def __init__(self, name: str, port: int, since: int, *, stays: bool) -> None:
        """`stays`: whether it never disconnects on purpose."""
        self.newest = since
        self._dice = Random(name)
        self._port = port
        self._stays = stays

    async def follow(self) -> None:
        """Runs until cancelled. Raises ValueError if a revision is missing or comes twice."""
        while True:
            over = self._dice.choice((over_websocket, over_event_stream))
            most = None if self._stays else self._dice.randint(1, _MAX_EVENTS)
            async with over(self._port, self.newest) as events:
                await self.receive(events, most)

    async def receive(self, events: Events, most: int | None) -> None:
        """Receives up to `most` events. Raises ValueError if a revision is not the next."""
        async for revision in events:
            if revision != self.newest + 1:
                raise ValueError(f"After revision {self.newest} a follower received {revision}.")
            self.newest = revision
            most = None if most is None else most - 1
            if most == 0:
                return


@asynccontextmanager
async def over_websocket(port: int, since: int) -> AsyncIterator[Events]:
    """graphql-transport-ws. The connection is aborted at the end."""
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
                    raise ValueError(f"A follower received {text!r}")
            raise ValueError(f"The server closed a subscription: {socket.close_code}.")

        yield events()
    finally:
        socket.transport.abort()


@asynccontextmanager
async def over_event_stream(port: int, since: int) -> AsyncIterator[Events]:
    """Server-Sent Events. The connection is aborted at the end."""
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
            raise ValueError("The server ended a subscription.")
    raise asyncio.IncompleteReadError(b"", None)


def _revision(answer: Any) -> int:
    if "errors" in answer:
        raise ValueError(f"A follower received {answer!r}")
    numbers = {node["revision"]["number"] for node in answer["data"]["changes"]["nodes"]}
    (number,) = numbers
    return int(number)
