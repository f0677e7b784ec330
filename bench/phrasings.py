"""How peers with a schema of their own are asked for the same, and what their answers come to.

Before anything is timed, what such a peer answers is put into AllyGraph's words and compared with
what AllyGraph answers. What is timed is the peer's own answer: nobody translates that.
"""

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from bench.agreement import Ask
from bench.peers.cursor import cursor_of
from bench.works import LOOKUP, PAGE, Work, body

_NOBODY = {"slug": "nobody"}


@dataclass(frozen=True, eq=False)
class Phrasing:
    """`documents`: by AllyGraph's document, the peer's own. `greeting`: asks whether it answers.

    `translate`: turns the data that the peer answers into what AllyGraph would call it.
    """

    greeting: bytes
    documents: Mapping[str, str]
    translate: Callable[[Any], Any]

    def bodies(self, work: Work) -> Iterable[bytes]:
        """The bodies of the requests, with the same variables."""
        document = self.documents.get(work.document, work.document)
        return (body(document, variables) for variables in work.variables)

    def asking(self, ask: Ask) -> Ask:
        """Takes a body of AllyGraph's and gives an answer in its words."""

        def asked(given: bytes) -> tuple[int, bytes]:
            request = orjson.loads(given)
            document = self.documents.get(request["query"], request["query"])
            status, answer = ask(body(document, request["variables"]))
            parsed = orjson.loads(answer)
            if parsed.get("data"):
                parsed["data"] = self.translate(parsed["data"])
            return status, orjson.dumps(parsed)

        return asked


OURS = Phrasing(body('{ actor(by: {slug: "nobody"}) { id } }', {"slug": ""}), {}, lambda data: data)

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

# What an id belongs to, by the key beneath which it is found.
_CONCEPTS = {"actor": "actor", "supporter": "actor", "recipient": "actor", "node": "support"}


def _from_postgraphile(value: Any, key: str = "") -> Any:
    """Its ids are the bare numbers; its cursors name the order and the same number."""
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


POSTGRAPHILE_4 = Phrasing(
    body(_POSTGRAPHILE_LOOKUP, _NOBODY),
    {PAGE: _POSTGRAPHILE_PAGE, LOOKUP: _POSTGRAPHILE_LOOKUP},
    _from_postgraphile,
)
