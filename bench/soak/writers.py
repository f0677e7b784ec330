"""Writers: each writes its own records, one after the other, and records what is acknowledged."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from random import Random
from typing import Any

import orjson

from bench.soak.http import Client, Request, Response
from bench.soak.queries import Failure, Known, graphql

_CREATE_ACTOR = """
mutation CreateActor($input: CreateActorInput!) {
  createActor(input: $input) { actor { id } revision { number } errors { message } }
}
"""
_CREATE_SUPPORT = """
mutation CreateSupport($input: CreateSupportInput!) {
  createSupport(input: $input) { support { id } revision { number } errors { message } }
}
"""
_NAMES = """
query Names($ids: [ID!]!) {
  nodes(ids: $ids) { id ... on Actor { name } ... on Support { summary } }
}
"""
_PAGE_SIZE = 200


class Ledger:
    """The acknowledged writes: the text that each record must have, or None if it is deleted."""

    def __init__(self) -> None:
        """Starts without writes."""
        self.expected: dict[str, str | None] = {}
        self.writes = 0
        self.newest = 0

    def record(self, id: str, text: str | None, revision: int) -> None:
        """Adds an acknowledged write."""
        self.expected[id] = text
        self.writes += 1
        self.newest = max(self.newest, revision)

    async def missing(self, client: Client) -> Iterator[Failure]:
        """Reads every record, and returns the differences."""
        ids, found = list(self.expected), dict[str, str | None]()
        for start in range(0, len(ids), _PAGE_SIZE):
            some = ids[start : start + _PAGE_SIZE]
            found |= dict(zip(some, await _texts(client, some), strict=True))
        return (
            f"{id} is {found[id]!r}, and was acknowledged as {text!r}"
            for id, text in self.expected.items()
            if found[id] != text
        )


async def _texts(client: Client, ids: Sequence[str], *headers: tuple[str, str]) -> list[str | None]:
    """The text of each of these records; None for one that does not exist."""
    request = graphql(_NAMES, {"ids": ids})
    response = await client.request(request._replace(headers=request.headers + headers))
    nodes = orjson.loads(response.body)["data"]["nodes"]
    return [node and (node.get("name") or node["summary"]) for node in nodes]


class Writer:
    """A client with the token of an editor."""

    def __init__(self, name: str, token: str, known: Known, ledger: Ledger) -> None:
        """`name` is in the names of its records."""
        self._name = name
        self._known = known
        self._ledger = ledger
        self._dice = Random(name)
        self._numbers = count(1)
        self._headers = (("Content-Type", "application/json"), ("Authorization", f"Bearer {token}"))
        self._actors: list[str] = []
        self._supports: list[str] = []

    async def write(self, client: Client) -> Failure:
        """Sends one write, and reads it back."""
        number = next(self._numbers)
        choices = [self._create_actor, self._create_support]
        choices += [self._update_actor] if self._actors else []
        choices += [self._delete_support] if self._supports else []
        id, text, request = self._dice.choice(choices)(number)
        key = (("Idempotency-Key", f"{self._name}-{number}"),)
        request = request._replace(headers=self._headers + key)
        response = await client.request(request)
        if wrong := _failure(response):
            return wrong
        revision = _revision(response)
        id = id or _new_id(response)
        self._remember(id)
        self._ledger.record(id, text, revision)
        return await self._read_back(client, request, id, text, revision)

    async def _read_back(
        self, client: Client, request: Request, id: str, text: str | None, revision: int
    ) -> Failure:
        """Checks that the writer reads its write, and that a repeated request changes nothing."""
        if self._dice.random() < 0.1 and _revision(await client.request(request)) != revision:
            return f"{request} took effect twice"
        (found,) = await _texts(client, [id], ("AllyGraph-Revision", str(revision)))
        return "" if found == text else f"{id} reads {found!r} after {text!r} was acknowledged"

    def _remember(self, id: str) -> None:
        known = self._actors if id.startswith("actor") else self._supports
        if id not in self._ledger.expected:
            known.append(id)

    # --- the writes ------------------------------------------------------------------------

    def _create_actor(self, number: int) -> tuple[str, str | None, Request]:
        slug, name = f"{self._name}-{number}", f"Number {number} of {self._name}"
        values = {"slug": slug, "name": name, "kind": "ORGANISATION"}
        return "", name, graphql(_CREATE_ACTOR, {"input": values})

    def _create_support(self, number: int) -> tuple[str, str | None, Request]:
        supporter, recipient = self._dice.sample(self._known.slugs, 2)
        summary = f"Support {number} of {self._name}"
        values = {
            "supporter": {"slug": supporter},
            "recipient": {"slug": recipient},
            "kind": self._dice.choice(self._known.kinds),
            "phase": "DELIVERED",
            "summary": summary,
            "evidence": [{"statement": {"id": "statement_1"}, "stance": "ASSERTS"}],
        }
        return "", summary, graphql(_CREATE_SUPPORT, {"input": values})

    def _update_actor(self, number: int) -> tuple[str, str | None, Request]:
        id, name = self._dice.choice(self._actors), f"Renamed in {number} by {self._name}"
        return id, name, Request("PATCH", f"/api/v1/actors/{id}", orjson.dumps({"name": name}))

    def _delete_support(self, number: int) -> tuple[str, str | None, Request]:
        id = self._supports.pop(self._dice.randrange(len(self._supports)))
        return id, None, Request("DELETE", f"/api/v1/supports/{id}")


def _payload(response: Response) -> Mapping[str, Any]:
    content = orjson.loads(response.body)
    payload: Mapping[str, Any] = next(iter(content["data"].values())) if "data" in content else {}
    return payload


def _failure(response: Response) -> Failure:
    """Returns the failure of a response: its status over REST, its body over GraphQL."""
    if response.status == 204:
        return ""
    done = response.status == 200 and not orjson.loads(response.body).get("errors")
    if done and not _payload(response).get("errors"):
        return ""
    return f"A write returned {response.status}: {response.body[:300]!r}"


def _revision(response: Response) -> int:
    payload = _payload(response) if response.body else {}
    return int(payload["revision"]["number"] if payload else response.headers["allygraph-revision"])


def _new_id(response: Response) -> str:
    payload = _payload(response)
    return str((payload.get("actor") or payload["support"])["id"])
