"""Many who follow the data over graphql-transport-ws: `python -m bench.subscribers PORT COUNT`.

Says in JSON, a line each, that all have subscribed, and of each revision when the last of them
heard of it, by the clock that all processes of a machine share. Ends when it is told to.
"""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import Mapping

import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

_SUBPROTOCOL = Subprotocol("graphql-transport-ws")
_DOCUMENT = "subscription { changes { nodes { action id revision { number } } } }"
# So many knock at a time: the queue of those who wait to be let in has an end.
_AT_A_TIME = 50


class Audience:
    """All of them together: knows when the last has heard."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._subscribed = 0
        self._heard: Counter[int] = Counter()

    def subscribed(self) -> None:
        """One more follows."""
        self._subscribed += 1
        if self._subscribed == self._count:
            _tell({"subscribed": self._count})

    def heard(self, revision: int) -> None:
        """One more has heard of a revision."""
        self._heard[revision] += 1
        if self._heard[revision] == self._count:
            _tell({"revision": revision, "at": time.monotonic()})


async def gather(port: int, count: int) -> None:
    """Subscribes so many, each on a socket of its own, and listens until this is ended."""
    subscribed, door = Audience(count), asyncio.Semaphore(_AT_A_TIME)
    async with asyncio.TaskGroup() as group:
        for _ in range(count):
            group.create_task(_listen(port, subscribed, door))


async def _listen(port: int, subscribed: Audience, door: asyncio.Semaphore) -> None:
    async with door:
        socket = await connect(
            f"ws://127.0.0.1:{port}/graphql",
            subprotocols=[_SUBPROTOCOL],
            compression=None,
            ping_interval=None,
        )
        await _subscribe(socket)
    subscribed.subscribed()
    async for text in socket:
        message = orjson.loads(text)
        match message["type"]:
            case "next":
                (first, *_) = message["payload"]["data"]["changes"]["nodes"]
                subscribed.heard(first["revision"]["number"])
            case "ping":
                await _say(socket, {"type": "pong"})
            case _:
                raise ConnectionError(f"Unexpected: {message!r}")
    raise ConnectionError("A subscriber was sent away.")


async def _subscribe(socket: ClientConnection) -> None:
    await _say(socket, {"type": "connection_init"})
    await _expect(socket, "connection_ack")
    await _say(socket, {"type": "subscribe", "id": "1", "payload": {"query": _DOCUMENT}})
    # Nothing says that a subscription has begun; but what is said after it is answered after it.
    await _say(socket, {"type": "ping"})
    await _expect(socket, "pong")


async def _say(socket: ClientConnection, message: Mapping[str, object]) -> None:
    await socket.send(orjson.dumps(message).decode())


async def _expect(socket: ClientConnection, kind: str) -> None:
    message = orjson.loads(await socket.recv())
    if message["type"] != kind:
        raise ConnectionError(f"{kind} was expected, not {message!r}")


def _tell(report: Mapping[str, object]) -> None:
    sys.stdout.buffer.write(orjson.dumps(report) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    try:
        asyncio.run(gather(*(int(argument) for argument in sys.argv[1:])))
    except ExceptionGroup as group:
        # One is enough: where a server ends, all say the same.
        sys.exit(repr(group.exceptions[0]))
