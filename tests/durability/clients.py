"""Clients that write continuously, each its own records, through workers that may be killed."""

from collections.abc import Callable
from itertools import count
from random import Random
from threading import Event
from typing import NamedTuple

import httpx

from tests.durability.doors import REST, Door, GraphQL, Request
from tests.durability.effects import Create, Delete, Effect, Merge, Name, Row, Update
from tests.durability.ledger import Ledger, Write
from tests.durability.statements import Recorded
from tests.durability.workers import Workers

_KNOWN_BY = {"Actor": ("actors", "slug"), "Support": ("supports", "summary")}
_FIND = "query($key: String!) {{ {0}(where: {{{1}: {{eq: $key}}}}) {{ nodes {{ id }} }} }}"


class Wish(NamedTuple):
    """A write that a client plans. `done`: runs after the write is acknowledged."""

    effect: Effect
    request: Callable[[Door], Request]
    done: Callable[[], None] = lambda: None


class Client:
    """A client that uses only records that certainly exist, and none in doubt."""

    def __init__(self, author: str, token: str, workers: Workers, ledger: Ledger) -> None:
        self._author = author
        self._headers = {"authorization": f"Bearer {token}"}
        self._workers = workers
        self._ledger = ledger
        self._dice = Random(author)
        self._numbers = count(1)
        # Actors in `_used` may have references, so they can be merged but not deleted.
        self._fresh: list[str] = []
        self._used: list[str] = []
        self._supports: list[str] = []

    def run(self, end: Event) -> None:
        """Writes until `end` is set."""
        with httpx.Client(headers=self._headers, timeout=60) as self._http:
            while not end.is_set():
                number = next(self._numbers)
                self._write(f"{self._author}-{number}", self._wish(number))

    def _write(self, message: str, wish: Wish) -> None:
        door = self._dice.choice((GraphQL, REST))(message)
        request = wish.request(door)
        has_key = self._dice.random() < 0.5
        write = Write(message, self._author, wish.effect, has_key)
        self._ledger.ask(write)
        answer = self._send(request, write)
        while answer is None and has_key:
            answer = self._send(request, write)
        if answer is not None:
            self._ledger.acknowledge(write, door.revision(answer, self._author))
            wish.done()

    def _send(self, request: Request, write: Write) -> httpx.Response | None:
        headers = {"idempotency-key": write.message} if write.has_key else {}
        answer = self._ask(request, headers)
        if answer is None:
            self._ledger.doubt(write)
        return answer

    def _ask(self, request: Request, headers: dict[str, str]) -> httpx.Response | None:
        """Returns the complete response; None if the worker was killed before."""
        method, path, parameters, body = request
        url = self._workers.url(self._dice) + path
        try:
            return self._http.request(method, url, params=parameters, json=body, headers=headers)
        except (httpx.NetworkError, httpx.RemoteProtocolError):
            return None

    def _id(self, name: Name) -> str:
        """Returns the id of a record. Every worker sees all acknowledged writes at once."""
        collection, field = _KNOWN_BY[name.kind]
        body = {"query": _FIND.format(collection, field), "variables": {"key": name.key}}
        answer = None
        while answer is None:
            answer = self._ask(Request("POST", "/graphql", {}, body), {})
        (found,) = answer.json()["data"][collection]["nodes"]
        return str(found["id"])

    # --- planned writes -------------------------------------------------------------------------

    def _wish(self, number: int) -> Wish:
        wishes: list[Callable[[int], Wish]] = [self._create_actor]
        if len(self._fresh) > 3:
            wishes += [self._update_actor, self._delete_actor, *[self._record_statement] * 2]
        if len(self._fresh) > 3 and self._used:
            wishes += [self._merge]
        if self._supports:
            wishes += [self._update_support, self._delete_support]
        return self._dice.choice(wishes)(number)

    def _take(self, names: list[str]) -> str:
        """Removes a name from a list. It is added again after the write."""
        return names.pop(self._dice.randrange(len(names)))

    def _create_actor(self, number: int) -> Wish:
        slug = f"{self._author}-{number}"
        given = {"slug": slug, "name": f"Actor {slug}", "kind": "STATE"}
        row: Row = {"name": given["name"], "description": None, "aliases": []}
        return Wish(
            Create({Name("Actor", slug): row}),
            lambda door: door.create("Actor", given),
            lambda: self._fresh.append(slug),
        )

    def _update_actor(self, number: int) -> Wish:
        name = Name("Actor", self._dice.choice(self._fresh))
        given = {"description": f"What was known of it after {number} writes."}
        id = self._id(name)
        return Wish(Update(name, given), lambda door: door.update("Actor", id, given))

    def _delete_actor(self, _: int) -> Wish:
        name = Name("Actor", self._take(self._fresh))
        id = self._id(name)
        return Wish(Delete([name]), lambda door: door.delete("Actor", id))

    def _merge(self, _: int) -> Wish:
        kept, other = self._take(self._used), self._take(self._fresh)
        if self._dice.random() < 0.5:
            kept, other = other, kept
        return Wish(
            Merge(kept, other),
            lambda door: door.merge(kept, other),
            lambda: self._used.append(kept),
        )

    def _record_statement(self, number: int) -> Wish:
        mentioned = self._take(self._fresh)
        made = Recorded(self._author, number, mentioned, claims=self._dice.randint(1, 3))

        def done() -> None:
            self._used += [mentioned, made.speaker]
            self._supports += made.supports

        return Wish(made.effect, lambda door: door.create("Statement", made.given), done)

    def _update_support(self, number: int) -> Wish:
        name = Name("Support", self._dice.choice(self._supports))
        given = {"place": f"Where it was after {number} writes."}
        id = self._id(name)
        return Wish(Update(name, given), lambda door: door.update("Support", id, given))

    def _delete_support(self, _: int) -> Wish:
        """Deletes a support with its evidence, which is part of it."""
        summary = self._take(self._supports)
        names = [Name("Support", summary), Name("Evidence", summary)]
        id = self._id(names[0])
        return Wish(Delete(names), lambda door: door.delete("Support", id))
