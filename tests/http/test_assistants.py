"""The tools for assistants, called by the client of the official SDK over both transports."""

import asyncio
import gzip
import json
import signal
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
        ("cite", {"of": "actors", "query": "kind=STATE&" * 101}, "`query` cannot be parsed"),
        ("totals", {"group_by": [1] * 900}, "`group_by.4`: Input should be a valid string."),
    ],
)
def test_an_error_is_reported_to_the_assistant(
    send: Send, tool: str, arguments: Json, message: str
) -> None:
    answer = send("POST", "/mcp", json=call(tool, **arguments), headers=JSON_RPC)
    result = result_of(answer)
    assert result["isError"]
    told = result["content"][0]["text"]
    assert message in told
    assert "\n" not in told


def test_of_many_mistakes_the_first_are_reported(send: Send) -> None:
    answer = send("POST", "/mcp", json=call("totals", group_by=[1] * 900), headers=JSON_RPC)
    assert "group_by.5" not in answer.text
    assert len(answer.content) < 1_000


@pytest.mark.parametrize("body", [{"group_by": [1] * 5_000}, {f"a{n}": n for n in range(5_000)}])
def test_a_message_of_very_many_values_is_refused(send: Send, body: Json) -> None:
    answer = send("POST", "/mcp", json=call("totals", **body), headers=JSON_RPC)
    assert (answer.status_code, answer.json()["code"]) == (400, "BAD_REQUEST")
    assert "more than 1000 values" in answer.text


@pytest.mark.parametrize(("coding", "status"), [("gzip", 200), ("", 200), ("br", 415)])
def test_a_coded_message_is_decoded_or_refused(send: Send, coding: str, status: int) -> None:
    message = json.dumps(call("find_actor", name="Iran")).encode()
    body = gzip.compress(message) if coding == "gzip" else message
    coded = {"content-encoding": coding} if coding else {}
    answer = send("POST", "/mcp", content=body, headers=JSON_RPC | coded)
    assert answer.status_code == status


def test_another_media_type_and_what_is_no_json_are_refused(send: Send) -> None:
    plain = JSON_RPC | {"content-type": "text/plain"}
    assert send("POST", "/mcp", content=b"{}", headers=plain).status_code == 415
    answer = send("POST", "/mcp", content=b"{", headers=JSON_RPC)
    assert (answer.status_code, answer.json()["code"]) == (400, "BAD_REQUEST")


def test_the_header_for_a_revision_holds_for_tools(send: Send) -> None:
    def asked_as_of(moment: str, tool: str = "supports", **arguments: Any) -> httpx.Response:
        headers = JSON_RPC | {"allygraph-as-of": moment}
        return send("POST", "/mcp", json=call(tool, **arguments), headers=headers)

    newest = asked_as_of("1")
    assert result_of(newest)["structuredContent"]["total"] > 0
    earlier = asked_as_of("0")
    assert earlier.headers["allygraph-as-of"] == "0"
    found = result_of(earlier)["structuredContent"]
    assert (found["total"], found["revision"]) == (0, 0)
    assert found["address"].endswith("asOf=0")
    assert result_of(asked_as_of("0", "find_actor", name="Iran"))["structuredContent"] == {
        "actors": []
    }
    told = result_of(asked_as_of("0", as_of="1"))["content"][0]["text"]
    assert "AS_OF_CONFLICT" in told
    for moment in ("99", "yesterday", "1, 0"):
        assert asked_as_of(moment).status_code == 400


def test_responses_cannot_be_embedded_or_stored(send: Send) -> None:
    answer = send("POST", "/mcp", json=call("find_actor", name="Iran"), headers=JSON_RPC)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("log_format", ["human", "json"])
def test_nothing_that_an_assistant_sends_is_logged(seeded: Path, log_format: str) -> None:
    settings = {"ALLYGRAPH_LOG_FORMAT": log_format}
    with serving("--database-url", url_of(seeded), **settings) as server:
        for arguments in ({"supporter": "secret-name"}, {"first": "secret-name"}):
            message = call("supports", **arguments)
            answer = httpx.post(f"{server.url}/mcp", json=message, headers=JSON_RPC, timeout=60)
            answer.raise_for_status()
        server.process.send_signal(signal.SIGTERM)
        ended = server.end()
    lines = ended.err.splitlines()
    assert [line for line in lines if "secret-name" in line] == []
    if log_format == "json":
        assert all(json.loads(line) for line in lines)
    else:
        assert all("started" in line or "stopped" in line for line in lines)


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
