"""A client that queries and writes, and records which writes were acknowledged."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from typing import Any

from trial.engine import PATIENCE, Wrong

_RUSSIA = '{supports(where: {recipient: {slug: {eq: "russia"}}}) {totalCount}}'


class Unanswered(Exception):
    """No response, or an error response."""


def ask(address: str, path: str, given: object = None, token: str = "") -> Any:
    """Returns the response as JSON. Raises Unanswered."""
    connection = HTTPConnection(address, timeout=30)
    headers = {"content-type": "application/json"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    body = None if given is None else json.dumps(given)
    try:
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise Unanswered(f"{path}: {answer.status} {text[:300]!r}")
        return json.loads(text)
    except (OSError, HTTPException, ValueError) as error:
        raise Unanswered(f"{path}: {error!r}") from error
    finally:
        connection.close()


class Client:
    """Writes actors one by one."""

    def __init__(self, address: str, token: str) -> None:
        """`address` is a host and its port."""
        self._address = address
        self._token = token
        self._number = 0
        self._prefix = "test"
        self.acknowledged: set[str] = set()

    def at(self, address: str) -> "Client":
        """The same client at another address, which has written nothing yet."""
        other = Client(address, self._token)
        other._prefix = f"{self._prefix}-{address.rpartition(':')[2]}"
        return other

    def who_supports_russia(self) -> int:
        """Returns the number of supports of Russia."""
        answer = ask(self._address, "/graphql", {"query": _RUSSIA})
        return int(answer["data"]["supports"]["totalCount"])

    def write(self) -> None:
        """Writes one more actor. Raises Unanswered if the write is not acknowledged."""
        self._number += 1
        slug = f"{self._prefix}-{self._number}"
        given = {"slug": slug, "name": slug, "kind": "STATE"}
        ask(self._address, "/api/v1/actors", given, self._token)
        self.acknowledged.add(slug)

    def write_at_last(self) -> None:
        """Writes one more actor, retrying until the service has reconnected to its database."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self.write()
            except Unanswered as error:
                if time.monotonic() > deadline:
                    raise Wrong(f"Writes still fail: {error}") from None
                time.sleep(0.2)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Writes in the background. A failed write counts as not acknowledged."""
        enough = threading.Event()

        def write() -> None:
            while not enough.is_set():
                try:
                    self.write()
                except Unanswered:
                    enough.wait(0.05)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            yield
        finally:
            enough.set()
            writer.join()

    def found(self) -> set[str]:
        """Returns the slugs of the written actors that are present."""
        path = "/api/v1/actors?slug.startsWith=test-&fields=slug&first=500"
        slugs: set[str] = set()
        after = ""
        while True:
            answer = ask(self._address, path + after)
            slugs |= {actor["slug"] for actor in answer["data"]}
            if not answer["page"]["hasNextPage"]:
                return slugs
            after = f"&after={answer['page']['endCursor']}"
