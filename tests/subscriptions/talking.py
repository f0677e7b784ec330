"""A WebSocket on which a test sends and receives messages of graphql-transport-ws."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Self

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

SUBPROTOCOL = "graphql-transport-ws"
SUBSCRIPTION = "subscription { changes }"


class Talk:
    """One socket."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def say(self, type: str, **rest: object) -> None:
        self.socket.send(json.dumps({"type": type, **rest}))

    def hear(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self.socket.recv(timeout=20))
        return message

    def begin(self, payload: dict[str, object] | None = None) -> Self:
        """Sends connection_init, and receives connection_ack."""
        self.say("connection_init", **({} if payload is None else {"payload": payload}))
        assert self.hear() == {"type": "connection_ack"}
        return self

    def ask(self, id: str, document: str, **variables: object) -> None:
        self.say("subscribe", id=id, payload={"query": document, "variables": variables})

    def follow(self, id: str = "1", **variables: object) -> None:
        """Subscribes, and returns when the subscription is active."""
        self.ask(id, SUBSCRIPTION, **variables)
        self.say("ping")
        if "since" not in variables:
            assert self.hear() == {"type": "pong"}

    def revision(self) -> int:
        """Returns the revision of the next event."""
        message = self.hear()
        assert message["type"] == "next", message
        revision: int = message["payload"]["data"]["changes"]["revision"]
        return revision

    def code(self) -> str:
        """Returns the code of the next error."""
        message = self.hear()
        assert message["type"] == "error", message
        code: str = message["payload"][0]["extensions"]["code"]
        return code

    def end(self) -> tuple[int, str]:
        """Returns the code and the reason with which the server closes the socket."""
        with suppress(ConnectionClosed):
            while True:
                self.socket.recv(timeout=20)
        assert self.socket.close_code is not None
        return self.socket.close_code, self.socket.close_reason or ""


@contextmanager
def talking(
    url: str, subprotocols: tuple[str, ...] = (SUBPROTOCOL,), **options: Any
) -> Iterator[Talk]:
    """Yields an open socket."""
    address = url.replace("http:", "ws:") + "/graphql"
    offered = [Subprotocol(name) for name in subprotocols] or None
    with connect(address, subprotocols=offered, compression=None, **options) as socket:
        yield Talk(socket)
