"""GraphQL over WebSocket: the handshake, before a `Conversation` begins."""

from service.engine.live import Live
from service.errors import TooManySubscriptions
from service.http.asgi import Receive, Scope, Send, context_headers, context_of
from service.http.client_identity import Clients
from service.http.graphql.transport_ws import Conversation, Identify
from service.http.graphql.ws_messages import SUBPROTOCOL, CloseCode, Closed
from service.http.graphql.ws_writer import SocketWriter
from service.http.middleware.cors import is_foreign, read_origins
from service.request.context import RequestContext
from service.settings import Settings


class WebSocketGraphQL:
    """WebSockets at `/graphql`, with the sub-protocol graphql-transport-ws."""

    def __init__(
        self, settings: Settings, live: Live, identify: Identify, clients: Clients | None = None
    ) -> None:
        """`identify`: authenticates the header Authorization, or the value that replaces it.

        `clients`: identifies clients for limits.
        """
        self._clients = clients or Clients()
        self._settings = settings
        self._live = live
        self._identify = identify
        self._origins = read_origins(settings.cors_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one socket, from the handshake to the end."""
        await receive()
        context = context_of(scope)
        headers = context_headers(context)
        if is_foreign(scope, self._origins):
            # If the socket is closed before it is accepted, the server responds with 403.
            await send({"type": "websocket.close"})
            return
        writer = SocketWriter(send, self._settings.slow_reader_seconds)
        if SUBPROTOCOL not in scope["subprotocols"]:
            await send({"type": "websocket.accept", "headers": headers})
            reason = f"Subprotocol not acceptable: speak {SUBPROTOCOL}."
            await writer.close(Closed(CloseCode.SUBPROTOCOL_NOT_ACCEPTABLE, reason))
            return
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL, "headers": headers})
        await self._converse(scope, context, receive, writer)

    async def _converse(
        self, scope: Scope, context: RequestContext, receive: Receive, writer: SocketWriter
    ) -> None:
        conversation = Conversation(
            self._live,
            self._identify,
            scope,
            context,
            receive,
            writer,
            self._settings.heartbeat_seconds,
            self._clients,
        )
        try:
            with self._live.connection(conversation.leave, self._clients.client_of(scope)):
                if self._live.is_ending:
                    await conversation.leave()
                await conversation.hold()
        except TooManySubscriptions as error:
            await writer.close(Closed(CloseCode.TRY_AGAIN_LATER, error.message))
