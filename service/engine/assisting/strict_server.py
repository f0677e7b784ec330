"""A server that rejects unknown arguments of its tools and words its errors plainly.

The SDK ignores an argument that a tool does not have, so a call with a misspelt filter would run
without that filter. Importing this module needs the extra `mcp`.
"""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, InputRequiredResult, Tool
from pydantic import ValidationError

from schema.values.shown import shown
from service.errors import BadInput, bounded

# Once an assistant has corrected these, the next response lists the others.
_DESCRIBED_MOST = 5

# Plain words for types of problems that the SDK reports; other types keep the SDK's message.
_PLAIN: Mapping[str, str] = {"missing": "is missing", "sequence_str": "must be a list"}


class StrictServer(MCPServer):
    """Rejects invalid calls with BAD_USER_INPUT and a message of one line."""

    async def list_tools(self) -> list[Tool]:
        """Lists the tools; each schema forbids other arguments."""
        tools = await super().list_tools()
        for tool in tools:
            tool.input_schema = {**tool.input_schema, "additionalProperties": False}
        return tools

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Calls a tool. Raises ToolError for unknown or invalid arguments."""
        for tool in await self.list_tools():
            if tool.name == name:
                _refuse_others(arguments, tool.input_schema["properties"])
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                problems = islice(error.__cause__.errors(), _DESCRIBED_MOST)
                raise _refusal(map(_described, problems)) from None
            raise


def _refuse_others(arguments: Mapping[str, Any], known: Iterable[str]) -> None:
    others = [shown(name) for name in arguments if name not in known]
    if others:
        raise _refusal([f"unknown argument {others[0]}; known: {', '.join(known)}."])


def _described(problem: Mapping[str, Any]) -> str:
    place = ".".join(map(str, problem["loc"]))
    if problem["type"] in _PLAIN:
        return f"`{place}` {_PLAIN[problem['type']]}."
    return f"`{place}`: {problem['msg']}."


def _refusal(problems: Iterable[str]) -> ToolError:
    return ToolError(bounded(f"{BadInput.code}: {' '.join(problems)}"))
