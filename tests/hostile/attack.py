"""Sends hostile requests to a service, and measures the delay of another client."""

import math
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Event, Thread

import httpx

from tests.commands import ROOT, Serving, run, serving
from tests.hostile.request import Hostile

# The number of sequential requests, and the number of clients that repeat them concurrently.
TIMES, CLIENTS = 3, 16
_SETTLED_SECONDS = 0.3


@dataclass
class Innocent:
    """The innocent client's look-ups: the time when each was sent, and its duration."""

    waits: list[tuple[float, float]] = field(default_factory=list)

    def during(self, begun: float, ended: float) -> list[float]:
        """Returns the durations of the look-ups in progress in this time, ascending."""
        return sorted(wait for sent, wait in self.waits if sent < ended and sent + wait > begun)


@dataclass(frozen=True)
class Felt:
    """The cost of one request. Times in milliseconds, memory in MiB."""

    name: str
    content_bytes: int
    answer: str
    took: float
    longest_wait: float
    memory: float


@dataclass(frozen=True)
class Together:
    """The cost of all clients: the innocent client's delay, and the growth of memory."""

    requests: int
    p99: float
    longest_wait: float
    memory: float


class Attack:
    """A service, the innocent client, and the attacking clients."""

    def __init__(self, server: Serving, innocent: Innocent, token: str) -> None:
        """`token`: the token of an editor, because expensive mutations need permission."""
        self._server = server
        self._innocent = innocent
        self._token = token
        self._number = count()

    def one_by_one(self, collection: Sequence[Hostile], times: int = TIMES) -> Iterator[Felt]:
        """Sends each request a few times, while only the innocent client sends others."""
        with self._client() as client:
            for hostile in collection:
                yield self._felt(client, hostile, times)

    def together(self, collection: Sequence[Hostile], seconds: float) -> Together:
        """Sends the requests from several clients without a pause for this time."""
        memory, begun = self.memory(), time.monotonic()
        ended = Event()
        with ThreadPoolExecutor(CLIENTS) as clients:
            sent = [
                clients.submit(self._repeat, collection, place, ended) for place in range(CLIENTS)
            ]
            time.sleep(seconds)
            until = time.monotonic()
            ended.set()
            requests = sum(each.result() for each in sent)
        waits = self._innocent.during(begun, until)
        p99 = waits[math.ceil(len(waits) * 0.99) - 1]
        return Together(requests, p99 * 1e3, waits[-1] * 1e3, self.memory() - memory)

    @property
    def url(self) -> str:
        """The address of the service."""
        return self._server.url

    @property
    def authorization(self) -> dict[str, str]:
        """The header of an editor."""
        return {"authorization": f"Bearer {self._token}"}

    def longest_wait(self, begun: float) -> float:
        """Of the innocent client since then, in seconds."""
        return self._innocent.during(begun, time.monotonic())[-1]

    def memory(self) -> float:
        """The memory of the service in MiB."""
        status = Path(f"/proc/{self._server.process.pid}/status").read_text()
        (kib,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
        return int(kib) / 1024

    def _felt(self, client: httpx.Client, hostile: Hostile, times: int) -> Felt:
        memory, begun = self.memory(), time.monotonic()
        took, answer = 0.0, ""
        for _ in range(times):
            sent = time.monotonic()
            answer = self._send(client, hostile)
            took = max(took, time.monotonic() - sent)
        time.sleep(_SETTLED_SECONDS)
        longest = self._innocent.during(begun, time.monotonic())[-1]
        size = len(hostile.content(0) or hostile.path)
        grown = self.memory() - memory
        return Felt(hostile.name, size, answer, took * 1e3, longest * 1e3, grown)

    def _repeat(self, collection: Sequence[Hostile], place: int, ended: Event) -> int:
        """Each client starts with another request."""
        sent = 0
        with self._client() as client:
            while not ended.is_set():
                self._send(client, collection[(place * 7 + sent) % len(collection)])
                sent += 1
        return sent

    def _send(self, client: httpx.Client, hostile: Hostile) -> str:
        """Returns the status of the response, and the code of its first error."""
        content = hostile.content(next(self._number))
        headers: Mapping[str, str] = {"content-type": "application/json", **hostile.headers}
        if hostile.writes:
            headers = {**headers, **self.authorization}
        method = "GET" if content is None else "POST"
        response = client.request(method, hostile.path, content=content, headers=headers)
        start = response.text[:300_000]
        found = start.partition('"code":"')[2].partition('"')[0]
        return f"{response.status_code} {found}".strip()

    def _client(self) -> httpx.Client:
        return httpx.Client(base_url=self._server.url, timeout=120)


@contextmanager
def attacking(database_url: str, **settings: str) -> Iterator[Attack]:
    """Yields a service on a new database with the bundled data, and the innocent client."""
    settings |= {"ALLYGRAPH_DATABASE_URL": database_url, "ALLYGRAPH_REQUESTS_PER_MINUTE": "0"}
    _prepared("migrate", settings)
    _prepared("seed", settings)
    token = _prepared("token create --name hostile --role editor", settings)
    with serving(**settings) as server:
        # A service whose log nobody reads stops once the pipe is full.
        Thread(target=_read_all, args=(server.process.stderr,), daemon=True).start()
        address = httpx.URL(server.url)
        with _innocent(address.host, address.port or 80) as innocent:
            _wait(lambda: len(innocent.waits) > 50)
            yield Attack(server, innocent, token)


def _prepared(command: str, settings: Mapping[str, str]) -> str:
    ended = run(*command.split(), **settings)
    assert ended.status == 0, ended.err
    return ended.out.strip()


@contextmanager
def _innocent(host: str, port: int) -> Iterator[Innocent]:
    command = [sys.executable, "-m", "tests.hostile.innocent", host, str(port)]
    pipe, innocent = subprocess.PIPE, Innocent()
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        collecting = Thread(target=_collect, args=(process, innocent), daemon=True)
        collecting.start()
        try:
            yield innocent
        finally:
            process.kill()
            # Reads all output before the pipe is closed.
            collecting.join()


def _read_all(lines: Iterable[str] | None) -> None:
    for _ in lines or ():
        pass


def _collect(process: subprocess.Popen[str], innocent: Innocent) -> None:
    for line in process.stdout or ():
        sent, waited = line.split()
        innocent.waits.append((float(sent), float(waited)))


def _wait(is_done: Callable[[], bool]) -> None:
    ends = time.monotonic() + 60
    while not is_done():
        assert time.monotonic() < ends, "The service did not answer."
        time.sleep(0.05)
