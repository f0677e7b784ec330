"""`/mcp`: tools for assistants over the Model Context Protocol (streamable HTTP).

There are no sessions: the server keeps nothing from one request to the next.
"""

import asyncio
from collections.abc import Iterator
from contextvars import ContextVar
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from service.engine.assisting.parameters import Pairs
from service.engine.assisting.server import IS_INSTALLED, assistant_server
from service.engine.assisting.tools import Tools
from service.engine.background import has_many
from service.engine.engine import Engine
from service.errors import MalformedBody, NotFound
from service.http.asgi import AS_OF, Message, Scope
from service.http.authorization import Authorization
from service.http.request_body import CONTENT_ENCODING, body_of, json_of
from service.http.rest.addresses import as_of_address, base_of
from service.http.route import Route
from service.http.security_headers import ANSWER_HEADERS
from service.request.context import RequestContext
from service.settings import Settings

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

PATH = "/mcp"

_JSON = "application/json"
# Lower than the limits of other bodies, because the SDK parses a message several times.
_BODY_MOST = 100_000
_VALUES_MOST = 1_000

# The address of the service, as the client of the current request uses it.
_base: ContextVar[str] = ContextVar("base", default="")


def assistant_routes(engine: Engine, authorization: Authorization) -> Iterator[Route]:
    """The route `/mcp`, which requires the role of a reader."""
    assistants = _Assistants(engine.settings, Tools(engine, _address_of), authorization)
    yield Route(PATH, assistants.answer, methods=["POST"])


def _address_of(name: str, pairs: Pairs, revision: int) -> str:
    return _base.get() + as_of_address(name, pairs, revision)


class _Assistants:
    """Answers requests by means of the SDK."""

    def __init__(self, settings: Settings, tools: Tools, authorization: Authorization) -> None:
        """Prepares no server: the first request imports the SDK, which takes 30 MB."""
        self._body_most = min(_BODY_MOST, settings.body_bytes)
        self._tools = tools
        self._authorization = authorization
        self._server: MCPServer | None = None
        self._preparing = asyncio.Lock()

    async def answer(self, request: Request) -> Response:
        """Returns the response of the SDK.

        Raises AccessError, RequestError, NotFound, and the errors of `AllyGraph-As-Of`.
        """
        context = await self._authorization.reader(request)
        if not IS_INSTALLED:
            raise NotFound(
                f"{PATH} needs a package that is not installed here: the operator can install "
                "allygraph[mcp]."
            )
        body = await self._body(request)
        await self._tools.check(context)
        _base.set(base_of(request))
        return await _answered(await self._prepared(), request, body, context)

    async def _body(self, request: Request) -> bytes:
        body = await body_of(request, self._body_most, (_JSON,))
        if has_many(json_of(body), _VALUES_MOST):
            raise MalformedBody(
                f"The message has more than {_VALUES_MOST} values; send a shorter one."
            )
        return body

    async def _prepared(self) -> "MCPServer":
        """Returns the server with the tools; creates it in a thread, since that takes a second."""
        async with self._preparing:
            if self._server is None:
                self._server = await asyncio.to_thread(assistant_server, self._tools)
        return self._server


async def _answered(
    server: "MCPServer", request: Request, body: bytes, context: RequestContext
) -> Response:
    """Runs the SDK for one message, and returns its complete response."""
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
    from mcp.server.transport_security import TransportSecuritySettings

    manager = StreamableHTTPSessionManager(
        server._lowlevel_server,
        json_response=True,
        stateless=True,
        # `AllowedHosts` checks the host if the operator has listed names.
        security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    sent: list[Message] = []
    given: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return given.pop() if given else await request.receive()

    async def send(message: Message) -> None:
        sent.append(message)

    async with manager.run():
        await manager.handle_request(_decoded(request.scope), receive, send)
    return _response(sent, context)


def _decoded(scope: Scope) -> Scope:
    """Returns the scope without the headers of the encoded body: the SDK gets the decoded one."""
    of_the_body = (CONTENT_ENCODING, b"content-length")
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in of_the_body]}


def _response(sent: list[Message], context: RequestContext) -> Response:
    start, *bodies = sent
    headers = ANSWER_HEADERS | {"cache-control": "no-store"}
    media_type = dict(start["headers"]).get(b"content-type")
    if media_type:
        headers["content-type"] = media_type.decode("latin-1")
    if context.read_as_of is not None:
        headers[AS_OF] = str(context.read_as_of)
    return Response(b"".join(each.get("body", b"") for each in bodies), start["status"], headers)
