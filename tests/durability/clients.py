"""Clients that write all the time, each its own records, through workers that may die any moment."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from random import Random
from threading import Event
from typing import Any, NamedTuple

import httpx

from .doors import REST, Door, Given, GraphQL, Request
from .effects import Create, Delete, Effect, Merge, Name, Update
from .ledger import Ledger, Write
from .workers import Workers

# So many statements of each client are about one source, which whoever comes first makes.
_STATEMENTS_A_SOURCE = 20
_FIND = "query($key: String!) {{ {0}(where: {{{1}: {{eq: $key}}}}) {{ nodes {{ id }} }} }}"


class Wish(NamedTuple):
    """What a client wants. `done`: what it does once it knows that it has got it."""

    effect: Effect
    request: Callable[[Door], Request]
    done: Callable[[], None] = lambda: None


class Client:
    """Knows of its records those that are surely there: what is in doubt it does not touch again."""

    def __init__(self, author: str, token: str, workers: Workers, ledger: Ledger) -> None:
        self._author = author
        self._headers = {"authorization": f"Bearer {token}"}
        self._workers = workers
        self._ledger = ledger
        self._dice = Random(author)
        self._numbers = count(1)
        # Actors that something may refer to can be merged, but not deleted.
        self._fresh: list[str] = []
        self._used: list[str] = []
        self._supports: list[str] = []

    def run(self, end: Event) -> None:
        """Writes until the end."""
        with httpx.Client(headers=self._headers, timeout=60) as self._http:
            while not end.is_set():
                self._write(self._wish(next(self._numbers)))

    def _write(self, wish: Wish) -> None:
        message = f"{self._author}, write {next(self._numbers)}"
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
        """The answer, if there is one: else nobody knows what became of the write."""
        headers = {"idempotency-key": write.message} if write.has_key else {}
        try:
            return self._ask(request, headers)
        except httpx.TimeoutException:
            raise
        except httpx.TransportError:
            self._ledger.doubt(write)
            return None

    def _ask(self, request: Request, headers: dict[str, str]) -> httpx.Response:
        url = self._workers.url(self._dice) + request.path
        return self._http.request(
            request.method, url, params=request.parameters, json=request.body, headers=headers
        )

    def _id(self, name: Name) -> str:
        """Whoever is asked knows at once what anybody has acknowledged."""
        fields = {"Actor": ("actors", "slug"), "Support": ("supports", "summary")}
        collection, field = fields[name.kind]
        body = {"query": _FIND.format(collection, field), "variables": {"key": name.key}}
        while True:
            try:
                answer = self._ask(Request("POST", "/graphql", {}, body), {})
            except httpx.TimeoutException:
                raise
            except httpx.TransportError:
                continue
            ((id),) = [node["id"] for node in answer.json()["data"][collection]["nodes"]]
            return str(id)

    # --- what is wished for ---------------------------------------------------------------------

    def _wish(self, number: int) -> Wish:
        wishes: list[Callable[[str], Wish]] = [self._create_actor, self._create_actor]
        if len(self._fresh) + len(self._used) > 3:
            wishes += [self._update_actor, self._merge, *[self._record_statement] * 3]
        if len(self._fresh) > 3:
            wishes += [self._delete_actor]
        if self._supports:
            wishes += [self._update_support, self._update_support, self._delete_support]
        return self._dice.choice(wishes)(f"{self._author}-{number}")

    def _create_actor(self, slug: str) -> Wish:
        row = {"name": f"Actor {slug}", "description": None}
        given = {"slug": slug, "kind": "STATE", **row}
        return Wish(
            Create({Name("Actor", slug): {**row, "aliases": []}}),
            lambda door: door.create("Actor", given),
            lambda: self._fresh.append(slug),
        )
