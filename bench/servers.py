"""The servers compared: each one worker on 127.0.0.1, ended by its own process id."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from bench import node
from bench.databases import Database
from bench.errors import BenchError
from bench.phrasings import OURS, POSTGRAPHILE_4, Phrasing
from bench.processes import end, last_line

_PREFIX = "ALLYGRAPH_"
_PEERS = Path(__file__).with_name("peers")
# Everybody asks PostgreSQL over as many connections.
CONNECTIONS = 10


@dataclass(frozen=True)
class Service:
    """Who can be measured: a peer by the name of its module, or AllyGraph with these settings.

    `on_node`: the peer is no module of Python but a folder with a program of Node.js.
    `phrasing`: how the peer's own schema is asked for the same.
    """

    name: str
    peer: str | None = None
    settings: tuple[tuple[str, str], ...] = ()
    on_node: bool = False
    phrasing: Phrasing = OURS


# One client asks all there is here: it is not to be told that it asks too often.
_UNCOUNTED = (f"{_PREFIX}REQUESTS_PER_MINUTE", "0")
# Else with its default settings: it answers from its cache what it was asked before.
ALLYGRAPH = Service("AllyGraph", settings=(_UNCOUNTED,))
# What is compared with those who have no cache has none.
UNCACHED = Service("AllyGraph, no cache", settings=(_UNCOUNTED, (f"{_PREFIX}CACHE_BYTES", "0")))
HANDWRITTEN = Service("hand-written", peer="handwritten")
WRITING = Service("hand-written", peer="writing")
WRITING_POSTGRESQL = Service("hand-written", peer="writing_postgresql")
STOCK = Service("stock", peer="stock")
CONSTANT = Service("constant", peer="constant")
HANDWRITTEN_POSTGRESQL = Service("hand-written", peer="handwritten_postgresql")
MERCURIUS = Service("Mercurius", peer="mercurius", on_node=True)
POSTGRAPHILE = Service("PostGraphile", peer="postgraphile", on_node=True, phrasing=POSTGRAPHILE_4)

READY_WITHIN_SECONDS = 30
_POLL_SECONDS = 0.005


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    name: str
    port: int
    pid: int
    seconds_to_first_answer: float

    @property
    def url(self) -> str:
        """Where it takes questions."""
        return f"http://127.0.0.1:{self.port}/graphql"

    def ask(self, body: bytes, token: str | None = None) -> tuple[int, bytes]:
        """The status and the body of its answer."""
        return _post(self.port, body, token)

    def memory(self) -> float:
        """How much memory the process has in use, in MiB."""
        return self._status("VmRSS")

    def peak_memory(self) -> float:
        """The most memory the process has had in use so far, in MiB."""
        return self._status("VmHWM")

    def _status(self, field: str) -> float:
        status = Path(f"/proc/{self.pid}/status").read_text()
        (line,) = (line for line in status.splitlines() if line.startswith(f"{field}:"))
        return int(line.split()[1]) / 1024


@contextmanager
def running(service: Service, database: Database) -> Iterator[Server]:
    """A server, ready to answer; whatever happens, it is ended."""
    if service.peer is not None and service.on_node:
        node.install(_PEERS / service.peer)
    port = _free_port()
    with TemporaryFile() as log:
        started = time.perf_counter()
        process = subprocess.Popen(
            _command(service, database, port),
            env=environment(database, service),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            # Ctrl-C is for the bench alone, which then ends its servers in order.
            start_new_session=True,
        )
        try:
            _wait_for_answer(service, process, port, log)
            yield Server(service.name, port, process.pid, time.perf_counter() - started)
        finally:
            end(process)


def environment(database: Database, service: Service = ALLYGRAPH) -> Mapping[str, str]:
    """What a process is started with: no setting but those that are named here."""
    others = {
        name: value for name, value in os.environ.items() if not name.upper().startswith(_PREFIX)
    }
    if service.peer is None:
        return {**others, f"{_PREFIX}DATABASE_URL": database.url, **dict(service.settings)}
    told = {"BENCH_CONNECTIONS": str(CONNECTIONS)}
    if service.on_node:
        told |= {"PATH": node.environment()["PATH"], "NODE_ENV": "production"}
    return {**others, **told}


def _command(service: Service, database: Database, port: int) -> Sequence[str]:
    if service.peer is None:
        return [sys.executable, "-m", "service.cli", "serve", "--port", str(port)]
    arguments = [database.address, str(port)]
    if service.on_node:
        return [node.program("node"), str(_PEERS / service.peer / "server.js"), *arguments]
    return [sys.executable, "-m", "bench.peers", service.peer, *arguments]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _post(port: int, body: bytes, token: str | None = None) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Content-Type": "application/json"}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    try:
        connection.request("POST", "/graphql", body, headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def _wait_for_answer(
    service: Service, process: subprocess.Popen[bytes], port: int, log: IO[bytes]
) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while not _answers(port, service.phrasing.greeting):
        if process.poll() is not None or time.monotonic() > deadline:
            raise BenchError(f"{service.name} does not answer. {last_line(log)}")
        time.sleep(_POLL_SECONDS)


def _answers(port: int, greeting: bytes) -> bool:
    try:
        return _post(port, greeting)[0] == 200
    except (OSError, HTTPException):
        return False
