"""Somebody who asks and writes, and remembers what was acknowledged."""

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
    """No answer, or one that is not what was asked for."""


def ask(address: str, path: str, given: object = None, token: str = "") -> Any:
    """The answer as JSON. Raises Unanswered."""
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
    """Writes actors, one after the other."""

    def __init__(self, address: str, token: str) -> None:
        """`address` is a host and its port."""
        self._address = address
        self._token = token
        self._number = 0
        self.acknowledged: set[str] = set()

    def who_supports_russia(self) -> int:
        """How many supports there are."""
        answer = ask(self._address, "/graphql", {"query": _RUSSIA})
        return int(answer["data"]["supports"]["totalCount"])

    def write(self) -> None:
        """One more. Raises Unanswered where it was not acknowledged."""
        self._number += 1
        slug = f"test-{self._number}"
        given = {"slug": slug, "name": slug, "kind": "STATE"}
        ask(self._address, "/api/v1/actors", given, self._token)
        self.acknowledged.add(slug)

    def write_at_last(self) -> None:
        """One more, as soon as that can be done: a service finds its database again by itself."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self.write()
            except Unanswered as error:
                if time.monotonic() > deadline:
                    raise Wrong(f"Nothing can be written any more: {error}") from None
                time.sleep(0.2)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Writes meanwhile. What fails is not acknowledged, and that is all."""
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
        """What is there of all that was written."""
        path = "/api/v1/actors?slug.startsWith=test-&fields=slug&first=500"
        slugs: set[str] = set()
        after = ""
        while True:
            answer = ask(self._address, path + after)
            slugs |= {actor["slug"] for actor in answer["data"]}
            if not answer["page"]["hasNextPage"]:
                return slugs
            after = f"&after={answer['page']['endCursor']}"
