"""Writers: each its own records, one write after the other, and every acknowledged one counted."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from random import Random
from typing import Any

import orjson

from bench.soak.http import Answer, Client, Request
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
_AT_A_TIME = 200


class Ledger:
    """What the server has acknowledged: the text that each record must have, None: it is gone."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.expected: dict[str, str | None] = {}
        self.writes = 0
        self.newest = 0

    def write_down(self, id: str, text: str | None, revision: int) -> None:
        """One write that was answered well."""
        self.expected[id] = text
        self.writes += 1
        self.newest = max(self.newest, revision)

    async def missing(self, client: Client) -> Iterator[Failure]:
        """Asks for every record that was ever acknowledged."""
        ids, found = list(self.expected), dict[str, str | None]()
        for start in range(0, len(ids), _AT_A_TIME):
            some = ids[start : start + _AT_A_TIME]
            found |= dict(zip(some, await _texts(client, some), strict=True))
        return (
            f"{id} is {found[id]!r}, and was acknowledged as {text!r}"
            for id, text in self.expected.items()
            if found[id] != text
        )


async def _texts(client: Client, ids: Sequence[str], *headers: tuple[str, str]) -> list[str | None]:
    """The text of each of these records; None for one that is not there."""
    request = graphql(_NAMES, {"ids": ids})
    answer = await client.ask(request._replace(headers=request.headers + headers))
    nodes = orjson.loads(answer.body)["data"]["nodes"]
    return [node and (node.get("name") or node["summary"]) for node in nodes]


class Writer:
    """Somebody with an editor's token."""

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
        """One write, and a look at what it has written."""
        number = next(self._numbers)
        wishes = [self._create_actor, self._create_support]
        wishes += [self._update_actor] if self._actors else []
        wishes += [self._delete_support] if self._supports else []
        id, text, request = self._dice.choice(wishes)(number)
        key = (("Idempotency-Key", f"{self._name}-{number}"),)
        request = request._replace(headers=self._headers + key)
        answer = await client.ask(request)
        if wrong := _wrong(answer):
            return wrong
        revision = _revision(answer)
        id = id or _new_id(answer)
        self._remember(id)
        self._ledger.write_down(id, text, revision)
        return await self._look_again(client, request, id, text, revision)

    async def _look_again(
        self, client: Client, request: Request, id: str, text: str | None, revision: int
    ) -> Failure:
        """Who writes reads what it has written; who sends it again is told what it was told."""
        if self._dice.random() < 0.1 and _revision(await client.ask(request)) != revision:
            return f"{request} was done twice"
        (found,) = await _texts(client, [id], ("AllyGraph-Revision", str(revision)))
        return "" if found == text else f"{id} reads {found!r} after {text!r} was acknowledged"

    def _remember(self, id: str) -> None:
        known = self._actors if id.startswith("actor") else self._supports
        if id not in self._ledger.expected:
            known.append(id)

    # --- what is written ------------------------------------------------------------------------

    def _create_actor(self, number: int) -> tuple[str, str | None, Request]:
        slug, name = f"{self._name}-{number}", f"Number {number} of {self._name}"
        given = {"slug": slug, "name": name, "kind": "ORGANISATION"}
        return "", name, graphql(_CREATE_ACTOR, {"input": given})

    def _create_support(self, number: int) -> tuple[str, str | None, Request]:
        supporter, recipient = self._dice.sample(self._known.slugs, 2)
        summary = f"Support {number} of {self._name}"
        given = {
            "supporter": {"slug": supporter},
            "recipient": {"slug": recipient},
            "kind": self._dice.choice(self._known.kinds),
            "phase": "DELIVERED",
            "summary": summary,
            "evidence": [{"statement": {"id": "statement_1"}, "stance": "ASSERTS"}],
        }
        return "", summary, graphql(_CREATE_SUPPORT, {"input": given})

    def _update_actor(self, number: int) -> tuple[str, str | None, Request]:
        id, name = self._dice.choice(self._actors), f"Renamed in {number} by {self._name}"
        return id, name, Request("PATCH", f"/api/v1/actors/{id}", orjson.dumps({"name": name}))

    def _delete_support(self, number: int) -> tuple[str, str | None, Request]:
        id = self._supports.pop(self._dice.randrange(len(self._supports)))
        return id, None, Request("DELETE", f"/api/v1/supports/{id}")


def _payload(answer: Answer) -> Mapping[str, Any]:
    content = orjson.loads(answer.body)
    payload: Mapping[str, Any] = next(iter(content["data"].values())) if "data" in content else {}
    return payload


def _wrong(answer: Answer) -> Failure:
    """Over REST the status says whether it was done, over GraphQL the payload."""
    if answer.status == 204:
        return ""
    done = answer.status == 200 and not orjson.loads(answer.body).get("errors")
    if done and not _payload(answer).get("errors"):
        return ""
    return f"A write was answered with {answer.status}: {answer.body[:300]!r}"


def _revision(answer: Answer) -> int:
    payload = _payload(answer) if answer.body else {}
    return int(payload["revision"]["number"] if payload else answer.headers["allygraph-revision"])


def _new_id(answer: Answer) -> str:
    payload = _payload(answer)
    return str((payload.get("actor") or payload["support"])["id"])
