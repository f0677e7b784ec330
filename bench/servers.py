"""The services compared, and how their servers run: each one process on 127.0.0.1."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from bench import node
from bench.databases import Database
from bench.errors import BenchError
from bench.generated import parquet
from bench.processes import end, last_line
from bench.schema_adapters import POSTGRAPHILE_4, SAME_SCHEMA, SchemaAdapter
from tests.environments import ROOT, environment_of

_PREFIX = "ALLYGRAPH_"
_PEERS = Path(__file__).with_name("peers")
# Every service has the same number of connections to PostgreSQL.
CONNECTIONS = 10


@dataclass(frozen=True)
class Service:
    """A peer, by the name of its module, or AllyGraph with these settings.

    `on_node`: the peer is a folder with a Node.js program instead of a Python module.
    `reads_files`: the peer is a script that reads the supports as Parquet, in the environment of
    the programs that read exports. `adapter`: translates for a peer with a schema of its own.
    """

    name: str
    peer: str | None = None
    settings: tuple[tuple[str, str], ...] = ()
    on_node: bool = False
    reads_files: bool = False
    adapter: SchemaAdapter = SAME_SCHEMA


# The bench is a single client.
_NO_RATE_LIMIT = (f"{_PREFIX}REQUESTS_PER_MINUTE", "0")
# Default settings otherwise: repeated queries come from the cache.
ALLYGRAPH = Service("AllyGraph", settings=(_NO_RATE_LIMIT,))
# For comparison with peers, which have no cache.
UNCACHED = Service("AllyGraph, no cache", settings=(_NO_RATE_LIMIT, (f"{_PREFIX}CACHE_BYTES", "0")))
HANDWRITTEN = Service("hand-written", peer="handwritten")
WRITING = Service("hand-written", peer="writing")
WRITING_POSTGRESQL = Service("hand-written", peer="writing_postgresql")
STOCK = Service("stock", peer="stock")
CONSTANT = Service("constant", peer="constant")
HANDWRITTEN_POSTGRESQL = Service("hand-written", peer="handwritten_postgresql")
QUESTIONS = Service("hand-written", peer="questions")
QUESTIONS_POSTGRESQL = Service("hand-written", peer="questions_postgresql")
DUCKDB = Service("DuckDB on Parquet", peer="questions_duckdb", reads_files=True)
MERCURIUS = Service("Mercurius", peer="mercurius", on_node=True)
POSTGRAPHILE = Service("PostGraphile", peer="postgraphile", on_node=True, adapter=POSTGRAPHILE_4)


def with_setting(service: Service, name: str, setting: str, value: str) -> Service:
    """AllyGraph with one more setting. `name`: of the new service."""
    return replace(service, name=name, settings=(*service.settings, (f"{_PREFIX}{setting}", value)))


READY_WITHIN_SECONDS = 30
_ANSWER_WITHIN_SECONDS = 60
_POLL_SECONDS = 0.005


@dataclass(frozen=True)
class Server:
    """A running server."""

    name: str
    port: int
    pid: int
    seconds_to_first_response: float

    @property
    def url(self) -> str:
        """The URL of its GraphQL endpoint."""
        return f"http://127.0.0.1:{self.port}/graphql"

    def send(self, body: bytes, token: str | None = None) -> tuple[int, bytes]:
        """Sends one request. Returns the status and the body of the response."""
        return _post(self.port, body, token)

    def post(self, path: str, body: bytes, media_type: str, token: str) -> tuple[int, bytes]:
        """Sends one request of any kind. Returns the status and the body of the response."""
        return _post(self.port, body, token, path, media_type)

    def memory(self) -> float:
        """The resident memory of the process, in MiB."""
        return self._status("VmRSS")

    def peak_memory(self) -> float:
        """The peak resident memory of the process, in MiB."""
        return self._status("VmHWM")

    def _status(self, field: str) -> float:
        status = Path(f"/proc/{self.pid}/status").read_text()
        (line,) = (line for line in status.splitlines() if line.startswith(f"{field}:"))
        return int(line.split()[1]) / 1024


@contextmanager
def running(service: Service, database: Database) -> Iterator[Server]:
    """Yields a server that is ready. It is always stopped at the end."""
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
            # Ctrl-C goes to the bench alone, which then stops its servers in order.
            start_new_session=True,
        )
        try:
            _wait_until_ready(service, process, port, log)
            yield Server(service.name, port, process.pid, time.perf_counter() - started)
        finally:
            end(process)


def environment(database: Database, service: Service = ALLYGRAPH) -> Mapping[str, str]:
    """The environment of a server: no AllyGraph settings but the service's own."""
    others = {
        name: value for name, value in os.environ.items() if not name.upper().startswith(_PREFIX)
    }
    if service.peer is None:
        return {**others, f"{_PREFIX}DATABASE_URL": database.url, **dict(service.settings)}
    added = {"BENCH_CONNECTIONS": str(CONNECTIONS)}
    if service.on_node:
        added |= {"PATH": node.environment()["PATH"], "NODE_ENV": "production"}
    return {**others, **added}


def _command(service: Service, database: Database, port: int) -> Sequence[str]:
    if service.peer is None:
        return [sys.executable, "-m", "service.cli", "serve", "--port", str(port)]
    if service.reads_files:
        python = environment_of("readers", ROOT / "tests" / "readers") / "bin" / "python"
        folder = parquet.exported(database)
        return [str(python), str(_PEERS / f"{service.peer}.py"), str(folder), str(port)]
    arguments = [database.address, str(port)]
    if service.on_node:
        return [node.program("node"), str(_PEERS / service.peer / "server.js"), *arguments]
    return [sys.executable, "-m", "bench.peers", service.peer, *arguments]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _post(
    port: int,
    body: bytes,
    token: str | None = None,
    path: str = "/graphql",
    media_type: str = "application/json",
) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=_ANSWER_WITHIN_SECONDS)
    headers = {"Content-Type": media_type}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    try:
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def _wait_until_ready(
    service: Service, process: subprocess.Popen[bytes], port: int, log: IO[bytes]
) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while not _is_ready(port, service.adapter.probe):
        if process.poll() is not None or time.monotonic() > deadline:
            raise BenchError(f"{service.name} is not ready. {last_line(log)}")
        time.sleep(_POLL_SECONDS)


def _is_ready(port: int, probe: bytes) -> bool:
    try:
        return _post(port, probe)[0] == 200
    except (OSError, HTTPException):
        return False
