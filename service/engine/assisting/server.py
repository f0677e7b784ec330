"""A server of the Model Context Protocol with the tools; the SDK is the extra `mcp`."""

from collections.abc import Awaitable, Callable
from functools import wraps
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ParamSpec

from service import __version__
from service.engine.assisting.tools import Tools
from service.errors import AllyGraphError

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

IS_INSTALLED = find_spec("mcp") is not None

_INSTRUCTIONS = (
    "AllyGraph says who supports whom in armed conflicts, with what, and who says so. Find actors "
    "first; then list supports, totals or statements. Data sets disagree: never add two of them "
    "together, and give the citation of each answer that you use."
)

Arguments = ParamSpec("Arguments")


def assistant_server(tools: Tools) -> "MCPServer":
    """Returns a server that offers these tools, all marked as read-only."""
    from mcp.types import ToolAnnotations

    from service.engine.assisting.strict_server import StrictServer

    server = StrictServer(
        "AllyGraph",
        instructions=_INSTRUCTIONS,
        version=__version__,
        # No tool ever changes, so there is nothing to wait for.
        subscriptions=False,
    )
    only_reads = ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    offered = (
        *(tools.find_actor, tools.supports, tools.totals, tools.network),
        *(tools.paths, tools.statements, tools.cite),
    )
    for tool in offered:
        server.tool(annotations=only_reads)(_with_errors(tool))
    return server


def _with_errors(
    tool: Callable[Arguments, Awaitable[dict[str, Any]]],
) -> Callable[Arguments, Awaitable[dict[str, Any]]]:
    """Wraps a tool so that the assistant reads its errors and can correct its arguments."""
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(tool)
    async def answer(*args: Arguments.args, **kwargs: Arguments.kwargs) -> dict[str, Any]:
        try:
            return await tool(*args, **kwargs)
        except AllyGraphError as error:
            raise ToolError(f"{error.code}: {error.message}") from None

    return answer
