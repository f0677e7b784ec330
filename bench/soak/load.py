"""Everybody who asks, at the same time, until the time is over, and what they complain of."""

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
from bench.soak.samples import Watch
from bench.soak.writers import Ledger, Writer

READERS = 16
STAYING, COMING_AND_GOING = 6, 4
_PAUSE_OF_BAD_ONES = 0.02
_PAUSE_OF_QUITTERS = 0.05
_PAUSE_OF_SLOW_ONES = 2
_SLOW_AT_ONCE = 8
# Whoever has not heard of the last revision by then has missed it.
_PATIENCE = 60
# More of them say nothing more.
_MAX_FAILURES = 50

_NO_ANSWER = (OSError, EOFError, asyncio.LimitOverrunError)


@dataclass
class Load:
    """A run against one server. `writers`: their names, with their tokens."""

    server: Server
    known: Known
    writers: Mapping[str, str]
    ledger: Ledger = field(default_factory=Ledger)
    failures: list[Failure] = field(default_factory=list)
    heard: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """The clock of the run is that of its event loop."""
        self.watch = Watch(self.server.pid)
        self._end = asyncio.Event()

    async def run(self, seconds: float, each_second: Callable[[], None] = lambda: None) -> None:
        """Full load for so long; then those who follow are waited for, and all is looked at."""
        followers = self._followers()
        following = [asyncio.create_task(self._follow(each)) for each in followers]
        asking = [asyncio.create_task(each) for each in self._askers()]
        await self._watch(seconds, each_second)
        self._end.set()
        await asyncio.gather(*asking)
        await self._wait_for(followers)
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
        self.heard = [follower.heard for follower in followers]
        with Client(self.server.port) as client:
            self.failures.extend(await self.ledger.missing(client))

    async def _watch(self, seconds: float, each_second: Callable[[], None]) -> None:
        started = time.monotonic()
        while (second := time.monotonic() - started) < seconds:
            if len(self.failures) > _MAX_FAILURES:
                return
            await asyncio.sleep(1)
            self.watch.look(second)
            each_second()

    def _askers(self) -> Sequence[Coroutine[Any, Any, None]]:
        readers = [self._read(f"reader {number}") for number in range(READERS)]
        writers = [self._write(name, token) for name, token in self.writers.items()]
        return [*readers, *writers, self._ask_badly(), self._ask_for_much(), self._quit()]

    # --- who asks -------------------------------------------------------------------------------

    async def _read(self, name: str) -> None:
        dice = Random(name)
        with Client(self.server.port) as client:
            while not self._end.is_set():
                await self._ask(client, query(dice, self.known))

    async def _ask_badly(self) -> None:
        dice = Random("bad")
        with Client(self.server.port) as client:
            while not self._end.is_set():
                await self._ask(client, bad_request(dice))
                await asyncio.sleep(_PAUSE_OF_BAD_ONES)

    async def _ask(self, client: Client, asked: Query) -> None:
        started = time.perf_counter()
        try:
            answer = await client.ask(asked.request)
        except _NO_ANSWER as error:
            self._fail(asked.kind, f"{asked.request.path} is not answered: {error!r}")
            client.close()
            return
        self.watch.took(asked.kind, time.perf_counter() - started)
        if failure := asked.verify(answer):
            self._fail(asked.kind, failure)

    async def _ask_for_much(self) -> None:
        """Several slow questions at once, so that every thread of the server is used early on."""
        dice = Random("much")
        with ExitStack() as stack:
            clients = [stack.enter_context(Client(self.server.port)) for _ in range(_SLOW_AT_ONCE)]
            while not self._end.is_set():
                asked = [self._ask(client, slow_query(dice)) for client in clients]
                await asyncio.gather(*asked)
                await asyncio.sleep(_PAUSE_OF_SLOW_ONES)

    async def _quit(self) -> None:
        """Somebody who asks for much, and goes away before it comes."""
        document = "{ supports(first: 500) { nodes { id summary evidence { totalCount } } } }"
        while not self._end.is_set():
            with Client(self.server.port) as client, suppress(*_NO_ANSWER):
                await client.send(graphql(document))
                await asyncio.sleep(_PAUSE_OF_QUITTERS)

    async def _write(self, name: str, token: str) -> None:
        writer = Writer(name, token, self.known, self.ledger)
        with Client(self.server.port) as client:
            while not self._end.is_set():
                started = time.perf_counter()
                try:
                    failure = await writer.write(client)
                except _NO_ANSWER as error:
                    failure = f"a write is not answered: {error!r}"
                    client.close()
                self.watch.took("write, read back", time.perf_counter() - started)
                if failure:
                    self._fail(name, failure)

    # --- who follows ----------------------------------------------------------------------------

    def _followers(self) -> list[Follower]:
        stay = [True] * STAYING + [False] * COMING_AND_GOING
        port, since = self.server.port, self.known.revision
        return [
            Follower(f"follower {number}", port, since, stays=stays)
            for number, stays in enumerate(stay)
        ]

    async def _follow(self, follower: Follower) -> None:
        try:
            await follower.follow()
        except (ValueError, WebSocketException, *_NO_ANSWER) as error:
            self._fail("follower", f"after revision {follower.heard}: {error!r}")

    async def _wait_for(self, followers: Sequence[Follower]) -> None:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            late = [follower for follower in followers if follower.heard < self.ledger.newest]
            if not late:
                return
            await asyncio.sleep(0.1)
        self._fail("follower", f"{len(late)} have not heard of revision {self.ledger.newest}")

    def _fail(self, who: str, failure: Failure) -> None:
        self.failures.append(f"{who}: {failure}")
