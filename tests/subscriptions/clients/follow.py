"""Does the same as `follow.mjs`, with Python's gql."""

import asyncio
import json
import sys
from typing import Any

from gql import Client, GraphQLRequest
from gql.transport.exceptions import TransportConnectionFailed, TransportQueryError
from gql.transport.websockets import WebsocketsTransport


def tell(line: object) -> None:
    print(json.dumps(line), flush=True)


async def follow(asked: dict[str, Any]) -> None:
    """Follows until the connection is lost, or all events have arrived."""
    token, variables = asked.get("token"), asked["variables"]
    transport = WebsocketsTransport(
        url=asked["url"].replace("http:", "ws:"),
        init_payload={"Authorization": f"Bearer {token}"} if token else {},
    )
    async with Client(transport=transport) as session:
        request = GraphQLRequest(asked["query"], variable_values=variables)
        async for data in session.subscribe(request):
            tell({"data": data})
            nodes = data.get("changes", {}).get("nodes")
            if nodes:
                variables["since"] = nodes[0]["revision"]["number"]
            if variables.get("since", 0) >= asked.get("until", float("inf")):
                sys.exit()
    tell({"complete": True})


async def main(asked: dict[str, Any]) -> None:
    while True:
        try:
            await follow(asked)
            return
        except TransportQueryError as error:
            tell({"error": error.errors})
            return
        except (TransportConnectionFailed, OSError):
            await asyncio.sleep(0.02)


asyncio.run(main(json.loads(sys.argv[1])))
