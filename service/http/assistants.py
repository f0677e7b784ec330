"""`/mcp`: tools for assistants over the Model Context Protocol (streamable HTTP).

There are no sessions: the server keeps nothing from one request to the next.
"""

from collections.abc import Iterator
from contextvars import ContextVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from service.engine.assisting.parameters import Pairs
from service.engine.assisting.server import IS_INSTALLED, assistant_server
from service.engine.assisting.tools import Tools
from service.engine.engine import Engine
from service.errors import NotFound
from service.http.authorization import Authorization
from service.http.rest.addresses import as_of_address, base_of
from service.http.route import Route

PATH = "/mcp"

# The address of the service, as the client of the current request uses it.
_base: ContextVar[str] = ContextVar("base", default="")


def assistant_routes(engine: Engine, authorization: Authorization) -> Iterator[Route]:
    """The route `/mcp`, which requires the role of a reader."""
    tools = Tools(engine, _address_of)

    async def answer(request: Request) -> Response:
        await authorization.reader(request)
        if not IS_INSTALLED:
            raise NotFound(
                f"{PATH} needs a package that is not installed here: the operator can install "
                "allygraph[mcp]."
            )
        _base.set(base_of(request))
        return _Session(tools, engine.settings.body_bytes)

    yield Route(PATH, answer, methods=["POST"])


def _address_of(name: str, pairs: Pairs, revision: int) -> str:
    return _base.get() + as_of_address(name, pairs, revision)


class _Session(Response):
    """Answers one request by means of the SDK."""

    def __init__(self, tools: Tools, body_bytes: int) -> None:
        super().__init__()
        self._tools = tools
        self._body_bytes = body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Runs an MCP server for the duration of the request."""
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
        from mcp.server.transport_security import TransportSecuritySettings

        manager = StreamableHTTPSessionManager(
            assistant_server(self._tools)._lowlevel_server,
            json_response=True,
            stateless=True,
            max_request_body_size=self._body_bytes,
            # `AllowedHosts` checks the host if the operator has listed names.
            security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        async with manager.run():
            await manager.handle_request(scope, receive, send)
