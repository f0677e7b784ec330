"""The tools for assistants, called by the client of the official SDK over both transports."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import Client, StdioServerParameters

from service.http import assistants
from tests.commands import ROOT, serving
from tests.http.application import service
from tests.http.conftest import Send
from tests.stores import url_of

Json = dict[str, Any]
TOOLS = {"find_actor", "supports", "totals", "network", "paths", "statements", "cite"}
JSON_RPC = {"accept": "application/json, text/event-stream", "content-type": "application/json"}


def asked(server: Any, ask: Callable[[Client], Awaitable[Any]]) -> Any:
    """Returns what a client gets from a server, which is an address or a command."""

    async def session() -> Any:
        async with Client(server) as client:
            return await ask(client)

    return asyncio.run(session())


async def told(client: Client, tool: str, **arguments: Any) -> Json:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    answer: Json = result.structured_content or {}
    # An assistant without structured results reads the same as text.
    assert json.loads(getattr(result.content[0], "text", "")) == answer
    return answer


async def research(client: Client) -> Json:
    """Calls the tools as an assistant does: an actor, its supports, their sources, a citation."""
    tools = (await client.list_tools()).tools
    found = await told(client, "find_actor", name="Nordkorea")
    actor = found["actors"][0]["id"]
    supports = await told(client, "supports", supporter=actor, kind="MILITARY", first=1)
    support = supports["supports"][0]["id"]
    refused = await client.call_tool("supports", {"kind": "NOTHING"})
    return {
        "tools": tools,
        "supports": supports,
        "totals": await told(client, "totals", group_by=["KIND"], supporter=actor),
        "network": await told(client, "network", around=["russia"], kind="MILITARY"),
        "paths": await told(client, "paths", supporter="iran", recipient="north-korea"),
        "statements": await told(client, "statements", support=support),
        "cite": await told(client, "cite", of="supports", query="kind=TROOPS", format="bibtex"),
        "refused": refused,
    }


def check(found: Json, address: str, send: Send) -> None:
    """Compares the results of an assistant with those of REST."""
    assert {tool.name for tool in found["tools"]} == TOOLS
    assert all(tool.annotations.read_only_hint and tool.description for tool in found["tools"])
    supports = found["supports"]
    rest = send("GET", "/api/v1/supports?supporter.slug=north-korea&kind.under=MILITARY").json()
    (support,) = supports["supports"]
    assert support["id"] == rest["data"][0]["id"]
    assert supports["total"] == rest["page"]["totalCount"]
    assert supports["address"].startswith(f"{address}/api/v1/supports?supporter.id=actor_")
    assert supports["address"].endswith("&asOf=1")
    assert supports["address"] in supports["citation"]
    assert "CC BY 4.0" in supports["citation"]
    # Unknown values are left out.
    assert None not in support.values()
    assert {each["support"]["id"] for each in support["evidence"] if "support" in each} == set()
    assert all(each["statement"]["source"]["title"] for each in support["evidence"])
    totals = send("GET", "/api/v1/totals?groupBy=KIND&supporter.slug=north-korea").json()
    assert [group["kind"] for group in found["totals"]["totals"]] == [
        group["kind"] for group in totals["data"]
    ]
    network = send("GET", "/api/v1/network?around=russia&kind.under=MILITARY").json()["data"]
    assert [(edge["supporter"]["id"], edge["certain"]) for edge in found["network"]["edges"]] == [
        (edge["supporter"]["id"], edge["certain"]) for edge in network["edges"]
    ]
    assert "around=russia" in found["network"]["citation"]
    paths = send("GET", "/api/v1/paths?from=iran&to=north-korea").json()["data"]
    assert [path["hops"] for path in found["paths"]["paths"]] == [path["hops"] for path in paths]
    (step, *_) = found["paths"]["paths"][0]["steps"]
    assert step["supports"][0].keys() >= {"id", "kind", "phase"}
    statements = found["statements"]["statements"]
    assert {each["id"] for each in statements} == {
        each["statement"]["id"] for each in support["evidence"]
    }
    assert found["cite"]["citation"].startswith("@misc{allygraph-r1-")
    assert found["refused"].is_error
    assert "BAD_USER_INPUT: `kind.under`: unknown 'NOTHING'" in found["refused"].content[0].text


def test_an_assistant_asks_over_http(seeded: Path, send: Send) -> None:
    with serving("--database-url", url_of(seeded)) as server:
        check(asked(f"{server.url}/mcp", research), server.url, send)


def test_an_assistant_asks_over_standard_input(seeded: Path, send: Send) -> None:
    command = ["-m", "service.cli", "mcp", "--database-url", url_of(seeded)]
    server = StdioServerParameters(command=sys.executable, args=command, cwd=ROOT)
    check(asked(server, research), "", send)


def call(tool: str, **arguments: Any) -> Json:
    params = {"name": tool, "arguments": arguments}
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}


def result_of(answer: httpx.Response) -> Json:
    result: Json = answer.raise_for_status().json()["result"]
    return result


def test_each_request_stands_alone(send: Send) -> None:
    answer = send("POST", "/mcp", json=call("find_actor", name="Iran"), headers=JSON_RPC)
    assert "mcp-session-id" not in answer.headers
    assert result_of(answer)["structuredContent"]["actors"][0]["name"] == "Iran"
    assert send("GET", "/mcp").status_code == 405


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("find_actor", {"name": " "}, "`name` has no letters or digits; give a name, a code"),
        ("find_actor", {"name": "!?"}, "`name` has no letters or digits"),
        ("find_actor", {"name": "x" * 301}, "`name` has 301 characters; the limit is 300."),
        ("supports", {"first": 51}, "`first` must be between 1 and 50, but is 51."),
        ("totals", {"group_by": ["NOTHING"]}, "unknown 'NOTHING'"),
        ("statements", {"as_of": "99"}, "UNKNOWN_REVISION"),
        (
            "supports",
            {"year": 2024},
            "BAD_USER_INPUT: unknown argument 'year'; known: supporter, rec",
        ),
        (
            "network",
            {"around": "iran", "hops": "x"},
            "BAD_USER_INPUT: `around` must be a list. `hops`",
        ),
        ("paths", {"supporter": "iran"}, "BAD_USER_INPUT: `recipient` is missing."),
        ("supports", {"supporter": "persia"}, "NOT_FOUND: There is no actor 'persia'. Find actors"),
        ("supports", {"dataset": "esd"}, "NOT_FOUND: There is no data set 'esd'."),
        (
            "totals",
            {"group_by": ["KIND"], "recipient": "actor_999"},
            "There is no actor 'actor_999'",
        ),
        ("network", {"around": ["iran", "persia"]}, "There is no actor 'persia'."),
        ("network", {"around": ["persia"] * 51}, "`around` must have between 1 and 50 actors"),
        ("paths", {"supporter": "persia", "recipient": "iran"}, "There is no actor 'persia'."),
        ("statements", {"speaker": "nobody"}, "There is no actor 'nobody'."),
        ("statements", {"support": "support_999"}, "There is no support 'support_999'."),
        ("cite", {"of": "nothing"}, "`of`: unknown 'nothing'"),
        ("cite", {"of": "actors", "format": "ris"}, "`format`: unknown 'ris'"),
    ],
)
def test_a_mistake_is_told_to_the_assistant(
    send: Send, tool: str, arguments: Json, message: str
) -> None:
    answer = send("POST", "/mcp", json=call(tool, **arguments), headers=JSON_RPC)
    result = result_of(answer)
    assert result["isError"]
    told = result["content"][0]["text"]
    assert message in told
    assert "\n" not in told


def test_reads_need_a_token_where_the_operator_says_so(
    seeded: Path, runner: asyncio.Runner
) -> None:
    with service(seeded, runner, read="token") as running:
        options = {"json": call("find_actor", name="Iran"), "headers": JSON_RPC}
        assert running.send("POST", "/mcp", **options).status_code == 401


def test_the_rate_limit_and_the_limit_of_bodies_hold(seeded: Path, runner: asyncio.Runner) -> None:
    with service(seeded, runner, requests_per_minute=2, body_bytes=2_000) as running:
        options = {"json": call("find_actor", name="x" * 3_000), "headers": JSON_RPC}
        statuses = [running.send("POST", "/mcp", **options).status_code for _ in range(3)]
    assert statuses == [413, 413, 429]


def test_without_the_sdk_the_address_says_what_to_install(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistants, "IS_INSTALLED", False)
    answer = send("POST", "/mcp", json=call("find_actor", name="Iran"), headers=JSON_RPC)
    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")
    assert "allygraph[mcp]" in answer.json()["detail"]
