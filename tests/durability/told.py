"""Reads the changes that the service reports, by the identities of the ledger."""

from collections.abc import Iterator
from typing import Any

import httpx

from tests.durability.effects import Name, Row
from tests.durability.ledger import Change
from tests.durability.store import settled

_CHANGES = """query($after: String) {
  changes(since: 0, first: 500, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes {
      revision { number }
      action
      recordId
      record {
        type: __typename
        ... on Actor { slug name description aliases { name } }
        ... on Source { url title }
        ... on Statement {
          text speaker { slug } source { url } mentions(first: 9) { nodes { slug } }
        }
        ... on Support { summary supporter { slug } startedOn place }
        ... on Evidence { support { summary } statement { text } stance }
      }
    }
  }
}"""


def told_changes(url: str) -> list[Change]:
    """Returns every change, in the order in which a client receives them."""
    names: dict[str, Name] = {}
    return [_change(node, names) for node in _nodes(url)]


def _nodes(url: str) -> Iterator[Any]:
    after, more = None, True
    with httpx.Client(base_url=url, timeout=60) as client:
        while more:
            body = {"query": _CHANGES, "variables": {"after": after}}
            answer = client.post("/graphql", json=body).json()
            assert "errors" not in answer, answer
            page = answer["data"]["changes"]
            yield from page["nodes"]
            after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]


def _change(node: Any, names: dict[str, Name]) -> Change:
    """Returns a change. `names`: records by id, because a deleted one has only its id."""
    row: Row | None = None
    if node["record"]:
        names[node["recordId"]], row = _name_and_row(node["record"])
    return Change(node["revision"]["number"], node["action"], names[node["recordId"]], row)


def _name_and_row(record: dict[str, Any]) -> tuple[Name, Row]:
    """Returns the identity, which is the first selected field, and the other fields."""
    kind, key, *rest = ((field, _plain(value)) for field, value in record.items())
    return Name(kind[1], key[1]), settled(dict(rest))


def _plain(value: Any) -> Any:
    """Returns a value. A referenced record becomes its only selected field."""
    if isinstance(value, dict) and "nodes" in value:
        return _plain(value["nodes"])
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        (only,) = value.values()
        return only
    return value
