"""All clients of a soak at the same time, and the failures that they find."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

from websockets.exceptions import WebSocketException

from bench.servers import Server
from bench.soak.bad_requests import bad_request
from bench.soak.followers import Follower
from bench.soak.http import Client
from bench.soak.queries import Failure, Known, Query, graphql, query, slow_query
from bench.soak.samples import Sampler
from bench.soak.writers import Ledger, Writer

READERS = 16
STAYING, RECONNECTING = 6, 4
_BAD_REQUEST_PAUSE = 0.02
_DISCONNECT_PAUSE = 0.05
_SLOW_QUERY_PAUSE = 2
_SLOW_QUERIES = 8
# The seconds after which a follower without the last revision has missed it.
_TIMEOUT_SECONDS = 60
# The number of failures after which the run stops.
_MAX_FAILURES = 50

_NO_RESPONSE = (OSError, EOFError, asyncio.LimitOverrunError)


@dataclass
class Load:
    """A run against one server. `writers`: their tokens, by name."""

    server: Server
    known: Known
    writers: Mapping[str, str]
    ledger: Ledger = field(default_factory=Ledger)
    failures: list[Failure] = field(default_factory=list)
    received: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Stores the arguments; starts no client."""
        self.sampler = Sampler(self.server.pid)
        self._end = asyncio.Event()

    async def run(self, seconds: float, each_second: Callable[[], None] = lambda: None) -> None:
        """Runs for this time, then waits for the followers and checks all writes."""
        followers = self._followers()
        following = [asyncio.create_task(self._follow(each)) for each in followers]
        asking = [asyncio.create_task(each) for each in self._clients()]
        await self._watch(seconds, each_second)
        self._end.set()
        await asyncio.gather(*asking)
        await self._wait_for(followers)
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
        self.received = [follower.newest for follower in followers]
        with Client(self.server.port) as client:
            self.failures.extend(await self.ledger.missing(client))

    async def _watch(self, seconds: float, each_second: Callable[[], None]) -> None:
        started = time.monotonic()
        while (second := time.monotonic() - started) < seconds:
            if len(self.failures) > _MAX_FAILURES:
                return
            await asyncio.sleep(1)
            self.sampler.sample(second)
            each_second()

    def _clients(self) -> Sequence[Coroutine[Any, Any, None]]:
        readers = [self._read(f"reader {number}") for number in range(READERS)]
        writers = [self._write(name, token) for name, token in self.writers.items()]
        return [
            *readers,
            *writers,
            self._send_bad_requests(),
            self._send_slow_queries(),
            self._disconnect(),
        ]

    # --- requests -------------------------------------------------------------------------------

    async def _read(self, name: str) -> None:
        dice = Random(name)
        with Client(self.server.port) as client:
            while not self._end.is_set():
                await self._send(client, query(dice, self.known))

    async def _send_bad_requests(self) -> None:
        dice = Random("bad")
        with Client(self.server.port) as client:
            while not self._end.is_set():
                await self._send(client, bad_request(dice))
                await asyncio.sleep(_BAD_REQUEST_PAUSE)

    async def _send(self, client: Client, query: Query) -> None:
        started = time.perf_counter()
        try:
            response = await client.request(query.request)
        except _NO_RESPONSE as error:
            self._fail(query.kind, f"{query.request.path} has no response: {error!r}")
            client.close()
            return
        self.sampler.record(query.kind, time.perf_counter() - started)
        if failure := query.verify(response):
            self._fail(query.kind, failure)

    async def _send_slow_queries(self) -> None:
        """Several slow queries at once, so that the server uses all its threads early on."""
        dice = Random("much")
        with ExitStack() as stack:
            clients = [stack.enter_context(Client(self.server.port)) for _ in range(_SLOW_QUERIES)]
            while not self._end.is_set():
                asked = [self._send(client, slow_query(dice)) for client in clients]
                await asyncio.gather(*asked)
                await asyncio.sleep(_SLOW_QUERY_PAUSE)

    async def _disconnect(self) -> None:
        """A client that sends large queries, and disconnects before the response."""
        document = "{ supports(first: 500) { nodes { id summary evidence { totalCount } } } }"
        while not self._end.is_set():
            with Client(self.server.port) as client, suppress(*_NO_RESPONSE):
                await client.send(graphql(document))
                await asyncio.sleep(_DISCONNECT_PAUSE)

    async def _write(self, name: str, token: str) -> None:
        writer = Writer(name, token, self.known, self.ledger)
        with Client(self.server.port) as client:
            while not self._end.is_set():
                started = time.perf_counter()
                try:
                    failure = await writer.write(client)
                except _NO_RESPONSE as error:
                    failure = f"a write has no response: {error!r}"
                    client.close()
                self.sampler.record("write, read back", time.perf_counter() - started)
                if failure:
                    self._fail(name, failure)

    # --- subscriptions ----------------------------------------------------------------------------

    def _followers(self) -> list[Follower]:
        stay = [True] * STAYING + [False] * RECONNECTING
        port, since = self.server.port, self.known.revision
        return [
            Follower(f"follower {number}", port, since, stays=stays)
            for number, stays in enumerate(stay)
        ]

    async def _follow(self, follower: Follower) -> None:
        try:
            await follower.follow()
        except (ValueError, WebSocketException, *_NO_RESPONSE) as error:
            self._fail("follower", f"after revision {follower.newest}: {error!r}")

    async def _wait_for(self, followers: Sequence[Follower]) -> None:
        end = time.monotonic() + _TIMEOUT_SECONDS
        while time.monotonic() < end:
            late = [follower for follower in followers if follower.newest < self.ledger.newest]
            if not late:
                return
            await asyncio.sleep(0.1)
        self._fail("follower", f"{len(late)} have not received revision {self.ledger.newest}")

    def _fail(self, who: str, failure: Failure) -> None:
        self.failures.append(f"{who}: {failure}")
