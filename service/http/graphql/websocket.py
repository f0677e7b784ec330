"""GraphQL over WebSocket: the handshake, and who is let in. What is said then is a conversation."""

from service.engine.live import Live
from service.errors import TooManySubscriptions
from service.http.asgi import Receive, Scope, Send
from service.http.client_identity import Clients
from service.http.graphql.transport_ws import Conversation, Identify
from service.http.graphql.ws_messages import SUBPROTOCOL, CloseCode, Closed
from service.http.graphql.ws_writer import SocketWriter
from service.http.middleware.cors import is_foreign, read_origins
from service.http.response_headers import marks
from service.observability.request_context import context_of, under_way
from service.settings import Settings


class WebSocketGraphQL:
    """The address `/graphql`, asked for a WebSocket: sub-protocol graphql-transport-ws."""

    def __init__(
        self, settings: Settings, live: Live, identify: Identify, clients: Clients | None = None
    ) -> None:
        """`identify` reads the header Authorization, or what a client sends in its place.

        `clients` tells one client from another.
        """
        self._clients = clients or Clients()
        self._settings = settings
        self._live = live
        self._identify = identify
        self._origins = read_origins(settings.cors_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One socket, from its handshake to its end."""
        await receive()
        under_way.set(scope)
        named = marks(scope, context_of(scope))
        if is_foreign(scope, self._origins):
            # Before a socket is accepted this is an answer over HTTP: 403.
            await send({"type": "websocket.close"})
            return
        writer = SocketWriter(send, self._settings.slow_reader_seconds)
        if SUBPROTOCOL not in scope["subprotocols"]:
            await send({"type": "websocket.accept", "headers": named})
            reason = f"Subprotocol not acceptable: speak {SUBPROTOCOL}."
            await writer.close(Closed(CloseCode.SUBPROTOCOL_NOT_ACCEPTABLE, reason))
            return
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL, "headers": named})
        await self._converse(scope, receive, writer)

    async def _converse(self, scope: Scope, receive: Receive, writer: SocketWriter) -> None:
        heartbeat_seconds = self._settings.heartbeat_seconds
        talk = Conversation(
            self._live, self._identify, scope, receive, writer, heartbeat_seconds, self._clients
        )
        try:
            with self._live.connection(talk.leave, self._clients.client_of(scope)):
                if self._live.is_ending:
                    await talk.leave()
                await talk.hold()
        except TooManySubscriptions as error:
            await writer.close(Closed(CloseCode.TRY_AGAIN_LATER, error.message))
