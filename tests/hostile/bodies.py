"""Hostile bodies: expensive to receive, to decode or to parse, whatever they ask."""

import gzip
import json

from tests.hostile.request import Hostile, Json

_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"
_GZIP = {"content-type": _JSON, "content-encoding": "gzip"}
_ASSISTANT = {"content-type": _JSON, "accept": "application/json, text/event-stream"}


def _called(name: str, tool: str, arguments: Json) -> Hostile:
    """A call of a tool for assistants."""
    params = {"name": tool, "arguments": arguments}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    return Hostile(f"assistants: {name}", "/mcp", json.dumps(message), headers=_ASSISTANT)


BODIES: tuple[Hostile, ...] = (
    Hostile("body: 45,000 empty gzip members", "/graphql", gzip.compress(b"") * 45_000, _GZIP),
    Hostile("body: gzip of a gigabyte", "/graphql", gzip.compress(b" " * 10**8) * 9, _GZIP),
    Hostile(
        "body: gzip of 100 MB for a bulk request",
        "/api/v1/bulk?dryRun=true",
        gzip.compress(b"\n" * 99_000_000),
        {"content-type": "application/x-ndjson", "content-encoding": "gzip"},
        writes=True,
    ),
    Hostile(
        "body: a form of 990 kB with each character escaped",
        "/api/v1/reconcile",
        b"queries=" + b"%41" * 330_000,
        {"content-type": _FORM},
    ),
    Hostile(
        "body: 300,000 extensions",
        "/graphql",
        '{"query": "{ __typename }", "extensions": {"a": [' + "{}," * 299_999 + "{}]}}",
    ),
    _called("50 supports", "supports", {"first": 50}),
    _called("300,000 values of the wrong type", "totals", {"group_by": [1] * 300_000}),
    _called("900 values of the wrong type", "totals", {"group_by": [1] * 900}),
    _called("20,000 actors", "network", {"around": ["iran"] * 20_000, "hops": 4}),
    _called("a text of 900 kB", "statements", {"contains": "x" * 900_000}),
    _called(
        "a query of 90 kB", "cite", {"of": "supports", "query": "note.contains=" + "%41" * 30_000}
    ),
)
