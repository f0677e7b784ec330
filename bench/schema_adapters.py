"""Adapters for peers with a schema of their own: their documents, and the translation of results.

Before anything is measured, the results of such a peer are translated and compared with those of
AllyGraph. What is measured is the peer's own response, without translation.
"""

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from bench.agreement import Send
from bench.peers.cursor import cursor_of
from bench.workloads import LOOKUP, PAGE, Workload, body

_UNKNOWN_ACTOR = {"slug": "nobody"}


@dataclass(frozen=True, eq=False)
class SchemaAdapter:
    """`documents`: by AllyGraph's document, the peer's. `probe`: a request that shows it is ready.

    `translate`: turns the data of a peer's result into AllyGraph's.
    """

    probe: bytes
    documents: Mapping[str, str]
    translate: Callable[[Any], Any]

    def bodies(self, workload: Workload) -> Iterable[bytes]:
        """The bodies of the peer's requests, with the same variables."""
        document = self.documents.get(workload.document, workload.document)
        return (body(document, variables) for variables in workload.variables)

    def wrap(self, send: Send) -> Send:
        """Takes the body of a request to AllyGraph, and returns a translated result."""

        def send_translated(original: bytes) -> tuple[int, bytes]:
            request = orjson.loads(original)
            document = self.documents.get(request["query"], request["query"])
            status, response = send(body(document, request["variables"]))
            parsed = orjson.loads(response)
            if parsed.get("data"):
                parsed["data"] = self.translate(parsed["data"])
            return status, orjson.dumps(parsed)

        return send_translated


SAME_SCHEMA = SchemaAdapter(
    body('{ actor(by: {slug: "nobody"}) { id } }', {"slug": ""}), {}, lambda data: data
)

_POSTGRAPHILE_PAGE = """
query Page($kind: String!) {
  supports(condition: {kind: $kind}, first: 50) {
    edges {
      cursor
      node {
        id kind phase summary place startedOn endedOn
        supporter { id slug name }
        recipient { id slug name }
        evidence: evidences(first: 3) {
          nodes { stance statement { text saidOn speaker { slug name } } }
        }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""

_POSTGRAPHILE_LOOKUP = """
query Lookup($slug: String!) {
  actor: actorBySlug(slug: $slug) { id slug name kind description }
}
"""

# The concept of an id, by the key of the object that has it.
_CONCEPTS = {"actor": "actor", "supporter": "actor", "recipient": "actor", "node": "support"}


def _from_postgraphile(value: Any, key: str = "") -> Any:
    """Its ids are plain numbers; its cursors contain the order and that number."""
    if isinstance(value, list):
        return [_from_postgraphile(item, key) for item in value]
    if isinstance(value, dict):
        return {name: _translated(name, of, key) for name, of in value.items()}
    return value


def _translated(name: str, value: Any, above: str) -> Any:
    if name == "id":
        return f"{_CONCEPTS[above]}_{value}"
    if name in ("cursor", "endCursor") and value is not None:
        _, (number,) = orjson.loads(base64.b64decode(value))
        return cursor_of(int(number))
    return _from_postgraphile(value, name)


POSTGRAPHILE_4 = SchemaAdapter(
    body(_POSTGRAPHILE_LOOKUP, _UNKNOWN_ACTOR),
    {PAGE: _POSTGRAPHILE_PAGE, LOOKUP: _POSTGRAPHILE_LOOKUP},
    _from_postgraphile,
)
