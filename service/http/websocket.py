"""GraphQL over WebSocket: the handshake, and who is let in. What is said then is a conversation."""

from urllib.parse import urlsplit

from service.errors import TooManySubscriptions
from service.http.conversation import Conversation, Identify
from service.http.messages import Receive, Scope, Send, header
from service.http.socket_messages import SUBPROTOCOL, CloseCode, Closed
from service.http.socket_writer import SocketWriter
from service.live import Live
from service.settings import Settings


class WebSocketGraphQL:
    """The address `/graphql`, asked for a WebSocket: sub-protocol graphql-transport-ws."""

    def __init__(self, settings: Settings, live: Live, identify: Identify) -> None:
        """`identify` reads the header Authorization, or what a client sends in its place."""
        self._settings = settings
        self._live = live
        self._identify = identify

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One socket, from its handshake to its end."""
        await receive()
        if _is_foreign(scope):
            # Before a socket is accepted this is an answer over HTTP: 403.
            await send({"type": "websocket.close"})
            return
        writer = SocketWriter(scope, send, self._settings.slow_reader_seconds)
        if SUBPROTOCOL not in scope["subprotocols"]:
            await send({"type": "websocket.accept"})
            reason = f"Subprotocol not acceptable: speak {SUBPROTOCOL}."
            await writer.close(Closed(CloseCode.SUBPROTOCOL_NOT_ACCEPTABLE, reason))
            return
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL})
        await self._converse(scope, receive, writer)

    async def _converse(self, scope: Scope, receive: Receive, writer: SocketWriter) -> None:
        heartbeat_seconds = self._settings.heartbeat_seconds
        talk = Conversation(self._live, self._identify, scope, receive, writer, heartbeat_seconds)
        try:
            with self._live.connection(talk.leave):
                if self._live.is_ending:
                    await talk.leave()
                await talk.hold()
        except TooManySubscriptions as error:
            await writer.close(Closed(CloseCode.TRY_AGAIN_LATER, error.message))


def _is_foreign(scope: Scope) -> bool:
    """Whether a page of another site asks, which could not read an answer over HTTP either.

    A browser says whose page it is, and lets any page open a socket to any address it can reach.
    Without this, every page could read what is open to anybody in its reader's own network. The
    scheme is left out: behind a proxy it is not known here.
    """
    origin = header(scope, b"origin")
    return bool(origin) and urlsplit(origin).netloc.lower() != header(scope, b"host").lower()
