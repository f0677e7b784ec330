"""Clients that read and write while servers fail and recover."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx


@dataclass
class Ledger:
    """The results: the slugs of acknowledged actors, and the status of each response."""

    acknowledged: list[str] = field(default_factory=list)
    writes: list[int] = field(default_factory=list)
    reads: list[int] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


class Clients:
    """A writer that reads each of its writes at once, and a reader."""

    def __init__(self, url: str, token: str, ledger: Ledger) -> None:
        self._url = url
        self._headers = {"authorization": f"Bearer {token}"}
        self._ledger = ledger
        self._is_over = threading.Event()
        self._threads = [
            threading.Thread(target=target, daemon=True) for target in (self._write, self._read)
        ]

    def __enter__(self) -> "Clients":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join(timeout=60)

    def _write(self) -> None:
        with httpx.Client(base_url=self._url, timeout=30) as client:
            number = 0
            while not self._is_over.is_set():
                number += 1
                slug = f"actor-{number}"
                content = {"slug": slug, "name": slug, "kind": "STATE"}
                answer = client.post("/api/v1/actors", json=content, headers=self._headers)
                self._ledger.writes.append(answer.status_code)
                if answer.status_code == 201:
                    self._ledger.acknowledged.append(slug)
                    self._read_own(client, slug, answer.headers["allygraph-revision"])
                else:
                    time.sleep(0.05)

    def _read_own(self, client: httpx.Client, slug: str, revision: str) -> None:
        """Reads a write with the header of its revision, so no earlier state is correct.

        A 503 is allowed: a replica may have received the write without showing it yet.
        """
        seen = {"allygraph-revision": revision}
        answer = client.get(f"/api/v1/actors/{slug}", headers=seen)
        while answer.status_code == 503 and not self._is_over.is_set():
            time.sleep(0.05)
            answer = client.get(f"/api/v1/actors/{slug}", headers=seen)
        if answer.status_code != 200:
            self._ledger.missed.append(slug)

    def _read(self) -> None:
        with httpx.Client(base_url=self._url, timeout=30) as client:
            number = 0
            while not self._is_over.is_set():
                number += 1
                # Each query is different, so that no response comes from the cache.
                asked = {"first": 1 + number % 50, "name.ne": str(number)}
                answer = client.get("/api/v1/actors", params=asked)
                self._ledger.reads.append(answer.status_code)


def wait_for(condition: Callable[[], bool], what: str, seconds: float = 30.0) -> None:
    """Waits until the condition is true. Fails after this time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"In vain for {seconds:g} seconds: {what}."
        time.sleep(0.02)
