"""A hostile request: GraphQL or REST, up to the default limits."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

Json = dict[str, Any]


class Hostile(NamedTuple):
    """One way to be expensive. `path` is below the address of the service."""

    name: str
    path: str
    # JSON with a key "query" if it is GraphQL; or what is sent as it is.
    body: Json | str | bytes | None = None
    headers: Mapping[str, str] = {}
    # Whether an editor sends it.
    writes: bool = False

    def content(self, times: int) -> bytes | None:
        """Returns the body with different white space each time, so that no cache has its text."""
        if not isinstance(self.body, dict):
            return self.body.encode() if isinstance(self.body, str) else self.body
        body = dict(self.body)
        if "query" in body:
            body["query"] = " " * (times % 1_000) + body["query"]
        return json.dumps(body).encode()


def asked(name: str, document: str, **variables: Any) -> Hostile:
    """Returns a GraphQL query."""
    return Hostile(name, "/graphql", {"query": document, "variables": variables})


def got(name: str, path: str, **headers: str) -> Hostile:
    """Returns a REST read."""
    return Hostile(name, f"/api/v1{path}", headers=headers)


def written(name: str, document: str, **variables: Any) -> Hostile:
    """Returns a mutation."""
    return asked(name, document, **variables)._replace(writes=True)


def nested(opening: str, times: int, leaf: str) -> str:
    """Returns the selection nested within itself this many times."""
    return opening * times + leaf + "}" * (opening.count("{") * times)


def many(times: int, text: str) -> str:
    """Returns the text this many times, each with its number in place of `%`."""
    return " ".join(text.replace("%", str(number)) for number in range(times))
