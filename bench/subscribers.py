"""Many subscribers over graphql-transport-ws: `python -m bench.subscribers PORT COUNT`.

Prints a JSON line when all have subscribed, and one for each revision when the last of them has
received it, with the time of the clock that all processes of a machine share. Runs until SIGTERM.
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
# Concurrent handshakes: the backlog of a listening socket is limited.
_MAX_HANDSHAKES = 50


class Progress:
    """Counts the subscribers that have subscribed, and that have received each revision."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._subscribed = 0
        self._received: Counter[int] = Counter()

    def subscribed(self) -> None:
        """Counts a subscriber that has subscribed."""
        self._subscribed += 1
        if self._subscribed == self._count:
            _print({"subscribed": self._count})

    def received(self, revision: int) -> None:
        """Counts a subscriber that has received a revision."""
        self._received[revision] += 1
        if self._received[revision] == self._count:
            _print({"revision": revision, "at": time.monotonic()})


async def gather(port: int, count: int) -> None:
    """Opens this many subscriptions, each on its own socket, and receives until it is cancelled."""
    progress, handshakes = Progress(count), asyncio.Semaphore(_MAX_HANDSHAKES)
    async with asyncio.TaskGroup() as group:
        for _ in range(count):
            group.create_task(_subscribe_and_receive(port, progress, handshakes))


async def _subscribe_and_receive(
    port: int, progress: Progress, handshakes: asyncio.Semaphore
) -> None:
    async with handshakes:
        socket = await connect(
            f"ws://127.0.0.1:{port}/graphql",
            subprotocols=[_SUBPROTOCOL],
            compression=None,
            ping_interval=None,
        )
        await _subscribe(socket)
    progress.subscribed()
    async for text in socket:
        message = orjson.loads(text)
        match message["type"]:
            case "next":
                (first, *_) = message["payload"]["data"]["changes"]["nodes"]
                progress.received(first["revision"]["number"])
            case "ping":
                await _send(socket, {"type": "pong"})
            case _:
                raise ConnectionError(f"Unexpected: {message!r}")
    raise ConnectionError("The server closed a subscription.")


async def _subscribe(socket: ClientConnection) -> None:
    await _send(socket, {"type": "connection_init"})
    await _expect(socket, "connection_ack")
    await _send(socket, {"type": "subscribe", "id": "1", "payload": {"query": _DOCUMENT}})
    # The protocol does not confirm a subscription, but the server replies in order.
    await _send(socket, {"type": "ping"})
    await _expect(socket, "pong")


async def _send(socket: ClientConnection, message: Mapping[str, object]) -> None:
    await socket.send(orjson.dumps(message).decode())


async def _expect(socket: ClientConnection, kind: str) -> None:
    message = orjson.loads(await socket.recv())
    if message["type"] != kind:
        raise ConnectionError(f"Expected {kind}, got {message!r}")


def _print(report: Mapping[str, object]) -> None:
    sys.stdout.buffer.write(orjson.dumps(report) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    try:
        asyncio.run(gather(*(int(argument) for argument in sys.argv[1:])))
    except ExceptionGroup as group:
        # One error is reported: if the server stops, all subscribers have the same.
        sys.exit(repr(group.exceptions[0]))
